// Package offpolicy says from a log what another policy would have brought, or that the log cannot tell.
//
// Every impression of a log has the exact probability with which its combination was chosen, so an impression that the other policy
// would have made w times as likely counts w times. The package is pure and reads a log once, in its order, with sums as its only state.
//
// A log that learns changes its probabilities with every refit. The weights are those of each event, so that the estimates stay
// unbiased: what an event adds, less the value sought, has mean zero whatever came before it (a martingale difference). Standard errors are
// the root of the summed variances of these differences, given what came before, and not those of independent draws: each is taken both as
// realised and as the model predicts it for the combinations that were shown, and the larger sum counts. Realised squares alone
// understate the error of heavy weights whose rare rewards happened not to come. That an estimate divided by this error is normal
// holds when the variance settles down as the log grows (Hadad et al., PNAS 2021); it does under a floor of probability, and does not for
// a policy that the log has all but given up. Such policies are what [Support] is for.
package offpolicy
