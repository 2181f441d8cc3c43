// Package judge measures variations of ad texts: how many of a source's four are clean and distinct, and how often they break faith,
// lose content, or break a rule. It shares no code with the generators and their gate, so that it can disagree with them.
package judge
