package text

// Writer makes variations with one generator, and with the embedded one where that falls short.
type Writer struct {
	Embedded Generator
	Remote   Generator // nil for none
}
