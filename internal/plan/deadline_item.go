package plan

import "time"

// A dueClass says what a due item names.
type dueClass int

const (
	dueDay dueClass = iota
	dueMonth
	dueQuarter
	dueHalf // the first or last months of a year
	dueYear
)

// A dueItem is one day or calendar period as a phrase names it. The year is
// 0 where none is stated.
type dueItem struct {
	class    dueClass
	day      int        // of dueDay
	from, to time.Month // first and last month; zero for a day without its month
	year     int
	explicit bool // names its unit or whole date, so that it cannot be mistaken for another class
	before   bool // "trước": the day before it begins
	firm     bool // an hour is stated: the day never moves
	vague    bool // "đầu", "giữa": good only to begin a span
	whole    bool // "cả năm", "trong năm": a year that is meant as a whole
	roman    bool // a quarter in Roman numbers
	byMonth  bool // "ngày 15 tháng 3": further months may follow
}

// begins returns the first day of the item, false if there is no such day.
func (it dueItem) begins(year int) (Date, bool) {
	if it.class != dueDay {
		return NewDate(year, it.from, 1), true
	}
	d, err := CheckedDate(year, it.from, it.day)
	return d, err == nil
}

// ends returns the last day of the item, false if there is no such day.
func (it dueItem) ends(year int) (Date, bool) {
	if it.class != dueDay {
		return EndOfMonth(year, it.to), true
	}
	return it.begins(year)
}

// due returns the day by which the item asks for something.
func (it dueItem) due(year int) (Date, bool) {
	if it.before {
		d, ok := it.begins(year)
		return d - 1, ok
	}
	return it.ends(year)
}

// monthless reports whether the item is a day that still needs its month, as
// in "từ ngày 01 đến ngày 15/6".
func (it dueItem) monthless() bool { return it.class == dueDay && it.from == 0 }

func monthItem(m int) dueItem {
	return dueItem{class: dueMonth, from: time.Month(m), to: time.Month(m)}
}

func quarterItem(q int) dueItem {
	return dueItem{class: dueQuarter, from: time.Month(3*q - 2), to: time.Month(3 * q)}
}

func dayItem(d, m int) dueItem {
	return dueItem{class: dueDay, day: d, from: time.Month(m), to: time.Month(m)}
}

func yearItem(y int) dueItem {
	return dueItem{class: dueYear, from: time.January, to: time.December, year: y}
}

func halfItem(from, to time.Month) dueItem {
	return dueItem{class: dueHalf, from: from, to: to, explicit: true}
}
