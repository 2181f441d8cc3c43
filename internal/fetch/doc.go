// Package fetch gets what lies at an address that a caller of the API gave: the picture of a Page, the file of a video, the entries of a
// product feed. Nothing else in the program may dial such an address.
//
// Only http and https are spoken, and only public addresses are dialled. The check is made on the address that is about to be dialled,
// after the name was resolved and again for every redirect, so that neither a redirect nor a name that changes its mind leads inside. No
// cookies, credentials or proxies are used. What an operator wants to allow beside the public addresses is in [Config].
//
// A fetch takes long. Run it in a graph.Preparation, outside of every transaction, and take the result from Call.Ready:
//
//	func (s *service) ready(ctx context.Context, call *graph.Call, _ graph.Reader) (any, error) {
//		return s.fetch.Get(ctx, object.Text(call.Params, "url"), fetch.Want{Field: "url", MaxBytes: media.MaxBytes, Types: []string{"image/"}})
//	}
//
// What goes wrong is an [object.Fault] that blames Want.Field:
//
//	fetch.address    the text is no address that may be fetched, or its host has no public address
//	fetch.reach      nobody answered, or not in a way that could be understood
//	fetch.status     the answer was not 200, or the redirects did not end
//	fetch.type       the answer is of another type than wanted
//	fetch.size       the answer is larger than wanted
//	fetch.timeout    the answer took too long
package fetch
