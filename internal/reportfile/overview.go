package reportfile

import (
	"dondoc/internal/plan"
	"dondoc/locales"
)

// overview is the sheet of figures: dated work by group, check-ins by window.
func (b *book) overview(s *sheet) {
	s.note(b.words.T("sheet.title", locales.Data{"Period": b.periodName()}), b.styles.title)
	s.note(b.Plan.Title, b.styles.bold)
	s.note(b.words.T("sheet.days", locales.Data{"From": paperDate(b.Span.Opens), "To": paperDate(b.AsOf)}), b.styles.plain)
	s.note(b.stateLine(), b.styles.plain)
	s.row++
	columns := []column{
		{"sheet.group", 44},
		{"sheet.total", 9},
		{"sheet.done_on_time", 11},
		{"sheet.extended", 12},
		{"sheet.done_late", 11},
		{"sheet.open", 9},
		{"sheet.overdue", 9},
		{"sheet.of_fallen", 15},
		{"sheet.of_all", 13},
		{"sheet.asked", 11},
		{"sheet.reported", 10},
		{"sheet.in_time", 10},
		{"sheet.undated", 13},
	}
	s.widen(columns)
	s.head(columns)
	top := s.row
	var undated int
	for _, g := range b.Groups {
		s.line(append(append([]any{b.groupLabel(g)}, tallyCells(g.Figures.Tasks)...),
			g.Figures.CheckIns.Asked, g.Figures.CheckIns.Reported, g.Figures.CheckIns.InTime, g.Figures.Undated)...)
		undated += g.Figures.Undated
	}
	s.filter(top, len(columns)) // without the sums
	all := b.allCheckIns()
	s.line(append(append([]any{b.words.T("sheet.all_tasks")}, tallyCells(b.Figures.Tasks)...),
		all.Asked, all.Reported, all.InTime, undated)...)
	s.line(append(append([]any{b.words.T("sheet.all_work")}, tallyCells(b.Figures.Work)...),
		all.Asked, all.Reported, all.InTime, undated)...)
	s.freeze(top)
	s.row++
	b.windows(s)
}

func (b *book) allCheckIns() plan.CheckIns {
	var all plan.CheckIns
	for _, w := range b.Figures.Windows {
		all.Asked += w.CheckIns.Asked
		all.Reported += w.CheckIns.Reported
		all.InTime += w.CheckIns.InTime
	}
	return all
}

func (b *book) windows(s *sheet) {
	s.note(b.words.T("sheet.check_ins"), b.styles.bold)
	s.head([]column{
		{"sheet.window", 0},
		{"sheet.closes", 0},
		{"sheet.asked", 0},
		{"sheet.reported", 0},
		{"sheet.in_time", 0},
		{"sheet.reported_late", 0},
		{"sheet.missing", 0},
		{"sheet.share_reported", 0},
	})
	for _, w := range b.Figures.Windows {
		c := w.CheckIns
		s.line(b.windowName(windowIndex(b.Plan, w.Window.Period)), w.Window.Closes, c.Asked, c.Reported, c.InTime,
			c.Reported-c.InTime, c.Missing(), share{c.Reported, c.Asked})
	}
}

// tallyCells are the four boxes of dated work and both ratios.
func tallyCells(t plan.Tally) []any {
	return []any{
		t.Total(), t.DoneOnTime, t.Extended, t.DoneLate, t.Open, t.Overdue,
		share{t.Done(), t.Fallen()},
		share{t.Done(), t.Total()},
	}
}

// unitSheet lists the units as lists of units are shown.
func (b *book) unitSheet(s *sheet) {
	columns := []column{
		{"sheet.number", 6},
		{"sheet.unit", 44},
		{"sheet.asked", 11},
		{"sheet.reported", 10},
		{"sheet.in_time", 10},
		{"sheet.share_in_time", 12},
		{"sheet.total_work", 10},
		{"sheet.done_on_time", 11},
		{"sheet.extended", 12},
		{"sheet.done_late", 11},
		{"sheet.open", 9},
		{"sheet.overdue", 9},
		{"sheet.of_fallen", 15},
		{"sheet.of_all", 13},
	}
	s.table(columns, func() {
		for i, u := range b.Units {
			c := u.CheckIns
			s.line(append([]any{i + 1, u.Name, c.Asked, c.Reported, c.InTime, share{c.InTime, c.Asked}}, tallyCells(u.Work)...)...)
		}
	})
}
