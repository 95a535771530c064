package handlers

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"dondoc/internal/chat"
)

const verbCheck = "check"

// A Health is what the program knows of itself beside its database.
type Health struct {
	Now          time.Time     // the machine's
	Rehearsed    bool          // the program's time is another
	Skew         time.Duration // by which the machine's clock is ahead of the chat service's
	SkewKnown    bool
	Backup       time.Time // when the latest was made, real; zero if there is none
	BackupFailed bool      // the last one was not made
}

// check shows whether all is well, at once and by what is known. What the chat
// service says of the groups comes later: if it says something new, the message
// changes.
func (c *call) check() error {
	view, err := c.checkView()
	if err != nil {
		return err
	}
	id := c.pressed
	if c.in.Kind == chat.InPress && !c.action.Fresh {
		err = c.show(view.text, view.buttons...)
	} else {
		id, err = c.say(view.text, view.buttons...)
	}
	if err != nil {
		return err
	}
	for _, group := range c.groups() {
		place := c.in.Chat.Place
		if _, err := c.tx.Enqueue(chat.Outgoing{
			Kind: chat.OutAskStanding, To: chat.Place{Chat: group}, Priority: chat.Answer,
			Action: &chat.Action{Verb: verbCheck, Key: id, Place: &place, Arg: view.mark(c.now)},
		}); err != nil {
			return err
		}
	}
	return nil
}

// pressCheck notes that an admin has seen what went wrong so far.
func (c *call) pressCheck() error {
	if err := c.setSeen(); err != nil {
		return err
	}
	return c.check()
}

// checkAgain changes the message of a check once the last group it asked about
// is known, if that makes a difference.
func (c *call) checkAgain(a chat.Action) error {
	var begun int64
	var shown uint64
	if _, err := fmt.Sscanf(a.Arg, "%d %x", &begun, &shown); err != nil || a.Place == nil {
		return nil // of another version's making
	}
	for _, group := range c.groups() {
		rec, err := c.tx.Chat(group)
		if err != nil || rec.AskedAt.UnixMilli() < begun {
			return nil // its answer is to come
		}
	}
	there := c.to(a.Place.Chat)
	there.in.Chat.Place = *a.Place
	view, err := there.checkView()
	if err != nil || view.hash() == shown {
		return err
	}
	_, err = c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutEdit, To: *a.Place, Priority: chat.Answer, Edits: a.Key,
		Text: string(view.text), Buttons: view.buttons,
	})
	return err
}

// A checkView is what a check shows.
type checkView struct {
	text    chat.Markup
	buttons [][]chat.Button
	answers chat.Markup // the part that the chat service's answers can change
}

func (v checkView) hash() uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(v.answers)) // never fails, by its documentation
	return h.Sum64()
}

// mark says when a check was made and what it showed.
func (v checkView) mark(begun time.Time) string {
	return fmt.Sprintf("%d %x", begun.UnixMilli(), v.hash())
}

// checkView puts what is wrong first, or says in a line that nothing is; how
// things stand is folded away below.
func (c *call) checkView() (checkView, error) {
	found, err := c.findings()
	if err != nil {
		return checkView{}, err
	}
	details, err := c.condition()
	if err != nil {
		return checkView{}, err
	}
	lines := []chat.Markup{c.t("check.in_order")}
	var row []chat.Button
	if len(found) > 0 {
		lines[0] = chat.Bold(c.n("check.found", len(found)))
	}
	for _, f := range found {
		lines = append(lines, f.text)
		row = append(row, f.buttons...)
	}
	hearing := c.hearing()
	answers := join(slices.Concat(lines, hearing)...)
	lines = append(lines, "", chat.Quote(join(slices.Concat(details, hearing)...)))
	return checkView{text: join(lines...), buttons: rows([][]chat.Button{unique(row)}), answers: answers}, nil
}

// unique leaves out a button that stands there already.
func unique(buttons []chat.Button) (out []chat.Button) {
	seen := map[string]bool{}
	for _, b := range buttons {
		if !seen[b.Label] {
			seen[b.Label] = true
			out = append(out, b)
		}
	}
	return out
}
