package graph

import "github.com/marquetry/marquetry/internal/inspect"

func (h *Handler) explain(a *asked, t *trail, err error) *inspect.Explanation { return nil }
