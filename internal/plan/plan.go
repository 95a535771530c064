// Package plan is the domain: a year's plan, its units and tasks, how deadline
// phrases become due days, what people report and what all of it adds up to.
// It is pure: no I/O, no clock of its own, no words for people.
package plan

import (
	"slices"
	"time"
)

// A Plan is one year's decision.
type Plan struct {
	ID          int64
	Number      string // 98/QĐ-SXD
	Date        Date
	Title       string
	Year        int
	Parent      string // the office above: UBND TỈNH BÌNH PHƯỚC
	Office      string // the issuing office: SỞ XÂY DỰNG
	Place       string // where it is signed
	SignerTitle string
	Signer      string
	Recipients  []string // of its copies (nơi nhận), the archive last
	Groups      []Group
	Tasks       []*Task // ascending by number
	Ended       []*Task // those that a later version of the plan left out
	Published   Date    // the day it was given out; zero before
	Closed      Date    // the day an admin closed it; zero while live
	Frozen      []Freeze
	Settings    Settings
}

// A Group is a field of the plan: "IV. Cải cách chế độ công vụ".
type Group struct {
	Numeral string // Roman
	Title   string
}

// Label returns "IV. Cải cách chế độ công vụ".
func (g Group) Label() string {
	if g.Numeral == "" {
		return g.Title
	}
	return g.Numeral + ". " + g.Title
}

// A Task is one row of the appendix.
type Task struct {
	ID              int64
	Number          int // STT; for life
	Group           int // index into Plan.Groups; -1 for tasks outside the plan
	Content         string
	ShortTitle      string
	LeadText        string // the cells, as they were typed
	CooperatingText string
	Leads           []string // unit codes, in the order of the cell
	Cooperating     []string
	Schedule        Schedule
	Note            string
	Ended           Date // the day on which a version without it took effect; zero before

	leads, cooperating map[string]bool // of long lists, once they are indexed
}

// LeadBy reports whether the unit leads the task.
func (t *Task) LeadBy(unit string) bool {
	if t.leads != nil {
		return t.leads[unit]
	}
	return slices.Contains(t.Leads, unit)
}

// Concerns reports whether the unit leads the task or cooperates on it.
func (t *Task) Concerns(unit string) bool {
	if t.cooperating != nil {
		return t.cooperating[unit] || t.LeadBy(unit)
	}
	return t.LeadBy(unit) || slices.Contains(t.Cooperating, unit)
}

// Settings are the plan's choices that an admin may change.
type Settings struct {
	Closings         [4]DayOfYear // closing days of the four windows
	MoveToWorkingDay bool         // late only after the next working day
	AdminsExtend     bool         // admins may decide extensions
	ReminderAt       Clock        // when the reminders of a working day go out
	PostAt           Clock        // when the post to the leadership goes out
	PostDay          time.Weekday // from which on in the week it goes out
	DayFrom          Clock        // the hours in which something may be said unasked
	DayTo            Clock        // excluded
}

// A DayOfYear is a day without a year.
type DayOfYear struct {
	Month time.Month
	Day   int
}

// In returns the day in the year.
func (d DayOfYear) In(year int) Date { return NewDate(year, d.Month, d.Day) }

// DefaultSettings returns what applies until an admin changes it: windows
// that close on the 14th (Nghị định 09/2019/NĐ-CP Điều 12), due days that move
// to the next working day (Bộ luật Dân sự 2015 Điều 148).
func DefaultSettings() Settings {
	return Settings{
		Closings: [4]DayOfYear{
			{time.March, 14}, {time.June, 14}, {time.September, 14}, {time.December, 14},
		},
		MoveToWorkingDay: true,
		ReminderAt:       At(8, 0),
		PostAt:           At(8, 30),
		PostDay:          time.Monday,
		DayFrom:          At(7, 0),
		DayTo:            At(18, 0),
	}
}

// Task returns the task with the number, or nil. A task that has ended is nil.
func (p *Plan) Task(number int) *Task { return withNumber(p.Tasks, number) }

// EndedTask returns the task with the number that has ended, or nil.
func (p *Plan) EndedTask(number int) *Task { return withNumber(p.Ended, number) }

func withNumber(tasks []*Task, number int) *Task {
	i := slices.IndexFunc(tasks, func(t *Task) bool { return t.Number == number })
	if i < 0 {
		return nil
	}
	return tasks[i]
}

// Starts returns the day from which on the plan can be the one that commands
// mean, given out or not: the first of its year, by when people still finish
// what is due at the end of the year before.
func (p *Plan) Starts() Date { return NewDate(p.Year, time.January, 1) }

// remindedAfter is how many days after its year a plan is still reminded of.
const remindedAfter = 90

// LastDay returns the last day on which the plan is reminded of.
func (p *Plan) LastDay() Date { return NewDate(p.Year, time.December, 31) + remindedAfter }

// GroupLabel returns the label of the task's group, "" outside the plan.
func (p *Plan) GroupLabel(t *Task) string {
	if t.Group < 0 || t.Group >= len(p.Groups) {
		return ""
	}
	return p.Groups[t.Group].Label()
}

// A Window is the time in which ongoing tasks are asked about once.
type Window struct {
	Period string // 2024-Q1
	Opens  Date
	Closes Date
}

// Windows returns the plan's four windows in order. A window opens on the day
// after the one before it closed.
func (p *Plan) Windows() [4]Window {
	var ws [4]Window
	opens := p.Settings.Closings[3].In(p.Year-1) + 1
	for i, c := range p.Settings.Closings {
		closes := c.In(p.Year)
		ws[i] = Window{Period: windowPeriod(p.Year, i), Opens: opens, Closes: closes}
		opens = closes + 1
	}
	return ws
}

// WindowIndex returns which window holds d; days before the first belong to
// it, days after the last add to the last.
func (p *Plan) WindowIndex(d Date) int {
	ws := p.Windows()
	for i, w := range ws {
		if d <= w.Closes {
			return i
		}
	}
	return len(ws) - 1
}
