package graph

// Params is every parameter of a request by name, wherever it came from. Values are strings, or what JSON decodes to (with numbers as
// json.Number) where the body was JSON; files of a multipart body are *File. Coercion to a field's kind happens later.
type Params map[string]any

// File is one uploaded part of a multipart body, held in memory (the request's size is limited before).
type File struct {
	Param string // name of the part
	Name  string // filename of the part
	Data  []byte
}

// Selection is a parsed `fields` parameter: what to answer of an object, in the order asked.
type Selection struct {
	Fields []Selected
}

// Selected is one asked field or edge with its modifiers and what is asked below it.
type Selected struct {
	Name  string
	As    string            // key in the answer; Name unless renamed by .as(x)
	Args  map[string]string // modifiers: limit, after, filtering, date_preset, … with their raw text
	Below *Selection        // nil when no braces were given
}
