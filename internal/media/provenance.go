package media

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
)

// Origin is how a picture came about: a term of the IPTC's vocabulary of digital source types.
type Origin string

// The origins that this project gives to pictures. Others are read and passed on.
const (
	Enhanced  Origin = "algorithmicallyEnhanced"              // a photograph that was brightened or cropped
	Algorithm Origin = "algorithmicMedia"                     // painted by rules, which learned from no pictures
	Composite Origin = "compositeWithTrainedAlgorithmicMedia" // a photograph with parts that a model painted
	Trained   Origin = "trainedAlgorithmicMedia"              // painted by a model
)

// terms is what all terms of that vocabulary begin with.
const terms = "http://cv.iptc.org/newscodes/digitalsourcetype/"

// Provenance is what a file says of how it was made. The zero value says nothing.
type Provenance struct {
	Origin  Origin
	Tool    string // program that made the file, with its version
	System  string // model that painted, "" for none
	Version string // of System
	Source  string // hash of the picture that it was made of
}

// Labelled reports whether a model had a part in the picture, which is what platforms label.
func (p Provenance) Labelled() bool { return p.Origin == Composite || p.Origin == Trained }

// property is one value of a packet.
type property struct {
	value               *string
	space, prefix, name string
}

// properties are where each value stands in XMP. The names for models are in the IPTC's standard since 2025.
func (p *Provenance) properties() []property {
	const iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
	return []property{
		{(*string)(&p.Origin), iptc, "Iptc4xmpExt", "DigitalSourceType"},
		{&p.Tool, "http://ns.adobe.com/xap/1.0/", "xmp", "CreatorTool"},
		{&p.System, iptc, "Iptc4xmpExt", "AISystemUsed"},
		{&p.Version, iptc, "Iptc4xmpExt", "AISystemVersionUsed"},
		{&p.Source, "http://purl.org/dc/elements/1.1/", "dc", "source"},
	}
}

// packet writes the provenance in XMP.
func (p Provenance) packet() []byte {
	if p.Origin != "" {
		p.Origin = terms + p.Origin
	}
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">`)
	for _, l := range p.properties() {
		if *l.value == "" {
			continue
		}
		name := l.prefix + ":" + l.name
		b.WriteString("<" + name + " xmlns:" + l.prefix + `="` + l.space + `">`)
		_ = xml.EscapeText(&b, []byte(*l.value)) // a buffer takes everything
		b.WriteString("</" + name + ">")
	}
	b.WriteString(`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`)
	return b.Bytes()
}

// longestValue is how many bytes of a value are read of a file.
const longestValue = 200

// parsePacket reads what it can of an XMP packet, whoever wrote it: properties may be elements or attributes.
func parsePacket(packet []byte) (p Provenance) {
	known, inside := p.properties(), -1
	set := func(i int, value string) {
		if value = strings.TrimSpace(value); i >= 0 && *known[i].value == "" && len(value) <= longestValue {
			*known[i].value = value
		}
	}
	at := func(name xml.Name) int {
		return slices.IndexFunc(known, func(l property) bool { return l.space == name.Space && l.name == name.Local })
	}
	for d := xml.NewDecoder(bytes.NewReader(packet)); ; {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = at(t.Name)
			for _, a := range t.Attr {
				set(at(a.Name), a.Value)
			}
		case xml.CharData:
			set(inside, string(t))
		case xml.EndElement:
			inside = -1
		}
	}
	p.Origin = p.Origin[strings.LastIndexByte(string(p.Origin), '/')+1:]
	return p
}
