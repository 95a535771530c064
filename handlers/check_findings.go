package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// From when on something is out of order, real time: for /check and for those
// who watch over the program.
const (
	BackupLate = 26 * time.Hour   // a night and what a backup takes
	UnsentLate = 15 * time.Minute // longer than a morning's round to thousands of chats
)

// When something is worth an admin's while.
const (
	failuresShown = 7 * 24 * time.Hour  // what could not be handled or delivered
	outagesShown  = 30 * 24 * time.Hour // times without a word from Telegram
	skewLarge     = 30 * time.Second
)

// A finding is something that is wrong: what, since when, and what to send or
// press to mend it.
type finding struct {
	text    chat.Markup
	buttons []chat.Button
}

// findings lists what is wrong, the worst first.
func (c *call) findings() ([]finding, error) {
	var all []finding
	for _, look := range []func() ([]finding, error){
		c.findDamage, c.findOutages, c.findFailures, c.findBackup, c.findSkew, c.findUnsent,
		c.findShutChats, c.findUnopened, c.findCalendar, c.findLacks,
	} {
		found, err := look()
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func (c *call) findDamage() ([]finding, error) {
	damage, err := c.tx.Damage()
	if err != nil || damage == "" {
		return nil, err
	}
	return []finding{{text: c.t("check.damage")}}, nil
}

// seenKey remembers until when, real, an admin has seen what went wrong.
const seenKey = "seen_failures"

func (c *call) setSeen() error {
	return c.tx.SetSetting(seenKey, strconv.FormatInt(c.h.Health().Now.UnixMilli(), 10))
}

// unseen is the start of a time, real, of which no admin has seen what went
// wrong.
func (c *call) unseen(span time.Duration) (time.Time, error) {
	since := c.h.Health().Now.Add(-span)
	text, err := c.tx.Setting(seenKey)
	if err != nil || text == "" {
		return since, err
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return since, fmt.Errorf("what was seen: %w", err)
	}
	if seen := time.UnixMilli(ms + 1); seen.After(since) {
		return seen, nil
	}
	return since, nil
}

func (c *call) seenButton() []chat.Button {
	return []chat.Button{c.button("button.seen", chat.Action{Verb: verbCheck, Arg: "seen"})}
}

func (c *call) findOutages() ([]finding, error) {
	since, err := c.unseen(outagesShown)
	if err != nil {
		return nil, err
	}
	outages, err := c.tx.Outages(since)
	if err != nil {
		return nil, err
	}
	var found []finding
	for _, o := range outages {
		key := "check.outage"
		if o.Restored {
			key = "check.restored"
		}
		// keys: check.outage check.restored
		found = append(found, finding{
			text:    c.t(key, "From", c.moment(o.From), "To", c.moment(o.To), "Lost", c.moment(o.Lost)),
			buttons: c.seenButton(),
		})
	}
	return found, nil
}

// findFailures lists what could not be handled and what Telegram refused.
func (c *call) findFailures() ([]finding, error) {
	since, err := c.unseen(failuresShown)
	if err != nil {
		return nil, err
	}
	var found []finding
	undone, err := c.tx.SetAsides(since)
	if err != nil {
		return nil, err
	}
	if n := len(undone); n > 0 {
		found = append(found, finding{text: c.n("check.set_aside", n, c.latest(undone)...), buttons: c.seenButton()})
	}
	unsent, err := c.tx.Undelivered(since)
	if err != nil {
		return nil, err
	}
	if n := len(unsent); n > 0 {
		found = append(found, finding{text: c.n("check.undelivered", n, c.latest(unsent)...), buttons: c.seenButton()})
	}
	return found, nil
}

// latest is what a text says of the first of some failures.
func (c *call) latest(list []storage.Failure) []any {
	f := list[0]
	return []any{"At", c.moment(f.At), "Chat", c.chatName(f.Chat), "Error", chat.CutUnits(f.Error, errorLetters)}
}

// errorLetters bounds how much of an error is shown.
const errorLetters = 120

func (c *call) findBackup() ([]finding, error) {
	health := c.h.Health()
	switch {
	case health.Backup.IsZero() && health.BackupFailed:
		return []finding{{text: c.t("check.no_backup")}}, nil
	case !health.Backup.IsZero() && health.Now.Sub(health.Backup) > BackupLate:
		return []finding{{text: c.t("check.old_backup", "At", c.moment(health.Backup))}}, nil
	}
	return nil, nil
}

func (c *call) findSkew() ([]finding, error) {
	health := c.h.Health()
	if !health.SkewKnown || health.Skew.Abs() < skewLarge {
		return nil, nil
	}
	seconds := int(health.Skew.Abs() / time.Second)
	if health.Skew < 0 {
		return []finding{{text: c.n("check.clock_behind", seconds)}}, nil
	}
	return []finding{{text: c.n("check.clock_ahead", seconds)}}, nil
}

func (c *call) findUnsent() ([]finding, error) {
	waits, err := c.tx.Unsent()
	if err != nil || waits.Count == 0 || c.h.Health().Now.Sub(waits.Oldest) < UnsentLate {
		return nil, err
	}
	text := c.n("check.unsent", waits.Count, "At", c.moment(waits.Oldest))
	if waits.Error != "" {
		text += " " + chat.Escape(chat.CutUnits(waits.Error, errorLetters))
	}
	return []finding{{text: text}}, nil
}

// findCalendar looks for years that the plan in force still reaches with its
// reminders and of which no day off is known.
func (c *call) findCalendar() ([]finding, error) {
	if c.plan.Closed != 0 || c.stale() {
		return nil, nil
	}
	var years []string
	for y := c.today.Year(); y <= c.plan.LastDay().Year(); y++ {
		if !c.snap.Calendar.Knows(y) {
			years = append(years, strconv.Itoa(y))
		}
	}
	if len(years) == 0 {
		return nil, nil
	}
	return []finding{{text: c.t("check.no_calendar", "Years", some(years, len(years)))}}, nil
}

// findLacks lists units that lead tasks and have no chat, or nobody to report.
func (c *call) findLacks() ([]finding, error) {
	if c.plan.Closed != 0 {
		return nil, nil
	}
	var chats, heads []string
	for _, u := range c.leadUnits() {
		if _, ok := c.snap.Chats[u.Code]; !ok {
			chats = append(chats, u.ShortName())
		}
		if len(c.snap.Heads[u.Code]) == 0 {
			heads = append(heads, u.ShortName())
		}
	}
	var found []finding
	more := []chat.Button{c.button("button.units", chat.Action{Verb: verbUnits})}
	if n := len(chats); n > 0 && slices.Equal(chats, heads) { // as before anything is set up
		return []finding{{text: c.n("check.no_chat_no_head", n, "Units", some(chats, 3)), buttons: more}}, nil
	}
	if n := len(chats); n > 0 {
		found = append(found, finding{text: c.n("check.no_chat", n, "Units", some(chats, 3)), buttons: more})
	}
	if n := len(heads); n > 0 {
		found = append(found, finding{text: c.n("check.no_head", n, "Units", some(heads, 3)), buttons: more})
	}
	return found, nil
}
