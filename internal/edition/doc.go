// Package edition says what may be shown of a creative of which texts or pictures are generated.
//
// An edition is an immutable row with the content of a creative as it may be shown: the advertiser's own and what is approved.
// A generated asset is a row of its own, with the hash of exactly the bytes that its review is about. Package generate writes both; those
// who show, preview and report on creatives read them here. All of it but [Shown], [Assets] and [Backdrops] is pure.
//
// A picture is shown in one of two ways. As a rendition it stands in the place of the original in some placements, and is no asset of its own:
// [Rendition]. As a variant it is tested against the original among the feed's images. Of catalog ads the feed's backgrounds are styles, and each item has a
// picture in each style: [Backdrops].
package edition
