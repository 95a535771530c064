package handlers

import (
	"fmt"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/picture"
	"dondoc/internal/plan"
)

func (c *call) pictureButton() chat.Button {
	return c.button("button.picture", chat.Action{Verb: verbPicture, Unit: c.action.Unit})
}

// pressPicture sends what the summary above the button says as a picture.
func (c *call) pressPicture() error {
	f, err := c.figures()
	if err != nil {
		return err
	}
	if len(f.Groups) == 0 {
		return refuse("refuse.no_picture", "Tasks", c.cmd(verbTasks))
	}
	data, err := c.summaryPicture(f)
	if err != nil {
		return err
	}
	_, err = c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutPhoto, To: c.in.Chat.Place, Priority: chat.Answer,
		Text: string(c.pictureCaption(f)), Name: c.pictureName(), Data: data,
	})
	return err
}

// pictureName is the name under which the picture is handed over.
func (c *call) pictureName() string { return "tong-hop-" + c.today.String() + ".png" }

// pictureCaption is the date and both ratios.
func (c *call) pictureCaption(f *plan.Figures) chat.Markup {
	lines := c.datedLines(f)
	return chat.Split(join(c.summaryTitle(), lines[len(lines)-1]), chat.MaxCaption)[0]
}

// summaryPicture draws the figures by field and by unit.
func (c *call) summaryPicture(f *plan.Figures) ([]byte, error) {
	word := func(key string, args ...any) string { return chat.Plain(c.t(key, args...)) }
	name := c.scopeName()
	if name == "" {
		name = c.plan.Number
	}
	windows := make([]string, len(f.Windows))
	for i, w := range f.Windows {
		windows[i] = c.window(w.Window.Period)
	}
	data, err := picture.Draw(picture.Sheet{
		Title:    chat.Plain(c.planName()),
		Subtitle: word("picture.subtitle", "Name", name, "Date", c.date(c.today)),
		Legend:   c.pictureLegend(),
		Reported: word("picture.reported", "Windows", strings.Join(windows, ", ")),
		Sections: []picture.Section{
			{
				Name: word("picture.groups"), Work: word("picture.tasks"), CheckIns: word("picture.check_ins"),
				Rows: c.pictureGroups(f),
			},
			{
				Name: word("picture.units"), Work: word("picture.work"), CheckIns: word("picture.check_ins"),
				Rows: c.pictureUnits(f), Rest: func(left int) string { return chat.Plain(c.n("picture.rest", left)) },
			},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("draw the summary: %w", err)
	}
	return data, nil
}

func (c *call) pictureLegend() (names [picture.Boxes]string) {
	for i, b := range [picture.Boxes]plan.Box{
		picture.DoneOnTime: plan.DoneOnTime, picture.DoneLate: plan.DoneLate,
		picture.Open: plan.Open, picture.Overdue: plan.Overdue, picture.Undated: plan.BoxUndated,
	} {
		names[i] = chat.Plain(c.boxName(b))
	}
	return names
}

func (c *call) pictureGroups(f *plan.Figures) []picture.Row {
	rows := make([]picture.Row, len(f.Groups))
	for i, g := range f.Groups {
		rows[i] = picture.Row{
			Name: c.groupName(g.Index), Work: inBoxes(g.Tasks), Reported: g.CheckIns.Reported, Asked: g.CheckIns.Asked,
		}
		rows[i].Work[picture.Undated] = g.Undated
	}
	return rows
}

func (c *call) pictureUnits(f *plan.Figures) []picture.Row {
	rows := make([]picture.Row, len(f.Units))
	for i, u := range f.Units {
		rows[i] = picture.Row{
			Name: c.unitShort(u.Unit), Work: inBoxes(u.Work), Reported: u.Shown.Reported, Asked: u.Shown.Asked,
		}
	}
	return rows
}

func inBoxes(t plan.Tally) [picture.Boxes]int {
	return [picture.Boxes]int{
		picture.DoneOnTime: t.DoneOnTime, picture.DoneLate: t.DoneLate, picture.Open: t.Open, picture.Overdue: t.Overdue,
	}
}

// groupName is what people call a field of the plan.
func (c *call) groupName(index int) string {
	if index < 0 {
		return chat.Plain(c.t("summary.outside"))
	}
	return c.plan.Groups[index].Label()
}
