// Package graph speaks the Graph protocol over the types of package object.
//
// A request becomes one parameter map, is authenticated, resolved to a node or an edge, checked against the declarations and executed; on
// any error one function writes the envelope. What an object needs beyond its declaration is a hook, resolver or action with
// a name: the composition root provides them and start-up fails on a name that nobody provides.
package graph
