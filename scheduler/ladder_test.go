package scheduler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/scheduler"
)

var zone = time.FixedZone("+07", 7*60*60)

// office is the shipped plan, given out on 11/01/2024, with every unit in a
// chat of its own and nothing reported.
func office(t *testing.T) *scheduler.Office {
	t.Helper()
	p, roster, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Published = 1, plan.NewDate(2024, time.January, 11)
	f := &scheduler.Office{
		Location: zone, Calendar: plan.NewCalendar(days), Plans: []*plan.Plan{p}, Current: p,
		Occurrences: map[int64][]*plan.Occurrence{}, Chats: map[string]chat.Place{},
		Leaders: []chat.Place{{Chat: -1}},
		Said:    func(plan.Step) bool { return false }, Posted: func(plan.Date) bool { return false },
	}
	for i, u := range roster.Units {
		f.Chats[u.Code] = chat.Place{Chat: int64(-100 - i)}
	}
	for _, task := range p.Tasks {
		for _, o := range p.Occurrences(task) {
			o.ID = int64(len(f.Occurrences[1]) + 1)
			f.Occurrences[1] = append(f.Occurrences[1], &o)
		}
	}
	return f
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("02/01/2006 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// days lists the days on which the unit's chat hears of its work in 2024.
func days(t *testing.T, f *scheduler.Office, unit string) []string {
	t.Helper()
	var out []string
	for _, m := range f.Due(at(t, "11/01/2024 09:00"), at(t, "31/12/2024 23:59")) {
		if m.Kind == scheduler.Reminder && m.To == f.Chats[unit] {
			if m.At.Hour() != 8 || m.At.Minute() != 0 || !f.Calendar.IsWorking(m.Day) {
				t.Errorf("a reminder at %s", m.At)
			}
			out = append(out, fmt.Sprintf("%02d/%02d", m.Day.Day(), m.Day.Month()))
		}
	}
	return out
}

// The list stands in the specification, section 6.
func TestTheOfficesDaysOf2024(t *testing.T) {
	f := office(t)
	listed := strings.Fields(`
		01/03 07/03 12/03 14/03 15/03 22/03 28/03 29/03
		01/04 02/04 08/04 15/04 22/04 02/05 07/06 12/06 14/06 17/06 06/09 11/09 13/09 16/09
		29/11 06/12 11/12 13/12 16/12 17/12 24/12 27/12 30/12 31/12`)
	// From 02/05 on late work is heard of on each week's first working day.
	for d := plan.NewDate(2024, time.May, 2); d <= plan.NewDate(2024, time.December, 31); d++ {
		if f.Calendar.IsWorking(d) && f.Calendar.OnOrBefore(d-1) < d.Monday() {
			listed = append(listed, fmt.Sprintf("%02d/%02d", d.Day(), d.Month()))
		}
	}
	slices.SortFunc(listed, func(x, y string) int { return strings.Compare(x[3:]+x[:2], y[3:]+y[:2]) })
	want := slices.Compact(listed)
	if len(want) != 63 {
		t.Errorf("%d days are listed", len(want))
	}
	if got := days(t, f, "van-phong"); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestTheOtherUnitsDaysOf2024(t *testing.T) {
	f := office(t)
	want := strings.Fields(`07/03 12/03 14/03 15/03 07/06 12/06 14/06 17/06 06/09 11/09 13/09 16/09 06/12 11/12 13/12 16/12`)
	for unit := range f.Chats {
		leads := slices.ContainsFunc(f.Occurrences[1], func(o *plan.Occurrence) bool { return o.Unit == unit })
		if unit == "van-phong" || !leads {
			continue
		}
		if got := days(t, f, unit); !slices.Equal(got, want) {
			t.Errorf("%s: got %v\nwant %v", unit, got, want)
		}
	}
}

// The hand-out itself says what there is to do: a step of that day is none.
func TestNothingIsSaidOnTheDayOfTheGivingOut(t *testing.T) {
	f := office(t)
	f.Current.Published = plan.NewDate(2024, time.March, 22)
	if got := days(t, f, "van-phong")[:2]; !slices.Equal(got, []string{"28/03", "29/03"}) {
		t.Errorf("the first days are %v", got)
	}
}

// What was missed is said at the next hour that allows it, as one message a
// chat, and a post of another week not at all.
func TestCatchingUp(t *testing.T) {
	f := office(t)
	missed := scheduler.Looked{Reminders: at(t, "25/03/2024 07:00"), Posts: at(t, "25/03/2024 07:00")}
	for _, c := range []struct {
		now              string
		reminders, posts int
	}{
		{"09/04/2024 18:00", 0, 0}, // the day is over
		{"10/04/2024 06:59", 0, 0},
		{"10/04/2024 07:59", 0, 0},
		{"10/04/2024 08:00", 1, 0},
		{"10/04/2024 08:30", 1, 1},
		{"10/04/2024 17:59", 1, 1},
		{"13/04/2024 10:00", 0, 0}, // Saturday
	} {
		got := map[scheduler.Kind]int{}
		for _, m := range f.Catch(missed, at(t, c.now)) {
			got[m.Kind]++
			if m.Kind == scheduler.Post && m.Day != plan.NewDate(2024, time.April, 8) {
				t.Errorf("%s: the post of %s", c.now, m.Day)
			}
		}
		if got[scheduler.Reminder] != c.reminders || got[scheduler.Post] != c.posts {
			t.Errorf("%s: %v", c.now, got)
		}
	}
}

func TestWhenMessagesThatWaitGoOut(t *testing.T) {
	f := office(t)
	for now, want := range map[string]string{
		"20/03/2024 06:59": "20/03/2024 08:00",
		"20/03/2024 07:30": "20/03/2024 08:00",
		"20/03/2024 08:00": "20/03/2024 08:00",
		"20/03/2024 09:15": "20/03/2024 09:15",
		"20/03/2024 18:00": "21/03/2024 08:00",
		"23/03/2024 09:00": "25/03/2024 08:00", // a Saturday
	} {
		if got := f.Opening(plan.At(8, 0), at(t, now)); !got.Equal(at(t, want)) {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}

// Once a month, on its first working day, the admins hear of a year that
// reminders reach and whose days off nobody has entered.
func TestAYearWithoutACalendar(t *testing.T) {
	f := office(t)
	_, _, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	f.Calendar = plan.NewCalendar(slices.DeleteFunc(days, func(d plan.SpecialDay) bool { return d.Date.Year() != 2024 }))
	f.Admins = []chat.Place{{Chat: 7}}
	f.Noticed = func(month string) bool { return month == "2024-03" }
	var got []string
	for _, m := range f.Due(at(t, "11/01/2024 09:00"), at(t, "30/06/2024 23:59")) {
		if m.Kind == scheduler.Notice {
			got = append(got, m.Day.String())
		}
	}
	if want := []string{"2024-02-01", "2024-04-01", "2024-05-02", "2024-06-03"}; !slices.Equal(got, want) {
		t.Errorf("told on %v, want %v", got, want)
	}
}
