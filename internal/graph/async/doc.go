// Package async provides what is asked for now and answered later: the sessions of an asyncbatch, and sets of ads, creatives and operations.
//
// Everything is done within the request that asks for it. How long it seems to take is the instance's latency: states follow from the
// time of creation.
package async
