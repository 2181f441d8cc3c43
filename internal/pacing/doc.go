// Package pacing spreads budgets over the time that they are for, as traffic comes, and never hands out more than is left.
//
// Money is handed out with each ad that is chosen, and delivered once the ad was seen. A [Gate] knows both of one budget: it lets ads claim
// money up to a line that rises with the share of the day's traffic that has come (a [Day]), from what is left, so that what was missed or
// added is spread over the rest of the run. Claims that no impression followed lapse. Money is in millionths of the account's currency,
// time in unix milliseconds and passed in.
package pacing
