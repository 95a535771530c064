package tryout

import (
	"net/http"
	"slices"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/plan"
	"dondoc/locales"
	"dondoc/scheduler"
)

// A panel is how the plan stands, from the bot's own data.
type panel struct {
	Year      int           `json:"year"` // 0 without a plan
	Number    string        `json:"number"`
	Published bool          `json:"published"`
	Tasks     panelTally    `json:"tasks"`
	Windows   []panelWindow `json:"windows"`
	Late      []panelWork   `json:"late"`
	Blocked   []panelWork   `json:"blocked"`
	Soon      []panelWork   `json:"soon"`
	Next      []panelNext   `json:"next"`
	Today     string        `json:"today"`
	Steps     []bool        `json:"steps"` // of the guide: those that are done
}

// A panelTally is dated tasks in the four boxes, with both ratios.
type panelTally struct {
	Total      int    `json:"total"`
	DoneOnTime int    `json:"done_on_time"`
	DoneLate   int    `json:"done_late"`
	Open       int    `json:"open"`
	Overdue    int    `json:"overdue"`
	Extended   int    `json:"extended"` // of those done on time: after an extension
	Undated    int    `json:"undated"`
	Done       int    `json:"done"`
	Fallen     int    `json:"fallen"`
	OfFallen   string `json:"of_fallen"`
	OfAll      string `json:"of_all"`
}

// A panelWindow is the check-ins of one window.
type panelWindow struct {
	Period   string         `json:"period"`
	Closes   string         `json:"closes"` // 2024-03-14
	Reported int            `json:"reported"`
	Asked    int            `json:"asked"`
	Missing  []panelMissing `json:"missing"`
}

type panelMissing struct {
	Unit  string `json:"unit"`
	Count int    `json:"count"`
}

// A panelWork is one unit's work on one task.
type panelWork struct {
	Task  int    `json:"task"`
	Title string `json:"title"`
	Unit  string `json:"unit"`
	Due   string `json:"due,omitempty"`
	Late  int    `json:"late,omitempty"` // days
	Note  string `json:"note,omitempty"`
}

// A panelNext is a message that the bot will send by itself.
type panelNext struct {
	At    string `json:"at"` // RFC 3339
	Kind  string `json:"kind"`
	To    string `json:"to"`
	Tasks []int  `json:"tasks"`
}

// plan answers how the plan stands. The round does not end meanwhile.
func (t *tryout) plan(w http.ResponseWriter, req *http.Request) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.round == nil {
		writeJSON(w, nil, errOtherRound)
		return
	}
	o, err := t.round.app.Overview(req.Context())
	if err != nil {
		writeJSON(w, nil, err)
		return
	}
	p := panelOf(o, t.words)
	p.Next = t.nextOf(o, t.round.cast)
	p.Steps = t.round.guide.done(o, t.round.server)
	writeJSON(w, p, nil)
}

func panelOf(o *app.Overview, words locales.Localizer) *panel {
	p := &panel{Windows: []panelWindow{}, Late: []panelWork{}, Blocked: []panelWork{}, Soon: []panelWork{}}
	if o.Book.Plan == nil {
		return p
	}
	p.Today = o.Book.Today.String()
	p.Year, p.Number, p.Published = o.Book.Plan.Year, o.Book.Plan.Number, o.Book.Plan.Published != 0
	t := o.Figures.Tasks
	p.Tasks = panelTally{
		Total: t.Total(), DoneOnTime: t.DoneOnTime, DoneLate: t.DoneLate, Open: t.Open, Overdue: t.Overdue,
		Extended: t.Extended, Undated: len(o.Figures.Undated), Done: t.Done(), Fallen: t.Fallen(),
		OfFallen: words.Percent(t.Done(), t.Fallen()), OfAll: words.Percent(t.Done(), t.Total()),
	}
	for _, w := range o.Figures.Windows {
		p.Windows = append(p.Windows, windowOf(o, w))
	}
	for _, occ := range o.Figures.Late {
		work := workOf(o, occ)
		work.Late = o.Book.DaysLate(occ)
		p.Late = append(p.Late, work)
	}
	for _, occ := range o.Figures.Blocked {
		work := workOf(o, occ)
		work.Note = occ.Latest().Note
		p.Blocked = append(p.Blocked, work)
	}
	for _, occ := range o.Figures.DueSoon {
		p.Soon = append(p.Soon, workOf(o, occ))
	}
	return p
}

func windowOf(o *app.Overview, w plan.WindowFigures) panelWindow {
	v := panelWindow{
		Period: w.Window.Period, Closes: w.Window.Closes.String(),
		Reported: w.CheckIns.Reported, Asked: w.CheckIns.Asked, Missing: []panelMissing{},
	}
	for _, u := range o.Roster.Units {
		if n := w.Missing[u.Code]; n > 0 {
			v.Missing = append(v.Missing, panelMissing{u.ShortName(), n})
		}
	}
	return v
}

func workOf(o *app.Overview, occ *plan.Occurrence) panelWork {
	w := panelWork{Task: occ.Task, Unit: unitName(o.Roster, occ.Unit)}
	if t := o.Book.Plan.Task(occ.Task); t != nil {
		w.Title = t.ShortTitle
	}
	if due := occ.StatedDue(); due != 0 {
		w.Due = due.String()
	}
	return w
}

func unitName(roster *plan.Roster, code string) string {
	i := slices.IndexFunc(roster.Units, func(u plan.Unit) bool { return u.Code == code })
	if i < 0 {
		return code
	}
	return roster.Units[i].ShortName()
}

// remindersShown is how many reminders to come are listed, beside the next post.
const remindersShown = 3

func (t *tryout) nextOf(o *app.Overview, c *cast) []panelNext {
	list := []panelNext{}
	tasks := map[int64]int{}
	for _, occ := range o.Occurrences {
		tasks[occ.ID] = occ.Task
	}
	left := map[scheduler.Kind]int{scheduler.Reminder: remindersShown, scheduler.Post: 1}
	for _, m := range o.Next {
		if left[m.Kind] == 0 {
			continue
		}
		left[m.Kind]--
		v := panelNext{At: m.At.In(t.Location).Format(time.RFC3339), Kind: string(m.Kind), To: c.chatName(m.To.Chat), Tasks: []int{}}
		for _, s := range m.Steps {
			if n := tasks[s.Occurrence]; !slices.Contains(v.Tasks, n) {
				v.Tasks = append(v.Tasks, n)
			}
		}
		slices.Sort(v.Tasks)
		list = append(list, v)
	}
	return list
}
