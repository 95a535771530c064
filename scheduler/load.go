package scheduler

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// Load gathers what decides at the instant; nil without a plan.
func Load(tx *storage.Tx, now time.Time, loc *time.Location) (*Office, error) {
	f, err := outline(tx, plan.DateOf(now, loc), loc)
	if f == nil || err != nil {
		return nil, err
	}
	return f, f.fill(tx, now)
}

// outline is the office of the day without its work.
func outline(tx *storage.Tx, today plan.Date, loc *time.Location) (*Office, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	f := &Office{
		Location: loc, Calendar: snap.Calendar, Current: snap.Current(today), snap: snap,
		Occurrences: map[int64][]*plan.Occurrence{}, Chats: map[string]chat.Place{},
	}
	if f.Current == nil {
		return nil, nil //nolint:nilnil // there is no plan to speak of, which is no error
	}
	return f, nil
}

// fill reads what there is to do, for whom, and what was said of it.
func (f *Office) fill(tx *storage.Tx, now time.Time) (err error) {
	today := plan.DateOf(now, f.Location)
	for _, p := range f.snap.Plans {
		if p.Published == 0 || p.Closed != 0 || today > lastDay(p) {
			continue
		}
		f.Plans = append(f.Plans, p)
		if f.Occurrences[p.ID], err = tx.Occurrences(storage.Filter{Plan: p.ID}, f.Location); err != nil {
			return err
		}
	}
	for unit, place := range f.snap.Chats {
		ok, err := reachable(tx, place)
		if err != nil {
			return err
		}
		if ok {
			f.Chats[unit] = place
		}
	}
	f.Said = func(s plan.Step) bool { return f.ask(tx.Said(s)) }
	f.Posted = func(d plan.Date) bool { return f.ask(tx.Posted(d)) }
	f.Noticed = func(month string) bool { return f.ask(noticed(tx, month)) }
	if f.Leaders, err = leaders(tx, f.snap, f.Chats); err != nil {
		return err
	}
	admins, err := tx.WithRole(plan.Admin)
	if err != nil {
		return err
	}
	f.Admins, err = alone(tx, admins)
	return err
}

// ask keeps the first fault of a question to the database; what cannot be
// known counts as said until Err tells of it.
func (f *Office) ask(yes bool, err error) bool {
	if err != nil && f.fault == nil {
		f.fault = err
	}
	return yes || err != nil
}

// Err returns the first fault of the database that Due or Catch met.
func (f *Office) Err() error { return f.fault }

// leaders are the leadership's chat or, while none is linked, the directors in
// private, as far as they can be written to.
func leaders(tx *storage.Tx, snap *storage.Snapshot, chats map[string]chat.Place) ([]chat.Place, error) {
	for _, u := range snap.Roster.Units {
		if place, ok := chats[u.Code]; ok && u.Kind == plan.UnitLeadership {
			return []chat.Place{place}, nil
		}
	}
	directors, err := tx.WithRole(plan.Director)
	if err != nil {
		return nil, err
	}
	return alone(tx, directors)
}

// alone are the private chats of those people who can be written to.
func alone(tx *storage.Tx, people []plan.Person) ([]chat.Place, error) {
	var places []chat.Place
	for _, p := range people {
		place := chat.Place{Chat: p.ID}
		ok, err := reachable(tx, place)
		if err != nil {
			return nil, err
		}
		if ok {
			places = append(places, place)
		}
	}
	return places, nil
}

// reachable reports whether the bot knows the chat and may write there.
func reachable(tx *storage.Tx, place chat.Place) (bool, error) {
	rec, err := tx.Chat(place.Chat)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	return err == nil && !rec.Gone, err
}

// Keys under which it is stored up to when what fell due was said.
const (
	remindedKey = "reminded_until"
	postedKey   = "posted_until"
)

// LookedAt returns up to when what fell due was said: now, before the first
// look and after the clock was set back.
func LookedAt(tx *storage.Tx, now time.Time) (Looked, error) {
	reminded, err := instant(tx, remindedKey, now)
	if err != nil {
		return Looked{}, err
	}
	posted, err := instant(tx, postedKey, now)
	return Looked{Reminders: reminded, Posts: posted}, err
}

func instant(tx *storage.Tx, key string, now time.Time) (time.Time, error) {
	text, err := tx.Setting(key)
	if err != nil || text == "" {
		return now, err
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return now, fmt.Errorf("setting %s: %w", key, err)
	}
	if at := time.UnixMilli(ms); at.Before(now) {
		return at, nil
	}
	return now, nil
}

func setInstant(tx *storage.Tx, key string, at time.Time) error {
	return tx.SetSetting(key, strconv.FormatInt(at.UnixMilli(), 10))
}
