package account

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Config is what this package needs of others.
type Config struct {
	Targeting func(call *graph.Call, targeting map[string]any, name string) object.Faults // the rules of an ad set's targeting, for one that was sent under another name
}

// tables are what targeting can name, with the rows, words and numbers that answers make of them.
type tables struct{ *atlas.Tables }

// service holds what the hooks and resolvers share. It is not changed once it is made.
type service struct {
	config Config
	tables *tables
}

// New provides what the declarations of these objects name.
func New(config Config) (graph.Extensions, error) {
	if config.Targeting == nil {
		return graph.Extensions{}, errors.New("account: no rules for targeting")
	}
	world, err := atlas.Read()
	if err != nil {
		return graph.Extensions{}, err
	}
	s := &service{config, &tables{world}}
	return graph.Extensions{
		Hooks: map[string]graph.Hook{
			"customaudience":   s.customAudience,
			"savedaudience":    s.savedAudience,
			"customconversion": customConversion,
			"adstudy":          adStudy,
			"adrule":           adRule,
		},
		Fields: s.fields(),
		Edges: map[string]graph.EdgeResolver{
			"activities":            activities,
			"adstudy.cells":         studyCellRows,
			"search":                s.search,
			"targeting.search":      s.targetingSearch,
			"targeting.browse":      s.targetingBrowse,
			"targeting.suggestions": s.targetingSuggestions,
			"targeting.validation":  s.targetingValidation,
			"targeting.sentences":   s.sentences,
			"estimate.reach":        s.reach,
			"estimate.delivery":     s.delivery,
		},
		Deletes: map[string]graph.DeleteHook{"customaudience": forgetMembers},
		Filters: map[string]graph.RowFilter{"customaudiences": byPixel},
		Actions: map[string]graph.Action{
			"business.add_study": addStudy,

			"audience.add":     users(audience.Add),
			"audience.remove":  users(audience.Remove),
			"audience.replace": users(audience.Replace),
		},
	}, nil
}

// fields are the computed fields, by the name in the declaration.
func (s *service) fields() map[string]graph.FieldResolver {
	lower := func(lower, _ int64) int64 { return lower }
	upper := func(_, upper int64) int64 { return upper }
	return map[string]graph.FieldResolver{
		"audience.lower":      s.audienceBound(lower),
		"audience.upper":      s.audienceBound(upper),
		"audience.delivery":   graph.Each(s.deliveryStatus),
		"audience.operation":  graph.Each(operationStatus),
		"audience.lookalikes": lookalikes,
		"audience.seed":       graph.Each(seed),
		"audience.created":    graph.Each(created),
		"audience.updated":    graph.Each(updated),
		"saved.lower":         s.savedBound(lower),
		"saved.upper":         s.savedBound(upper),
		"saved.sentences":     graph.Each(s.savedSentences),
	}
}

// savedAudience checks the targeting of a saved audience by the rules of an ad set's.
func (s *service) savedAudience(_ context.Context, w *graph.Write) error {
	targeting := object.Members(w.Data, "targeting")
	if _, sent := w.Sent["targeting"]; !sent || targeting == nil {
		return nil
	}
	w.Faults = append(w.Faults, s.config.Targeting(w.Call, targeting, "targeting")...)
	return nil
}

// savedBound makes a resolver of one of the two bounds of a saved audience's size. Custom audiences in its targeting do not count.
func (s *service) savedBound(of func(lower, upper int64) int64) graph.FieldResolver {
	return graph.Each(func(_ *graph.Call, o *store.Object) any {
		return of(bounds(s.tables.people(object.Members(o.Data, "targeting"), nil)))
	})
}

// savedSentences is a saved audience's targeting in words.
func (s *service) savedSentences(_ *graph.Call, o *store.Object) any {
	return s.tables.inWords(object.Members(o.Data, "targeting"))
}
