// Package insights reports what came of the ads.
//
// [Fold] turns the event log into rollups: counters by combination, viewer group and day, exact sets of viewers, and conversions
// attributed to clicks and impressions. [Parse] reads the parameters of an insights request and [Reporter.Query] answers it with
// rows in the platform's shapes. The tables are in the store's migration 0002.
package insights
