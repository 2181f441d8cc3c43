// Package pages holds Pages, their posts and photos.
//
// A post that a Page makes is stored. The unpublished post that a creative amounts to is not: it is made of the creative whenever it is
// asked for, and has the id that the creative's effective_object_story_id names.
package pages
