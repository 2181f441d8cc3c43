package graph

import (
	"errors"
	"net/http"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Handler answers every Graph request.
type Handler struct {
	config   Config
	registry *object.Registry
	db       *store.DB
	ext      Extensions
}

// New checks the configuration and that every name in the declarations has its extension.
func New(config Config, registry *object.Registry, db *store.DB, ext Extensions) (*Handler, error) {
	if err := errors.Join(config.Validate(), ext.provide(registry)); err != nil {
		return nil, err
	}
	return &Handler{config: config, registry: registry, db: db, ext: ext}, nil
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.NotFound(w, r)
}
