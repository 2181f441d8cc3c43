package deliver

import (
	"context"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/store"
)

// delayDays is how many days of an account's conversions tell how late they come.
const delayDays = 90

// lateness is how late the conversions come that an ad is optimised for, and until when they are known. Zero when clicks are the aim.
type lateness struct {
	delay bandit.Delay
	now   float64 // days since 1970-01-01 in the account's time zone, with the fraction of the day
}

// readLateness estimates the delay from all conversions of that name in the account. Now is the ad's latest event and not a clock, so that
// the same events give the same model whenever it is made.
func readLateness(ctx context.Context, tx store.Tx, a *ad) (lateness, error) {
	var late lateness
	if a.adset.objective == bandit.Clicks {
		return late, nil
	}
	var latest int64
	if err := tx.QueryRow(ctx, "SELECT latest FROM learn_ads WHERE ad_id = ?", a.id).Scan(&latest); err != nil {
		return late, err
	}
	if latest == 0 {
		return late, nil
	}
	zone := a.adset.account.zone
	at := time.UnixMilli(latest).In(zone)
	today := dayOf(at, zone)
	hour := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
	late.now = float64(today) + hour.Hours()/24
	arrived, err := readArrivals(ctx, tx, a.adset.account.id, a.adset.event, today-delayDays)
	late.delay = bandit.FitDelay(arrived, late.now)
	return late, err
}

// readArrivals reads the conversions of one name in an account since a day.
func readArrivals(ctx context.Context, tx store.Tx, account, event string, since int32) (bandit.Arrivals, error) {
	rows, err := tx.Query(ctx, "SELECT day, age, conversions FROM learn_delays WHERE account_id = ? AND event = ? AND day >= ?", account, event, since)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	arrived := bandit.Arrivals{}
	for rows.Next() {
		var day int32
		var age int
		var conversions int64
		if err := rows.Scan(&day, &age, &conversions); err != nil {
			return nil, err
		}
		classes := arrived[day]
		classes[age] += conversions
		arrived[day] = classes
	}
	return arrived, rows.Err()
}
