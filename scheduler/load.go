package scheduler

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// outline is the office of the day without its people and its work.
func outline(tx *storage.Tx, today plan.Date, loc *time.Location) (*Office, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	f := &Office{Location: loc, Calendar: snap.Calendar, Current: snap.Current(today), snap: snap}
	if f.Current == nil {
		return nil, nil //nolint:nilnil // there is no plan to speak of, which is no error
	}
	for _, p := range snap.Plans {
		if p.Published != 0 && p.Closed == 0 && today <= p.LastDay() {
			f.Plans = append(f.Plans, p)
		}
	}
	return f, nil
}

// places lists the chats of units in order.
func (f *Office) places() []chat.Place {
	return slices.SortedFunc(maps.Keys(f.snap.Serves), byPlace)
}

// all is open work of whatever day from one on.
func all(from plan.Date) storage.Reach {
	return storage.Reach{Dated: plan.Forever, CheckInsFrom: from - longest, CheckInsTo: plan.Forever}
}

// reach is the open work that can have a step between two days. Late work is
// within reach for good, and what was put off is no later by its own day.
func (f *Office) reach(from, to plan.Date) storage.Reach {
	r := storage.Reach{Dated: to}
	for due := from - longest; due <= to+longest; due++ {
		l := ladder{cal: f.Calendar, from: from, to: to}
		l.checkIn(due)
		if len(l.steps) > 0 {
			r.CheckInsFrom, r.CheckInsTo = cmp.Or(r.CheckInsFrom, due), due
		}
		l.steps = nil
		l.dated(due, due)
		if len(l.steps) > 0 {
			r.Dated = max(r.Dated, due)
		}
	}
	return r
}

// fill reads what the units of the chats have to do, as far as it can be heard
// of there.
func (f *Office) fill(tx *storage.Tx, places []chat.Place, r storage.Reach) error {
	f.Occurrences, f.Chats, f.byID = map[int64][]*plan.Occurrence{}, map[string]chat.Place{}, nil
	var units []string
	for _, place := range places {
		ok, err := reachable(tx, place)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		for _, u := range f.snap.Serves[place] {
			f.Chats[u] = place
			units = append(units, u)
		}
	}
	work, err := tx.OpenOccurrences(units, r)
	if err != nil {
		return err
	}
	for _, o := range work {
		if p, t := f.snap.TaskByID(o.TaskID); t.Ended == 0 {
			f.Occurrences[p.ID] = append(f.Occurrences[p.ID], o)
		}
	}
	return nil
}

// asks has questions answered by the database.
func (f *Office) asks(tx *storage.Tx) {
	f.Said = func(s plan.Step) bool { return f.ask(tx.Said(s)) }
	f.Posted = func(d plan.Date) bool { return f.ask(tx.Posted(d)) }
	f.Noticed = func(month string) bool { return f.ask(noticed(tx, month)) }
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

// meet finds out who hears of the whole office: its leaders and its admins, as
// far as they can be written to.
func (f *Office) meet(tx *storage.Tx) (err error) {
	if f.Leaders, err = leaders(tx, f.snap); err != nil {
		return err
	}
	f.Admins, err = alone(tx, plan.Admin)
	return err
}

// leaders are the leadership's chat or, while none is linked, the directors in
// private.
func leaders(tx *storage.Tx, snap *storage.Snapshot) ([]chat.Place, error) {
	for _, u := range snap.Roster.Units {
		place, linked := snap.Chats[u.Code]
		if !linked || u.Kind != plan.UnitLeadership {
			continue
		}
		if ok, err := reachable(tx, place); err != nil || ok {
			return []chat.Place{place}, err
		}
	}
	return alone(tx, plan.Director)
}

// alone are the private chats of those with the role who can be written to.
func alone(tx *storage.Tx, role plan.Role) ([]chat.Place, error) {
	people, err := tx.WithRole(role)
	if err != nil {
		return nil, err
	}
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
