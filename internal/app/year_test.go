package app_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/internal/plan"
)

// wire brings requests to the server within the bubble.
type wire struct{ srv http.Handler }

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), r.Body)
	in.Header = r.Header
	rec := httptest.NewRecorder()
	w.srv.ServeHTTP(rec, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return rec.Result(), nil
}

// A year is the shipped plan at work with every unit in a group of its own, on
// a clock that runs fast, in virtual time: nothing but the ticks moves it.
type year struct {
	*testing.T
	srv    *botserver.Server
	clock  *clock.Rehearsal
	cfg    app.Config
	chats  map[string]int64 // by unit
	cal    *plan.Calendar
	zone   *time.Location
	factor float64
	stop   func()
}

// The bot's private chat with the admin, and who leads the office.
const (
	admin  int64 = 901
	leader int64 = 902
)

func newYear(t *testing.T, start string) *year {
	t.Helper()
	zone := time.FixedZone("+07", 7*60*60)
	y := &year{T: t, zone: zone, factor: 600, chats: map[string]int64{}}
	y.clock = clock.NewRehearsal(y.at(start), y.factor)
	y.srv = botserver.New(botserver.Options{Clock: func() time.Time { return y.clock.Now() }})
	t.Cleanup(func() { _ = y.srv.Close() })
	seed, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	y.cal = plan.NewCalendar(seed.Days)
	for id, name := range map[int64]string{admin: "Hạnh", leader: "Dũng"} {
		y.must(y.srv.AddUser(botserver.User{ID: id, FirstName: name}))
	}
	for i, u := range seed.Roster.Units {
		id := int64(-3000 - i)
		y.chats[u.Code] = id
		y.must(y.srv.AddGroup(botserver.Group{
			ID: id, Title: u.Name, Owner: admin, Members: []int64{y.srv.Bot().ID, leader},
		}))
	}
	y.cfg = app.Config{
		Token: y.srv.Token(), APIURL: "http://telegram.test", HTTPClient: &http.Client{Transport: wire{y.srv}},
		Data: t.TempDir(), Admins: []int64{admin}, Seed: shipped, Location: zone, Lang: "vi", Clock: y.clock,
		Log: slog.New(slog.DiscardHandler), Notices: io.Discard,
	}
	y.start()
	y.say(admin, admin, "/start")
	for unit, id := range y.chats {
		y.say(admin, id, "/link "+unit)
	}
	return y
}

func (y *year) at(s string) time.Time {
	y.Helper()
	v, err := time.ParseInLocation("02/01/2006 15:04", s, y.zone)
	y.must(err)
	return v
}

func (y *year) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

func (y *year) start() {
	y.Helper()
	a, err := app.New(context.Background(), y.cfg)
	y.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	y.stop = func() {
		cancel()
		y.must(<-ended)
		y.must(a.Close())
	}
	y.settle()
}

// restart ends the program and starts it when the clock shows the instant.
func (y *year) restart(at time.Time) {
	y.Helper()
	y.stop()
	y.clock = clock.NewRehearsal(at, y.factor)
	y.cfg.Clock = y.clock
	y.start()
}

// settle waits until all is quiet: the bot's own short pauses are over, which
// takes half a minute of the program's time.
func (y *year) settle() {
	time.Sleep(50 * time.Millisecond)
	synctest.Wait()
}

// say lets somebody write and waits until all is quiet.
func (y *year) say(user, chat int64, text string) {
	y.Helper()
	_, err := y.srv.Say(user, chat, text)
	y.must(err)
	y.settle()
}

// until lets time pass.
func (y *year) until(instant string) {
	y.Helper()
	if d := y.at(instant).Sub(y.clock.Now()); d > 0 {
		time.Sleep(y.clock.Real(d))
	}
	y.settle()
}

// A saying is one message that the calendar caused.
type saying struct {
	unit string
	at   time.Time
	text string
}

func (s saying) day() string { return s.at.Format("02/01") }

// sayings lists what the calendar caused in the chats since an instant, in
// order.
func (y *year) sayings(since time.Time, kind string) []saying {
	var out []saying
	y.srv.View(func(w *botserver.World) {
		for unit, id := range y.chats {
			for _, m := range w.FromBot(id) {
				if strings.Contains(m.Text, kind) && !m.Date.Before(since) {
					out = append(out, saying{unit, m.Date.In(y.zone), m.Text})
				}
			}
		}
	})
	slices.SortFunc(out, func(a, b saying) int {
		if a.at.Format("0102") != b.at.Format("0102") {
			return a.at.Compare(b.at)
		}
		return strings.Compare(a.unit, b.unit)
	})
	return out
}

const (
	isReminder = "Nhắc theo "
	isPost     = "📊"
)

// publish gives the plan out.
func (y *year) publish() {
	y.Helper()
	y.say(admin, admin, "/publish")
	var m botserver.Message
	y.srv.View(func(w *botserver.World) { all := w.FromBot(admin); m = all[len(all)-1] })
	_, err := y.srv.PressLabel(admin, m.Chat, m.ID, "Giao nhiệm vụ")
	y.must(err)
	y.settle()
}

// bounds holds what was said against the rules that no case may break.
func (y *year) bounds(list []saying) {
	y.Helper()
	heard := map[string]bool{}
	for _, s := range list {
		key := s.unit + s.at.Format(" 02/01/2006")
		hour := s.at.Hour()*60 + s.at.Minute()
		switch {
		case heard[key]:
			y.Errorf("twice: %s", key)
		case !y.cal.IsWorking(plan.DateOf(s.at, y.zone)) || hour < 7*60 || hour >= 18*60:
			y.Errorf("at %s to %s", s.at, s.unit)
		}
		heard[key] = true
	}
}

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
