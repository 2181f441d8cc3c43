package reference

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// schema is a piece of JSON Schema, as OpenAPI 3.1 uses it.
type schema = map[string]any

// OpenAPI is the OpenAPI 3.1 document of one version. A node's path is the same for all types, so its answers are any of them; the
// schema of an object is closed, with its edges as members, because an edge can be asked for as a field.
func OpenAPI(types []*object.Type, version object.Version) ([]byte, error) {
	text := fmt.Sprintf("v%d.%d", version/10, version%10)
	d := openAPI{version: version, schemas: schema{"Error": errorSchema()}, paths: schema{}}
	for _, t := range types {
		if t.Name != object.RootName {
			d.schemas[t.Name] = d.object(t)
			d.types = append(d.types, t)
		}
	}
	d.node()
	for _, t := range types {
		for i := range t.Edges {
			d.edge(t, &t.Edges[i])
		}
	}
	return json.MarshalIndent(schema{
		"openapi": "3.1.0",
		"info": schema{"title": "Marquetry's Graph API", "version": text,
			"description": "Generated from the declarations. Not affiliated with Meta; what differs is numbered in docs/differences.md."},
		"servers":    []any{schema{"url": "/" + text}},
		"security":   []any{schema{"bearer": []any{}}, schema{"query": []any{}}},
		"paths":      d.paths,
		"components": schema{"schemas": d.schemas, "securitySchemes": securitySchemes()},
	}, "", " ")
}

// openAPI is a document under construction.
type openAPI struct {
	version object.Version
	types   []*object.Type // without the root
	schemas schema
	paths   schema
}

// securitySchemes are where a token can stand, beside the body.
func securitySchemes() schema {
	return schema{"bearer": schema{"type": "http", "scheme": "bearer"}, "query": schema{"type": "apiKey", "in": "query", "name": "access_token"}}
}

// errorSchema is the envelope of an error.
func errorSchema() schema {
	text, number := schema{"type": "string"}, schema{"type": "integer"}
	return schema{"type": "object", "required": []string{"error"}, "properties": schema{"error": schema{
		"type": "object", "required": []string{"message", "type", "code", "fbtrace_id"}, "properties": schema{
			"message": text, "type": text, "code": number, "error_subcode": number, "is_transient": schema{"type": "boolean"},
			"error_user_title": text, "error_user_msg": text, "error_data": text, "fbtrace_id": text,
		},
	}}}
}

// known reports whether something declared for a window of versions is in the document's.
func (d *openAPI) known(since, until object.Version) bool {
	return (since == 0 || d.version >= since) && (until == 0 || d.version <= until)
}

// object is the schema of a type's answers.
func (d *openAPI) object(t *object.Type) schema {
	members := schema{}
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Has(object.Read) && d.known(f.Since, f.Until) {
			members[f.Name] = d.value(f)
		}
	}
	for i := range t.Edges {
		if e := &t.Edges[i]; e.Support != object.Refused && d.known(e.Since, e.Until) && members[e.Name] == nil && slices.Contains(verbs(e), "GET") {
			members[e.Name] = list(d.rows(e))
		}
	}
	return schema{"type": "object", "description": t.Doc, "properties": members, "additionalProperties": false}
}

// value is the schema of a field as it is read.
func (d *openAPI) value(f *object.Field) schema {
	s := d.plain(f, cmp.Or(f.Reads, f.Kind))
	if f.Kind == object.List {
		s["items"] = d.plain(f, f.Elem)
	}
	if f.Doc != "" {
		s["description"] = f.Doc
	}
	return s
}

