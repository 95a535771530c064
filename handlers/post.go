package handlers

import (
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
)

// postLateDays is by how many days work must be late for the leadership to hear
// of it by name.
const postLateDays = 7

// postLines is more than a caption holds of what is late.
const postLines = 50

// composePost makes the leadership's post: how the plan stands, what is
// blocked, what is late by more than a week, and who has not reported.
func (c *call) composePost() (chat.Composition, error) {
	if early := c.tooEarly(c.hours().Settings.PostAt); early != nil {
		return *early, nil
	}
	if !scheduler.ThisWeek(plan.Date(c.action.Key), c.today) { // it waited too long for the network
		return chat.Composition{Empty: true}, nil
	}
	c.standing = director // the post goes to those who read all
	f, err := c.figures()
	if err != nil {
		return chat.Composition{}, err
	}
	png, err := c.summaryPicture(f)
	if err != nil {
		return chat.Composition{}, err
	}
	return chat.Composition{Out: chat.Outgoing{
		Kind: chat.OutPhoto, Text: string(c.postText(f)), Name: c.pictureName(), Data: png, Buttons: c.postButtons(),
		OnReply: &chat.Action{Verb: verbDirect, Plan: c.plan.ID},
	}}, nil
}

// postText is the caption of the post's picture. Of what is late or blocked as
// much is named as a caption holds.
func (c *call) postText(f *plan.Figures) chat.Markup {
	head := append([]chat.Markup{c.summaryTitle(), ""}, c.datedLines(f)...)
	for _, w := range f.Windows {
		head = append(head, c.windowLine(w)...)
	}
	items, late := c.postLate(f)
	items = append(items, c.blockedLines(f)...)
	beyond := late - min(late, postLines)
	reply := c.t("post.reply")
	for n := len(items); ; n-- {
		lines := append(slices.Clone(head), items[:n]...)
		if left := len(items) - n + beyond; left > 0 {
			lines = append(lines, c.n("post.more", left, "Summary", c.cmd(verbSummary)))
		}
		text := join(append(lines, "", reply)...)
		if n == 0 || chat.Length(chat.Plain(text)) <= chat.MaxCaption {
			return chat.Split(text, chat.MaxCaption)[0]
		}
	}
}

// postLate has a line for each task that is late by more than a week, as far as
// they can stand in a caption, and says how many there are.
func (c *call) postLate(f *plan.Figures) (lines []chat.Markup, count int) {
	b := c.book(c.today)
	for _, o := range f.Late {
		if b.DaysLate(o) <= postLateDays {
			continue
		}
		if count++; count <= postLines {
			lines = append(lines, boxSign(plan.Overdue)+" "+
				c.t("summary.item", "Number", o.Task, "Title", c.taskOf(o).ShortTitle)+
				" · "+chat.Escape(c.unitShort(o.Unit))+" · "+c.n("days.late", b.DaysLate(o)))
		}
	}
	return lines, count
}

// postButtons answer with new messages: a picture's text cannot become a list.
func (c *call) postButtons() [][]chat.Button {
	return [][]chat.Button{{
		c.button("button.groups", chat.Action{Verb: verbSummary, Arg: summaryGroups, Fresh: true}),
		c.button("button.units", chat.Action{Verb: verbSummary, Arg: summaryUnits, Fresh: true}),
		c.button("button.overdue", chat.Action{Verb: verbOverdue, Arg: summaryOverdue, Fresh: true}),
	}}
}
