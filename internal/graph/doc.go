// Package graph speaks the Graph protocol over the types of package object.
//
// A request becomes one parameter map, is authenticated, resolved to a node or an edge, checked against the declarations and executed; on
// any error one function writes the envelope. What an object needs beyond its declaration is a hook, resolver or action with
// a name: the composition root provides them and start-up fails on a name that nobody provides. hook.go is all that those who write
// such code need to know.
//
// The files in the order in which a request passes them: handler.go and asked.go (the way of everything that is asked), path.go and
// decode*.go (what is asked), batch*.go (fifty at once), auth.go, token.go and permit.go (who asks), limit.go and usage*.go (how much),
// resolve.go (of which object). A read goes on through read.go, fields.go, plan.go, render.go, encode.go, and for lists connect*.go,
// listing.go, filter*.go, page.go; a write through write.go, fill.go, refs.go, row.go and later.go. envelope.go and respond.go make the
// answer; explain*.go and record*.go say what became of the request.
package graph
