package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
)

// How many days /preview shows: as it is, and at most; and how many lines of
// it stand on a screen.
const (
	previewDays    = 30
	previewMost    = 31
	previewOnPhone = 10
)

// preview answers /preview 30: every message that the next days will send, and
// why, if nobody reports meanwhile.
func (c *call) preview() error {
	days := previewDays
	if words := strings.TrimSpace(c.args); words != "" {
		n, err := strconv.Atoi(words)
		if err != nil || n < 1 || n > previewMost {
			return refuse("refuse.preview", "Command", c.commandName(c.row), "Most", previewMost, "Text", chat.Cut(words, 20))
		}
		days = n
	}
	lines, title, err := c.forecast(days)
	if err != nil {
		return err
	}
	shown := lines[:min(len(lines), previewOnPhone)]
	text := join(append([]chat.Markup{chat.Bold(title)}, shown...)...)
	if len(shown) == len(lines) {
		return c.show(text)
	}
	return c.show(join(text, c.n("preview.more", len(lines)-len(shown))),
		[]chat.Button{c.button("button.preview_all", chat.Action{Verb: c.row.verb, Key: int64(days)})})
}

// pressPreview sends the whole list as a file.
func (c *call) pressPreview() error {
	lines, title, err := c.forecast(min(max(int(c.action.Key), 1), previewMost))
	if err != nil {
		return err
	}
	text := chat.Plain(join(append([]chat.Markup{title}, lines...)...))
	_, err = c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutDocument, To: c.in.Chat.Place, Priority: chat.Answer,
		Name: c.row.names[1] + "-" + c.today.String() + ".txt", Data: []byte(text + "\n"),
	})
	return err
}

// A forecastItem is a line for one message, by what it has its place in the list.
type forecastItem struct {
	at   time.Time
	to   chat.Place
	line chat.Markup
}

// forecast has a line for each message of the days from today on.
func (c *call) forecast(days int) (lines []chat.Markup, title chat.Markup, err error) {
	office, err := scheduler.Load(c.tx, c.now, c.h.Location)
	if err != nil {
		return nil, "", err
	}
	var items []forecastItem
	last := c.today + plan.Date(days) - 1
	err = office.Ahead(c.tx, c.now, plan.At(24, 0).On(last, c.h.Location), func(m scheduler.Message) {
		items = append(items, forecastItem{m.At, m.To, c.forecastLine(m, office)})
	})
	if err != nil {
		return nil, "", err
	}
	slices.SortStableFunc(items, func(x, y forecastItem) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.to.Chat, y.to.Chat), cmp.Compare(x.to.Topic, y.to.Topic))
	})
	for _, i := range items {
		lines = append(lines, i.line)
	}
	return lines, c.n("preview.title", len(lines), "From", c.words.DayMonth(c.today), "To", c.date(last)), nil
}

// forecastLine is "22/03 T6 · Văn phòng Sở · 15, 26 · mốc 7 ngày (24/03 là Chủ
// nhật)".
func (c *call) forecastLine(m scheduler.Message, office *scheduler.Office) chat.Markup {
	weekday := "weekday_short." + strconv.Itoa(int(m.Day.Weekday())) // keys: weekday_short.*
	day := chat.Markup(c.words.DayMonth(m.Day)) + " " + c.t(weekday)
	if m.Kind == scheduler.Notice {
		return day + " · " + c.placeName(m.To) + " · " + c.t("preview.notice")
	}
	if m.Kind == scheduler.Post {
		key := "preview.post_closing"
		if m.Week {
			key = "preview.post"
		}
		return day + " · " + c.placeName(m.To) + " · " + c.t(key)
	}
	var dated []string
	windows := map[string]int{}
	var names []string
	counted := map[int64]bool{} // more than one step of it may have been missed
	for _, s := range m.Steps {
		if counted[s.Occurrence] {
			continue
		}
		counted[s.Occurrence] = true
		o := office.Occurrence(s.Occurrence)
		if o.Kind == plan.OccurrenceCheckIn {
			name := c.window(o.Period)
			if windows[name] == 0 {
				names = append(names, name)
			}
			windows[name]++
			continue
		}
		if n := c.number(c.planOf(c.taskOf(o)), c.taskOf(o)); !slices.Contains(dated, n) {
			dated = append(dated, n)
		}
	}
	var what []string
	if len(dated) > 0 {
		what = append(what, strings.Join(dated, ", "))
	}
	for _, name := range names {
		what = append(what, chat.Plain(c.n("preview.check_ins", windows[name], "Window", name)))
	}
	return day + " · " + c.placeName(m.To) + " · " + chat.Escape(strings.Join(what, "; ")+" · "+c.stepList(latest(m.Steps)))
}

// latest leaves of each occurrence the steps of its last day: a message that
// was missed for days names why it is said at last.
func latest(steps []plan.Step) []plan.Step {
	last := map[int64]plan.Date{}
	for _, s := range steps {
		last[s.Occurrence] = max(last[s.Occurrence], s.Day)
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s plan.Step) bool { return s.Day < last[s.Occurrence] })
}

// placeName is what a chat is called in a list: by the units that it serves,
// else by the person.
func (c *call) placeName(p chat.Place) chat.Markup {
	units := c.snap.Serves[p]
	if len(units) == 0 {
		return chat.Escape(c.personName(p.Chat))
	}
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = c.unitShort(u)
	}
	return chat.Escape(strings.Join(names, ", "))
}
