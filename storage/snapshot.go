package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A Snapshot is what seldom changes: plans, units, calendar and which chat
// serves which unit. It is shared and must not be changed.
type Snapshot struct {
	Roster   *plan.Roster
	Plans    []*plan.Plan // newest year first
	Calendar *plan.Calendar
	Chats    map[string]chat.Place   // by unit
	Serves   map[chat.Place][]string // units by chat, in the order of the roster
	Heads    map[string][]int64      // people by unit
	tasks    map[int64]planned
	version  int64
}

// planned is a task with the plan that it stands in.
type planned struct {
	plan *plan.Plan
	task *plan.Task
}

// snapshotCache keeps the latest snapshot. Transactions that changed something
// in it and roll back drop it, so a version number that was never committed is
// never found in it.
type snapshotCache struct {
	v       atomic.Pointer[Snapshot]
	loading sync.Mutex // held while one is read
}

func (c *snapshotCache) drop() { c.v.Store(nil) }

// of returns the snapshot with the version, nil if it is not kept.
func (c *snapshotCache) of(version int64) *Snapshot {
	if s := c.v.Load(); s != nil && s.version == version {
		return s
	}
	return nil
}

const versionKey = "structure_version"

// touch tells every later Snapshot, also of other transactions once this one
// commits, that something in it changed.
func (tx *Tx) touch() error {
	tx.touched, tx.snap = true, nil
	_, err := tx.exec(`INSERT INTO settings (key, value) VALUES (?, '1')
		ON CONFLICT (key) DO UPDATE SET value = value + 1`, versionKey)
	return err
}

// Snapshot returns the plans and all around them as this transaction sees
// them.
func (tx *Tx) Snapshot() (*Snapshot, error) {
	if tx.snap != nil { // nobody else writes meanwhile, and touch takes it away
		return tx.snap, nil
	}
	var version int64
	err := tx.row(dest(&version), `SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?`, versionKey)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("read structure version: %w", err)
	}
	tx.snap, err = tx.snapshotOf(version)
	return tx.snap, err
}

// snapshotOf returns the snapshot that is kept, or reads it. Of two who ask at
// once, as the scheduler and the keeper do at a start, one reads.
func (tx *Tx) snapshotOf(version int64) (*Snapshot, error) {
	c := &tx.db.cache
	if s := c.of(version); s != nil {
		return s, nil
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	if s := c.of(version); s != nil {
		return s, nil
	}
	s, err := tx.loadSnapshot()
	if err != nil {
		return nil, fmt.Errorf("load plans: %w", err)
	}
	s.version = version
	c.v.Store(s)
	return s, nil
}

func (tx *Tx) loadSnapshot() (*Snapshot, error) {
	s := &Snapshot{
		Chats: map[string]chat.Place{}, Serves: map[chat.Place][]string{}, Heads: map[string][]int64{},
	}
	var err error
	if s.Roster, err = tx.loadRoster(); err != nil {
		return nil, err
	}
	if s.Plans, err = tx.loadPlans(); err != nil {
		return nil, err
	}
	s.tasks = map[int64]planned{}
	for _, p := range s.Plans {
		for _, t := range slices.Concat(p.Tasks, p.Ended) {
			s.tasks[t.ID] = planned{p, t}
		}
	}
	special, err := tx.SpecialDays()
	if err != nil {
		return nil, err
	}
	s.Calendar = plan.NewCalendar(special)
	err = tx.each(func(rows *sql.Rows) error {
		var unit string
		var p chat.Place
		if err := rows.Scan(&unit, &p.Chat, &p.Topic); err != nil {
			return err
		}
		s.Chats[unit] = p
		s.Serves[p] = append(s.Serves[p], unit)
		return nil
	}, `SELECT code, chat, topic FROM units WHERE chat IS NOT NULL ORDER BY position`)
	if err != nil {
		return nil, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var unit string
		var person int64
		if err := rows.Scan(&unit, &person); err != nil {
			return err
		}
		s.Heads[unit] = append(s.Heads[unit], person)
		return nil
	}, `SELECT unit, person FROM heads ORDER BY unit, since, person`)
	return s, err
}

// Current returns the plan that commands without a year mean on the day: the
// newest that was given out and has begun; if that is closed or there is none,
// the newest that has begun, else the oldest; nil without any. Closing a plan
// brings none back whose place it had taken.
func (s *Snapshot) Current(today plan.Date) *plan.Plan {
	var begun *plan.Plan
	for _, p := range s.Plans {
		if p.Starts() > today {
			continue
		}
		if begun == nil {
			begun = p
		}
		switch {
		case p.Published == 0:
		case p.Closed != 0:
			return begun
		default:
			return p
		}
	}
	if begun == nil && len(s.Plans) > 0 {
		return s.Plans[len(s.Plans)-1]
	}
	return begun
}

// Year returns the plan of the year, or nil.
func (s *Snapshot) Year(year int) *plan.Plan {
	for _, p := range s.Plans {
		if p.Year == year {
			return p
		}
	}
	return nil
}

// Same reports whether nothing changed between the two.
func (s *Snapshot) Same(other *Snapshot) bool { return s.version == other.version }

// TaskByID returns a task, which may have ended, and its plan; nil without one.
func (s *Snapshot) TaskByID(id int64) (*plan.Plan, *plan.Task) {
	t := s.tasks[id]
	return t.plan, t.task
}

// Plan returns the plan with the id, or nil.
func (s *Snapshot) Plan(id int64) *plan.Plan {
	for _, p := range s.Plans {
		if p.ID == id {
			return p
		}
	}
	return nil
}
