//go:build unix

package main_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// TestKillsInMarch lets the end of a quarter go by on the rehearsal clock while the
// program is killed and started again at the instant that it has
// reached: each reminder comes on its day, and none twice but for one that was
// on its way in the moment of a kill.
func TestKillsInMarch(t *testing.T) {
	onlyLong(t)
	const (
		speed = 20_000 // a working day in two seconds
		kills = 15
		chat  = -7001
	)
	o := newOffice(t, build(t))
	o.must(o.srv.AddGroup(botserver.Group{ID: chat, Title: "VP", Owner: admin, Members: []int64{o.srv.Bot().ID}}))
	begin := time.Date(2024, time.March, 11, 9, 0, 0, 0, time.FixedZone("+07", 7*60*60))
	end := time.Date(2024, time.March, 30, 12, 0, 0, 0, begin.Location())
	o.setEnv("DONDOC_CLOCK=" + begin.Format(time.RFC3339))
	p := o.start()
	o.tell(p, admin, place{chat: admin}, botserver.Post{Text: "/start"}, 1)
	o.tell(p, admin, place{chat: chat}, botserver.Post{Text: "/link van-phong"}, 1)
	m := o.tell(p, admin, place{chat: admin}, botserver.Post{Text: "/publish"}, 1)
	given := o.count(chat)
	_, err := o.srv.PressLabel(admin, m.Chat, m.ID, "Giao nhiệm vụ")
	o.must(err)
	o.must(o.until(p, func(w *botserver.World) bool { return len(w.FromBot(chat)) > given }))
	o.stop(p)

	chance := rand.New(rand.NewPCG(3, 2024))
	whole := end.Sub(begin) / speed
	now := begin
	for i := range kills + 1 {
		o.setEnv("DONDOC_CLOCK="+now.Format(time.RFC3339), fmt.Sprintf("DONDOC_CLOCK_SPEED=%d", speed))
		p = o.start()
		started := time.Now()
		life := end.Sub(now) / speed
		if i < kills {
			life = whole/(kills+1)/2 + time.Duration(chance.Int64N(int64(whole/(kills+1))))
		}
		death := time.NewTimer(life)
		select {
		case <-death.C:
		case <-p.ended.Done():
		}
		if i == kills {
			o.polled(p) // it may have just begun
			break
		}
		o.must(p.cmd.Process.Kill())
		o.killed(p)
		now = now.Add(time.Since(started) * speed)
	}
	o.stop(p)
	o.reminded(chat, kills)
}

var spokenDay = regexp.MustCompile(`, (\d\d/\d\d)/2024`)

func (o *office) reminded(chat int64, kills int) {
	o.Helper()
	var days []string
	o.srv.View(func(w *botserver.World) {
		for _, m := range w.FromBot(chat) {
			if strings.Contains(m.Text, "Nhắc theo ") {
				days = append(days, spokenDay.FindStringSubmatch(m.Text)[1])
			}
		}
	})
	want := strings.Fields("12/03 14/03 15/03 22/03 28/03 29/03")
	twice := len(days) - len(slices.Compact(slices.Clone(days)))
	if got := slices.Compact(slices.Clone(days)); !slices.Equal(got, want) || twice > kills {
		o.Errorf("reminders on %v, want %v; %d of them twice", days, want, twice)
	}
}
