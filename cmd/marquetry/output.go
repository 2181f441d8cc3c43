package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// printJSON writes one value as indented JSON, without escaping what only matters inside HTML.
func printJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}
