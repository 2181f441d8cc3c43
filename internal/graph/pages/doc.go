// Package pages holds Pages, their posts and photos.
package pages
