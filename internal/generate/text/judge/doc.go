// Package judge measures variations of ad texts: how many of a source's four are clean and distinct, and how often they break faith,
// lose content, or break a rule. It shares no code with the generators and their gate, so that it can disagree with them.
//
// The headline figure is clean distinct yield, CDY@4: of each source up to four variations count that break no rule, are no near-copy,
// and differ from the source and from each other; at most one of them may be the source in another order. Copies score nothing, canned
// texts break faith, and shuffled ones count once, so the figure cannot be had by emitting less, more, or the same again. Texts written
// by hand reach 0.9. The four baselines beside a system say in the same run what its figures are worth.
//
// [Items] are open or held: who writes rules looks at the open ones alone, and the held ones tell what the rules are worth.
package judge
