package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
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
