package tryout

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/plan"
	"dondoc/locales"
)

// A story is a year as an office may live through it: most report in time, some
// late, one is blocked for a while, one asks for a later day.
type story struct {
	end   time.Time
	beats []beat // in the order of time
}

// after returns what is still to be done.
func (s *story) after(now time.Time) []beat {
	i := slices.IndexFunc(s.beats, func(b beat) bool { return b.at.After(now) })
	if i < 0 {
		return nil
	}
	return s.beats[i:]
}

// A teller writes a story.
type teller struct {
	cast *cast
	cal  *plan.Calendar
	loc  *time.Location
	plan *plan.Plan

	words locales.Localizer // of the bot
	out   []beat
}

func newStory(seed app.Seed, c *cast, loc *time.Location, words locales.Localizer) *story {
	w := &teller{cast: c, cal: plan.NewCalendar(seed.Days), loc: loc, plan: seed.Plan, words: words}
	w.dated()
	for i, window := range seed.Plan.Windows() {
		w.window(i, window)
	}
	slices.SortStableFunc(w.out, func(x, y beat) int { return x.at.Compare(y.at) })
	return &story{
		end:   plan.NewDate(seed.Plan.Year, time.December, 31).In(loc, 17*time.Hour),
		beats: w.out,
	}
}

// say lets the head of the unit write in its group.
func (w *teller) say(unit string, day plan.Date, clock time.Duration, text string) {
	i := slices.IndexFunc(w.cast.groups, func(g unitChat) bool { return g.unit.Code == unit })
	if i < 0 {
		return
	}
	g := w.cast.groups[i]
	w.out = append(w.out, beat{at: day.In(w.loc, clock), user: g.head, chat: g.chat, text: text})
}

// dated tells what becomes of dated work, each in its own way, the first to fall
// due first.
func (w *teller) dated() {
	var dated []plan.Occurrence
	for _, t := range w.plan.Tasks {
		for _, o := range w.plan.Occurrences(t) {
			if o.Kind == plan.OccurrenceDated {
				dated = append(dated, o)
			}
		}
	}
	slices.SortStableFunc(dated, func(x, y plan.Occurrence) int { return cmp.Compare(x.Due, y.Due) })
	fates := []func(int, plan.Occurrence){w.late, w.extended, w.inTime, w.blocked, w.early}
	for i, o := range dated {
		if n := i % (len(fates) + 1); n < len(fates) {
			fates[n](i, o)
		} // every sixth is left undone
	}
}

// clockOf spreads people over the working day.
func clockOf(i int) time.Duration {
	return 9*time.Hour + time.Duration(i*37%390)*time.Minute
}

// done lets the unit report that the work is done, with a document as evidence.
func (w *teller) done(i int, o plan.Occurrence, day plan.Date) {
	w.say(o.Unit, day, clockOf(i), fmt.Sprintf("/done %d %d/QĐ-SXD %s", o.Task, 120+20*i, written(w.cal.OnOrBefore(day-1))))
}

func (w *teller) late(i int, o plan.Occurrence) {
	w.say(o.Unit, w.cal.OnOrAfter(o.Due+8), clockOf(i), fmt.Sprintf("/danglam %d đang trình ký", o.Task))
	w.done(i, o, w.cal.OnOrAfter(o.Due+23))
}

func (w *teller) extended(i int, o plan.Occurrence) {
	const more = 30 // days
	asks := w.cal.OnOrBefore(o.Due - 12)
	w.say(o.Unit, asks, clockOf(i), fmt.Sprintf("/giahan %d %s chờ ý kiến của cơ quan cấp trên", o.Task, written(o.Due+more)))
	w.out = append(w.out, beat{
		at: w.cal.OnOrAfter(asks+1).In(w.loc, 10*time.Hour), user: directorID, chat: directorID, press: w.label("button.agree"),
	})
	w.done(i, o, w.cal.OnOrBefore(o.Due+more-5))
}

func (w *teller) inTime(i int, o plan.Occurrence) {
	w.say(o.Unit, w.cal.OnOrBefore(o.Due-25), clockOf(i), fmt.Sprintf("/danglam %d đã gửi dự thảo lấy ý kiến", o.Task))
	w.done(i, o, w.cal.OnOrBefore(o.Due-5))
}

func (w *teller) blocked(i int, o plan.Occurrence) {
	w.say(o.Unit, w.cal.OnOrBefore(o.Due-40), clockOf(i), fmt.Sprintf("/vuong %d chờ hướng dẫn của tỉnh", o.Task))
	w.done(i, o, w.cal.OnOrBefore(o.Due-3))
}

func (w *teller) early(i int, o plan.Occurrence) {
	w.done(i, o, w.cal.OnOrBefore(o.Due-60))
}

// window tells how the units report in one of the four windows.
func (w *teller) window(index int, window plan.Window) {
	for i, g := range w.cast.groups {
		tasks := w.ongoing(g.unit.Code)
		if len(tasks) == 0 {
			continue
		}
		day := w.cal.OnOrBefore(window.Closes - plan.Date((i*3+index)%6))
		switch {
		case (i+index)%7 == 6: // late
			day = w.cal.OnOrAfter(window.Closes + 3)
		case i == 1 && index == 1: // one is blocked first
			w.say(g.unit.Code, w.cal.AddWorking(window.Closes, -8), clockOf(i+3),
				"/vuong "+tasks[0]+" chờ cấp chứng thư số")
		}
		if i == index {
			w.form(g, day)
			continue
		}
		w.say(g.unit.Code, day, clockOf(i+5*index), "/done "+strings.Join(tasks, ","))
	}
}

// form tells how a unit reports on all its ongoing tasks by the form.
func (w *teller) form(g unitChat, day plan.Date) {
	const opens = 14 * time.Hour
	w.say(g.unit.Code, day, opens, "/baocaoky")
	// Sending asks once whether what has no sentence may go as it is.
	for i, key := range []string{"button.form_all", "button.form_send", "button.form_send_now"} {
		at := day.In(w.loc, opens+time.Duration(i+1)*time.Minute)
		w.out = append(w.out, beat{at: at, user: g.head, chat: g.chat, press: w.label(key)})
	}
}

// label is what the button's label begins with, without what is counted.
func (w *teller) label(key string) string {
	before, _, _ := strings.Cut(w.words.T(key, locales.Data{"Count": 0}), " (")
	return before
}

// ongoing returns the ongoing tasks that the unit leads.
func (w *teller) ongoing(unit string) []string {
	var list []string
	for _, t := range w.plan.Tasks {
		if t.Schedule.Kind == plan.KindOngoing && t.LeadBy(unit) {
			list = append(list, strconv.Itoa(t.Number))
		}
	}
	return list
}

// written is a day as people type it.
func written(d plan.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day(), d.Month(), d.Year()) }
