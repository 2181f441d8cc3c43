// Package ads gives the objects of an ad account their rules and their computed fields.
//
// The declarations of package object name hooks, resolvers and actions; [New] provides them. A rule that is broken is a fault with the
// platform's code and subcode, and every fault of a request is found in one pass. What a creative may hold is the business of package
// creative; here it meets the ad set that it is for, the images that it names and the creatives that exist already.
package ads
