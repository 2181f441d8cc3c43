// Package deliver answers "which ad, which combination?" and takes in what came of it.
//
// A decision reads an immutable [Snapshot] through an atomic pointer: no lock that a writer holds, no database, nothing written but claims in memory. Its signed token carries all
// that learning needs, so the token is the only join between a decision and the impressions, clicks and conversions that follow. Those are
// appended to the event log and answered once they are durable; the fold "learning" counts them in cells; refitted models and changed
// objects make a new snapshot.
//
// The files in the order in which a decision passes them: http.go, auth.go, query.go, context.go and viewer.go (who asks, where), snapshot.go, build.go
// and generated.go (what there is), roster.go and eligible.go (which ads may show), market.go, rank.go and award.go (which of them does, at what price),
// cap.go and exposures.go (whether the viewer has seen them enough), decide.go (which combination), part.go (what of it may be shown here and to whom), looks.go
// and pick.go (which item), shown.go, carousel.go, film.go and card.go (how it looks), budget.go, gates.go, calendar.go, demand.go and
// peers.go (whether its budgets let it), token.go and keyring.go (the signature), answer.go (the wire),
// slots.go, tag.js, snippet.go and picture.go (other doors). Then the way back: track.go (impression and click), events.go (batches), pixel.go and
// conversions.go (outcomes), intake.go (the log), fold.go, cells.go, refresh.go, refit.go and stage.go (learning). replay.go asks the log
// what would have been.
package deliver
