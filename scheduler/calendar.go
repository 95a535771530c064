package scheduler

import (
	"slices"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// noticedKey names the month in which the admins were last told of years
// without a calendar: 2026-11.
const noticedKey = "calendar_told"

// notices tell the admins of years without a calendar: on the first working
// day from each first of a month on, at the hour of the reminders.
func (f *Office) notices(after, until time.Time) []Message {
	if len(f.Admins) == 0 {
		return nil
	}
	days := f.noticeDays(after, until)
	if len(days) == 0 || len(f.UnknownYears(after)) == 0 {
		return nil
	}
	at := f.Current.Settings.ReminderAt
	var msgs []Message
	for _, d := range days {
		for _, place := range f.Admins {
			msgs = append(msgs, Message{Kind: Notice, At: at.On(d, f.Location), Day: d, To: place})
		}
	}
	return msgs
}

// noticeDays are the days of notices that the admins did not have yet.
func (f *Office) noticeDays(after, until time.Time) (days []plan.Date) {
	from, to := f.span(f.Current.Settings.ReminderAt, after, until)
	for d := from; d <= to; d++ {
		if f.Calendar.OnOrAfter(plan.NewDate(d.Year(), d.Month(), 1)) == d && !f.Noticed(month(d)) {
			days = append(days, d)
		}
	}
	return days
}

// fillForNotices reads work until it is known whether the admins are to have
// notice.
func (f *Office) fillForNotices(tx *storage.Tx, after, until time.Time) error {
	if len(f.noticeDays(after, until)) == 0 || len(f.uncharted()) == 0 {
		return nil
	}
	for err := range f.Parts(tx, plan.DateOf(after, f.Location)) {
		if err != nil || len(f.UnknownYears(after)) > 0 {
			return err
		}
	}
	return nil
}

// month is 2026-11.
func month(d plan.Date) string { return d.String()[:len("2026-11")] }

// uncharted lists the years of the plans of which the calendar knows no day.
func (f *Office) uncharted() (years []int) {
	for _, p := range f.Plans {
		for _, year := range []int{p.Year, p.Year + 1} {
			if !f.Calendar.Knows(year) && !slices.Contains(years, year) {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	return years
}

// UnknownYears lists the years of which the calendar knows no day, though
// reminders reach them if nobody reports.
func (f *Office) UnknownYears(now time.Time) []int {
	return slices.DeleteFunc(f.uncharted(), func(year int) bool {
		begin := plan.At(0, 0).On(plan.NewDate(year, time.January, 1), f.Location)
		end := plan.At(0, 0).On(plan.NewDate(year+1, time.January, 1), f.Location)
		if begin.Before(now) {
			begin = now
		}
		return !begin.Before(end) || len(f.reminders(begin, end)) == 0
	})
}

// noticed reports whether the admins were told in the month or later.
func noticed(tx *storage.Tx, month string) (bool, error) {
	told, err := tx.Setting(noticedKey)
	return told >= month, err
}