// plain is the schema of a value of one kind.
func (d *openAPI) plain(f *object.Field, k object.Kind) schema {
	switch k {
	case object.Bool:
		return schema{"type": "boolean"}
	case object.Int:
		return schema{"type": "integer"}
	case object.Float:
		return schema{"type": "number"}
	case object.Money:
		return schema{"type": "string", "pattern": `^-?\d+$`}
	case object.Time:
		return schema{"type": "string", "pattern": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$`}
	case object.Enum:
		return schema{"type": "string", "enum": f.Enum}
	case object.List:
		return schema{"type": "array"}
	case object.Object:
		if f.Ref != "" && f.Compute == "" {
			return reference(f.Ref)
		}
		return schema{"type": "object"}
	case object.Any:
		return schema{}
	}
	return schema{"type": "string"}
}

// reference leads to a type's schema. The description beside it is allowed since OpenAPI 3.1.
func reference(name string) schema { return schema{"$ref": "#/components/schemas/" + name} }

// rows is the schema of one row of an edge.
func (d *openAPI) rows(e *object.Edge) schema {
	if e.Target == "" {
		return schema{"type": "object"}
	}
	return reference(e.Target)
}

// list is the envelope of a list.
func list(row schema) schema {
	text := schema{"type": "string"}
	return schema{"type": "object", "required": []string{"data"}, "properties": schema{
		"data": schema{"type": "array", "items": row},
		"paging": schema{"type": "object", "properties": schema{"cursors": schema{"type": "object", "properties": schema{"before": text, "after": text}},
			"next": text, "previous": text}},
		"summary": schema{"type": "object"},
	}}
}

// node is the path of any object.
func (d *openAPI) node() {
	var anyOf []any
	var write, remove []string
	for _, t := range d.types {
		anyOf = append(anyOf, reference(t.Name))
		if slices.ContainsFunc(t.Fields, func(f object.Field) bool { return f.Has(object.Update) }) {
			write = append(write, t.Name)
		}
		if status := t.Field("status"); t.Erased || status != nil && slices.Contains(status.Enum, object.Deleted) {
			remove = append(remove, t.Name)
		}
	}
	id := schema{"name": "id", "in": "path", "required": true, "schema": schema{"type": "string"}}
	fields := schema{"name": "fields", "in": "query", "schema": schema{"type": "string"}, "description": "What to answer: a,b{c},edge.limit(5){d}."}
	done := answers(schema{"type": "object"})
	d.paths["/{id}"] = schema{
		"parameters": []any{id},
		"get":        schema{"summary": "Reads an object.", "parameters": []any{fields}, "responses": answers(schema{"anyOf": anyOf})},
		"post":       schema{"summary": "Changes an object: " + strings.Join(write, ", ") + ".", "requestBody": body(schema{"type": "object"}), "responses": done},
		"delete":     schema{"summary": "Deletes an object: " + strings.Join(remove, ", ") + ".", "responses": done},
	}
}

// answers are the responses of an operation.
func answers(good schema) schema {
	content := func(s schema) schema { return schema{"application/json": schema{"schema": s}} }
	return schema{
		"200":     schema{"description": "Done.", "content": content(good)},
		"default": schema{"description": "Refused, or failed.", "content": content(reference("Error"))},
	}
}

// body is a request's body in the forms in which clients send it.
func body(s schema) schema {
	content := schema{}
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"} {
		content[kind] = schema{"schema": s}
	}
	return schema{"content": content}
}

// edge adds an edge to the path of its name; edges of one name hang on several types and are told apart by tag.
func (d *openAPI) edge(t *object.Type, e *object.Edge) {
	if e.Support == object.Refused || !d.known(e.Since, e.Until) {
		return
	}
	path := "/{id}/" + e.Name
	item := schema{"parameters": []any{schema{"name": "id", "in": "path", "required": true, "schema": schema{"type": "string"}}}}
	if t.Name == object.RootName {
		path, item = "/"+e.Name, schema{}
	}
	if known, ok := d.paths[path].(schema); ok {
		item = known
	}
	d.paths[path] = item
	for _, verb := range verbs(e) {
		verb = strings.ToLower(verb)
		op, _ := item[verb].(schema)
		if op == nil {
			op = d.operation(e, verb)
			item[verb] = op
		}
		tags, _ := op["tags"].([]string)
		op["tags"] = append(tags, t.Name)
	}
}

// operation is one verb of an edge.
func (d *openAPI) operation(e *object.Edge, verb string) schema {
	op := schema{"summary": e.Doc, "responses": answers(schema{"type": "object"})}
	var params []any
	members := schema{}
	for i := range e.Params {
		f := &e.Params[i]
		if f.Support == object.Refused || !d.known(f.Since, f.Until) {
			continue
		}
		s := d.sent(f)
		members[f.Name] = s
		params = append(params, schema{"name": f.Name, "in": "query", "schema": s, "required": f.Has(object.Required)})
	}
	switch {
	case verb == "get" && e.Get == "":
		op["responses"] = answers(list(d.rows(e)))
		op["parameters"] = params
	case verb == "post":
		op["requestBody"] = body(d.sendable(e, members))
	default:
		op["parameters"] = params
	}
	if op["parameters"] == nil || params == nil {
		delete(op, "parameters")
	}
	return op
}

// sendable is what a POST on an edge takes: the parameters of its action, or the fields of what it makes.
func (d *openAPI) sendable(e *object.Edge, members schema) schema {
	var needed []string
	i := slices.IndexFunc(d.types, func(t *object.Type) bool { return e.Create && t.Name == e.Target })
	if i >= 0 {
		for j := range d.types[i].Fields {
			f := &d.types[i].Fields[j]
			if !f.Has(object.Create) || f.Support == object.Refused || !d.known(f.Since, f.Until) {
				continue
			}
			members[f.Name] = d.sent(f)
			if f.Has(object.Required) {
				needed = append(needed, f.Name)
			}
		}
	}
	s := schema{"type": "object", "properties": members}
	if needed != nil {
		s["required"] = needed
	}
	return s
}

// sent is the schema of a value that a caller sends: numbers may be text, and objects and lists JSON text.
func (d *openAPI) sent(f *object.Field) schema {
	s := schema{}
	switch f.Kind {
	case object.String, object.Enum:
		s = d.plain(f, f.Kind)
	case object.Bool:
		s["type"] = []string{"boolean", "string"}
	case object.Int, object.Float, object.Money, object.ID, object.Time:
		s["type"] = []string{"number", "string"}
	case object.List:
		s["type"] = []string{"array", "string"}
	case object.Object:
		s["type"] = []string{"object", "string"}
	}
	if f.Doc != "" {
		s["description"] = f.Doc
	}
	if f.Example != "" {
		s["examples"] = []string{f.Example}
	}
	return s
}
