package tryout

import (
	"cmp"
	"slices"
	"strings"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/plan"
)

// A guide is what the page proposes to try, told by means of the plan's first
// dated work.
type guide struct {
	Chat     int64  `json:"chat"` // the group of the unit that has to do it; 0 if the plan has no dated work
	Head     int64  `json:"head"`
	Member   int64  `json:"member"`
	Director int64  `json:"director"`
	Unit     string `json:"unit"`
	Task     int    `json:"task"`     // to be reported by command
	Reminded int    `json:"reminded"` // to be reported by a button of the reminder
	Day      string `json:"day"`      // when the reminder comes, 2024-03-22

	day plan.Date
}

// reminderDays is how long before its due day work is reminded of, in the
// guide's example.
const reminderDays = 7

func newGuide(seed app.Seed, c *cast) *guide {
	g := &guide{Director: directorID, Member: memberID}
	var dated []plan.Occurrence
	for _, t := range seed.Plan.Tasks {
		for _, o := range seed.Plan.Occurrences(t) {
			if o.Kind == plan.OccurrenceDated {
				dated = append(dated, o)
			}
		}
	}
	slices.SortStableFunc(dated, func(x, y plan.Occurrence) int { return cmp.Compare(x.Due, y.Due) })
	for _, o := range dated {
		i := slices.IndexFunc(c.groups, func(u unitChat) bool { return u.unit.Code == o.Unit })
		switch {
		case i < 0:
		case g.Task == 0:
			g.Chat, g.Head, g.Unit = c.groups[i].chat, c.groups[i].head, c.groups[i].unit.ShortName()
			g.Task, g.Reminded = o.Task, o.Task
			g.day = plan.NewCalendar(seed.Days).OnOrBefore(o.Due - reminderDays)
			g.Day = g.day.String()
		case c.groups[i].chat == g.Chat && g.Reminded == g.Task:
			g.Reminded = o.Task
		}
	}
	return g
}

// done reports which steps were taken, in the page's order.
func (g *guide) done(o *app.Overview, s *botserver.Server) []bool {
	var refused, summed, reminded bool
	s.View(func(w *botserver.World) {
		refused = answered(w, g.Chat, func(m botserver.Message) bool { return m.From == g.Member })
		summed = answered(w, g.Director, func(m botserver.Message) bool {
			text := strings.ToLower(m.Text)
			return strings.HasPrefix(text, "/summary") || strings.HasPrefix(text, "/tonghop")
		})
		reminded = slices.ContainsFunc(w.FromBot(g.Chat), func(m botserver.Message) bool {
			return m.ReplyTo == 0 && plan.DateOf(m.Date, m.Date.Location()) >= g.day
		})
	})
	return []bool{
		reported(o, func(occ *plan.Occurrence, r plan.Report) bool { return r.Status == plan.Done && occ.Task == g.Task }),
		refused,
		summed,
		reminded,
		reported(o, func(_ *plan.Occurrence, r plan.Report) bool { return r.Via == plan.ViaButton }),
	}
}

// answered reports whether the bot answered a command that fits.
func answered(w *botserver.World, chat int64, fits func(botserver.Message) bool) bool {
	asked := map[int]bool{}
	first := 0
	for _, m := range w.Messages(chat) {
		switch {
		case m.From == w.Bot().ID && (asked[m.ReplyTo] || chat > 0 && first > 0 && m.ReplyTo == 0):
			return true
		case strings.HasPrefix(m.Text, "/") && fits(m):
			asked[m.ID] = true
			first = m.ID
		}
	}
	return false
}

func reported(o *app.Overview, fits func(*plan.Occurrence, plan.Report) bool) bool {
	for _, occ := range o.Occurrences {
		if slices.ContainsFunc(occ.Reports, func(r plan.Report) bool { return fits(occ, r) }) {
			return true
		}
	}
	return false
}
