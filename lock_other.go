//go:build !unix

package marquetry

import (
	"fmt"
	"os"
	"path/filepath"
)

// lock marks a data directory as in use. This system has no advisory locks, so that a second server is not refused.
func lock(dir string) (*os.File, error) {
	file, err := os.Create(filepath.Join(dir, "lock")) //nolint:gosec // the operator names the directory
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	return file, nil
}
