// Package client talks to a Marquetry server, and its Graph part to anything that speaks the same protocol.
//
// A [Client] is a base address and an access token. Reading and writing objects goes by path, as in the protocol itself:
//
//	c, err := client.New("http://127.0.0.1:8080", token)
//	id, err := c.Create(ctx, "act_1/campaigns", client.Params{"name": "Spring", "objective": "OUTCOME_SALES"})
//	ad, err := c.Get(ctx, id, client.Params{"fields": "name,status"})
//	for ad, err := range c.List(ctx, "act_1/ads", nil) { … }
//
// [Client.Decide] asks for ads to show; [Client.Impression], [Client.Click] and [Client.Pixel] report what came of them, by the
// addresses that the decision carries. Failures that the server explains are an [*Error].
package client
