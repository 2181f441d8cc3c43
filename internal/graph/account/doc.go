// Package account holds what an ad account keeps beside its ads: audiences, custom conversions, studies, rules, the record of changes,
// estimates of reach, and the search for what can be targeted.
package account
