package scheduler

import (
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// The verbs of what is composed in the moment of sending (handlers' table of
// who may do what).
const (
	VerbReminder = "remind"
	VerbPost     = "post"
	VerbNotice   = "calendar_notice"
)

// owes reports whether anything can have fallen due since the last look, so
// that the work of the whole office is read only then.
func (f *Office) owes(looked Looked, now time.Time) bool {
	post, until := f.span(f.Current.Settings.PostAt, looked.Posts, now)
	return f.Hours().Allowed(now) && (f.reminds(looked.Reminders, now) || post <= until)
}

// reminds reports whether a reminder can have fallen due in between.
func (f *Office) reminds(after, until time.Time) bool {
	from, to := f.span(f.Current.Settings.ReminderAt, after, until)
	return from <= to
}

// queue puts messages on the way out and returns what of them is new.
func (f *Office) queue(tx *storage.Tx, msgs []Message, now time.Time) (fresh []Message, err error) {
	var reminders []storage.Reminder
	for _, m := range msgs {
		if m.Kind == Reminder {
			reminders = append(reminders, storage.Reminder{To: m.To, Steps: m.Steps})
			continue
		}
		fresh = append(fresh, m)
		if err := f.queueOne(tx, m, now); err != nil {
			return nil, err
		}
	}
	said, err := tx.Remind(reminders, now, chat.Action{Verb: VerbReminder, Plan: f.Current.ID})
	for _, r := range said {
		fresh = append(fresh, Message{Kind: Reminder, To: r.To, Steps: r.Steps})
	}
	return fresh, err
}

// queueOne queues what is no reminder.
func (f *Office) queueOne(tx *storage.Tx, m Message, now time.Time) error {
	compose := chat.Action{Verb: VerbPost, Plan: f.Current.ID, Key: int64(m.Day)}
	if m.Kind == Notice {
		compose.Verb = VerbNotice
	}
	if _, err := tx.Enqueue(chat.Outgoing{
		Kind: chat.OutCompose, To: m.To, Priority: chat.Reminder, Action: &compose,
	}); err != nil {
		return err
	}
	if m.Kind == Notice {
		return tx.SetSetting(noticedKey, month(m.Day))
	}
	// What was missed earlier this week is said with it.
	for d := m.Day.Monday(); d <= m.Day; d++ {
		if err := tx.SetPosted(d, now); err != nil {
			return err
		}
	}
	return nil
}

// remember stores that all up to now was said, if something was owed and the
// hour allowed to say it. Before the first look, and after the clock was set
// back, nothing that lies before now is owed.
func (f *Office) remember(tx *storage.Tx, looked Looked, now time.Time) error {
	owed, clock := f.owes(looked, now), plan.ClockOf(now, f.Location)
	for _, k := range []struct {
		key  string
		at   plan.Clock
		last time.Time
	}{
		{remindedKey, f.Current.Settings.ReminderAt, looked.Reminders},
		{postedKey, f.Current.Settings.PostAt, looked.Posts},
	} {
		if owed && clock >= k.at || k.last.Equal(now) {
			if err := setInstant(tx, k.key, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// nextMoment returns when something may fall due next: when the day begins, at
// the hours of reminders and of the post, and when the bot freezes figures.
func (f *Office) nextMoment(now time.Time) time.Time {
	set := f.Current.Settings
	today := plan.DateOf(now, f.Location)
	next := set.DayFrom.On(today+1, f.Location)
	for _, c := range []plan.Clock{set.DayFrom, set.ReminderAt, set.PostAt, set.FreezeAt()} {
		if at := c.On(today, f.Location); at.After(now) && at.Before(next) {
			next = at
		}
	}
	return next
}
