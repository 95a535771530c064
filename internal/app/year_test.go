package app_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
)

// The bot's private chat with the admin, and who leads the office.
const (
	admin  int64 = 901
	leader int64 = 902
)

const (
	isReminder = "Nhắc theo "
	isPost     = "📊"
)

var fileLine = regexp.MustCompile(`(?m)^(\d\d/\d\d) \S+ · ([^·]+) · `)

// forecast reads what /preview says: day and chat of each message.
func (y *year) forecast() []string {
	y.Helper()
	y.say(admin, admin, "/preview 31")
	var m botserver.Message
	latest := func() {
		y.srv.View(func(w *botserver.World) { all := w.FromBot(admin); m = all[len(all)-1] })
	}
	latest()
	text := m.Text
	if len(m.Buttons) > 0 {
		_, err := y.srv.PressLabel(admin, m.Chat, m.ID, "Tải tất cả")
		y.must(err)
		y.settle()
		latest()
		text = string(m.File.Data())
	}
	var out []string
	for _, line := range fileLine.FindAllStringSubmatch(text, -1) {
		out = append(out, line[1]+" "+line[2])
	}
	return out
}

// names is what the sayings are called in a preview.
func (y *year) names(list []saying) []string {
	seed, err := shipped()
	y.must(err)
	var out []string
	for _, s := range list {
		u, _ := seed.Roster.Unit(s.unit)
		out = append(out, s.day()+" "+u.ShortName())
	}
	return out
}

// With no report in the whole year every step is heard on its very day, and
// on each first of a month the preview is what then comes.
func TestTheYear2024(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		y := newYear(t, "11/01/2024 09:00")
		defer func() { y.stop() }()
		y.publish()
		previews := map[plan.Date][]string{}
		for month := time.February; month <= time.December; month++ {
			y.until(fmt.Sprintf("01/%02d/2024 07:30", month))
			previews[plan.NewDate(2024, month, 1)] = y.forecast()
		}
		y.until("31/01/2025 23:00")
		for first, want := range previews {
			until := (first + 31).In(y.zone, 0)
			got := y.names(slices.DeleteFunc(y.sayings(first.In(y.zone, 0), ""), func(s saying) bool { return !s.at.Before(until) }))
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("from %s: sent %v\npreview %v", first, got, want)
			}
		}
		all := y.sayings(time.Time{}, isReminder)
		y.bounds(all)
		y.bounds(y.sayings(time.Time{}, isPost))
		counts := map[string]int{}
		for _, s := range all {
			if s.at.Year() == 2024 {
				counts[s.unit]++
			}
		}
		for unit, n := range map[string]int{"van-phong": 63, "thanh-tra": 16, "p-qlxd": 16, "lanh-dao": 0} {
			if counts[unit] != n {
				t.Errorf("%s heard %d reminders, want %d", unit, counts[unit], n)
			}
		}
	})
}

// Stops at any instant, with a start when the clock has gone on, change
// nothing of what is said and when, as long as each was up at the hour.
func TestTheYearWithStops(t *testing.T) {
	const stops = 20
	synctest.Test(t, func(t *testing.T) {
		y := newYear(t, "11/01/2024 09:00")
		defer func() { y.stop() }()
		y.publish()
		random := rand.New(rand.NewPCG(98, 2024))
		begin, end := y.at("12/01/2024 00:00"), y.at("31/12/2024 20:00")
		instants := make([]time.Time, stops)
		for i := range instants {
			instants[i] = begin.Add(time.Duration(random.Int64N(int64(end.Sub(begin)))))
		}
		slices.SortFunc(instants, time.Time.Compare)
		for _, at := range instants {
			y.until(at.Format("02/01/2006 15:04"))
			y.restart(y.clock.Now().Add(time.Duration(random.Int64N(int64(3 * time.Hour)))))
		}
		y.until("31/12/2024 23:00")
		all := y.sayings(time.Time{}, isReminder)
		y.bounds(all)
		y.bounds(y.sayings(time.Time{}, isPost))
		counts := map[string]int{}
		for _, s := range all {
			counts[s.unit]++
		}
		if counts["van-phong"] != 63 || counts["thanh-tra"] != 16 || counts["p-qlxd"] != 16 {
			t.Errorf("reminders by unit: %v", counts)
		}
	})
}

// What was reported is not reminded of, and a deadline that was set later is:
// its step of one day falls on a Saturday that makes up for a day off.
func TestTheYearWithReports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		y := newYear(t, "11/01/2024 09:00")
		defer func() { y.stop() }()
		y.publish()
		y.until("05/03/2024 09:00")
		y.say(admin, admin, "/done 2,3,4 thanh-tra đã báo cáo")
		y.until("20/03/2024 09:00")
		y.say(admin, admin, "/done 15,26 van-phong 12/QĐ-SXD 19/03/2024")
		y.until("18/04/2024 09:00")
		y.say(admin, admin, "/deadline 29 06/05/2024")
		y.until("20/05/2024 23:00")
		byUnit := map[string][]string{}
		for _, s := range y.sayings(time.Time{}, isReminder) {
			byUnit[s.unit] = append(byUnit[s.unit], s.day())
		}
		if got := byUnit["thanh-tra"]; len(got) != 0 {
			t.Errorf("the inspectorate heard on %v", got)
		}
		// 29 is led by the office: its steps are those of 06/05, a Monday.
		want := strings.Fields("01/03 07/03 12/03 14/03 15/03 22/04 26/04 03/05 04/05 06/05 07/05 13/05 20/05")
		if got := byUnit["van-phong"]; !slices.Equal(got, want) {
			t.Errorf("the office heard on %v\nwant %v", got, want)
		}
	})
}
