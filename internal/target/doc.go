// Package target says who may see the ads of an ad set: [Compiler.Compile] reads its stored targeting and schedule into a [Spec], which [Spec.Admits] a
// [Viewer] or names the first [Rule] that keeps them away. An [Index] over many ads answers the same for all of them at once, by sets of
// positions: which ads may be shown costs a few unions and intersections, whatever their number.
//
// What is not known of a viewer keeps them from nothing, with one exception: nobody is in a custom audience of whom that is not known.
// Exclusions are for those of whom it is known that they are meant. docs/differences.md says where this is not the platform's way.
package target
