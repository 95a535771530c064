package plan

import (
	"cmp"
	"slices"
	"strings"
)

// A Change is what a new version of a plan makes of one task.
type Change struct {
	Old *Task // nil of a task that is added
	New *Task // nil of a task that ends

	FileNumber int  // the number that the new version gives it, if not its own
	Reworded   bool // other words
	Moved      bool // another deadline, be it only in other words
	Reassigned bool // other units
	Regrouped  bool // under another heading
	Retitled   bool // another short title
	Renoted    bool // another note
}

// Kept reports whether the task stays as it was, whatever number the new
// version gives it.
func (c *Change) Kept() bool {
	return c.Old != nil && c.New != nil &&
		!c.Reworded && !c.Moved && !c.Reassigned && !c.Regrouped && !c.Retitled && !c.Renoted
}

// A Difference is how a new version of a plan differs from the one in force.
type Difference struct {
	Old, New *Plan
	Changes  []Change // of every task of both, by number
}

// Changed returns the changes that fit.
func (d *Difference) Changed(fit func(*Change) bool) []Change {
	var out []Change
	for i := range d.Changes {
		if fit(&d.Changes[i]) {
			out = append(out, d.Changes[i])
		}
	}
	return out
}

// Same reports whether nothing changes, of the decision neither.
func (d *Difference) Same() bool {
	return !d.Redecided() && len(d.Changed(func(c *Change) bool { return !c.Kept() })) == 0
}

// Redecided reports whether the new version says something else of the decision
// itself, be it only who signs or to whom copies go. Capitals are no other title.
func (d *Difference) Redecided() bool {
	o, n := d.Old, d.New
	for _, said := range [][2]string{
		{o.Number, n.Number},
		{words(o.Title), words(n.Title)},
		{o.Parent, n.Parent},
		{o.Office, n.Office},
		{o.Place, n.Place},
		{o.SignerTitle, n.SignerTitle},
		{o.Signer, n.Signer},
	} {
		if said[1] != "" && said[0] != said[1] {
			return true
		}
	}
	return n.Date != 0 && n.Date != o.Date || len(n.Recipients) > 0 && !slices.Equal(n.Recipients, o.Recipients)
}

// Compare finds for every task of the new version the one that it is in the
// old, by what it says. A task's number is for life: the tasks of the new
// version get the numbers that they have in the old; new ones keep their own
// unless some task of the plan ever had it. What was added outside the plan
// stays. Ended tasks that are back are taken up again.
func Compare(old, revised *Plan) *Difference {
	m := newMatcher(old, revised)
	m.sameWords()
	m.sameNumber()
	m.mostAlike()
	d := &Difference{Old: old, New: revised}
	for i, t := range revised.Tasks {
		c := Change{Old: m.match[i], New: t}
		if c.Old != nil {
			c.compare(old, revised)
		}
		d.Changes = append(d.Changes, c)
	}
	for _, t := range old.Tasks {
		if !m.taken[t] && t.Group >= 0 {
			d.Changes = append(d.Changes, Change{Old: t})
		}
	}
	d.number()
	return d
}

// compare says how the two tasks differ. A short title that nobody gave follows
// the old one as long as the words are the same, and is no change of its own
// when they are not; a note that the new version does not give stays.
func (c *Change) compare(old, revised *Plan) {
	a, b := c.Old, c.New
	c.Reworded = words(a.Content) != words(b.Content)
	switch given := b.ShortTitle != ShortTitle(b.Content); {
	case given:
		c.Retitled = a.ShortTitle != b.ShortTitle
	case !c.Reworded:
		b.ShortTitle = a.ShortTitle
	}
	b.Note = cmp.Or(b.Note, a.Note)
	c.Renoted = a.Note != b.Note
	c.Moved = words(a.Schedule.Phrase) != words(b.Schedule.Phrase) ||
		a.Schedule.Kind != b.Schedule.Kind || a.Schedule.Firm != b.Schedule.Firm ||
		!slices.Equal(a.Schedule.Due, b.Schedule.Due)
	c.Reassigned = !sameUnits(a.Leads, b.Leads) || !sameUnits(a.Cooperating, b.Cooperating)
	c.Regrouped = words(old.GroupLabel(a)) != words(revised.GroupLabel(b))
}

func sameUnits(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// number gives every task its number for life.
func (d *Difference) number() {
	used := map[int]bool{}
	last := 0
	for _, t := range slices.Concat(d.Old.Tasks, d.Old.Ended) {
		used[t.Number] = true
		last = max(last, t.Number)
	}
	for i := range d.Changes {
		c := &d.Changes[i]
		if c.New == nil {
			continue
		}
		last = max(last, c.New.Number)
		if c.Old != nil && c.New.Number != c.Old.Number {
			c.FileNumber, c.New.Number = c.New.Number, c.Old.Number
		}
	}
	for i := range d.Changes {
		c := &d.Changes[i]
		if c.Old == nil && used[c.New.Number] {
			last++
			c.FileNumber, c.New.Number = c.New.Number, last
		}
		if c.Old == nil {
			used[c.New.Number] = true
		}
	}
	byNumber := func(a, b *Task) int { return cmp.Compare(a.Number, b.Number) }
	slices.SortStableFunc(d.New.Tasks, byNumber)
	slices.SortStableFunc(d.Changes, func(a, b Change) int {
		return byNumber(cmp.Or(a.New, a.Old), cmp.Or(b.New, b.Old))
	})
}

// words are what a text says, however it is spaced, cased and punctuated.
func words(text string) string { return foldedName(splitNameWords(text)) }

// A matcher finds which task of the old plan a task of the new version is.
type matcher struct {
	old     []*Task
	revised []*Task
	match   []*Task // by index of revised
	taken   map[*Task]bool
}

func newMatcher(old, revised *Plan) *matcher {
	return &matcher{
		old: slices.Concat(old.Tasks, old.Ended), revised: revised.Tasks,
		match: make([]*Task, len(revised.Tasks)), taken: map[*Task]bool{},
	}
}

func (m *matcher) pair(i int, t *Task) { m.match[i], m.taken[t] = t, true }

// sameWords pairs tasks with the same content; of several, those with the same
// number, else in order, first those that have not ended.
func (m *matcher) sameWords() {
	byWords := map[string][]*Task{}
	for _, t := range m.old {
		byWords[words(t.Content)] = append(byWords[words(t.Content)], t)
	}
	for _, numbered := range []bool{true, false} {
		for i, t := range m.revised {
			for _, known := range byWords[words(t.Content)] {
				if m.match[i] == nil && !m.taken[known] && (!numbered || known.Number == t.Number) {
					m.pair(i, known)
				}
			}
		}
	}
}

// The shares of common words from which two tasks are one: where the number is
// the same, and where nothing else speaks for it.
const (
	likeSameNumber = 0.5
	likeAlone      = 0.65
)

// sameNumber pairs tasks that bear the same number and say about the same.
func (m *matcher) sameNumber() {
	for i, t := range m.revised {
		if m.match[i] != nil {
			continue
		}
		for _, known := range m.old {
			if known.Number == t.Number && !m.taken[known] && known.Ended == 0 &&
				alike(bagOf(t.Content), bagOf(known.Content)) >= likeSameNumber {
				m.pair(i, known)
			}
		}
	}
}

// mostAlike pairs what is left, the most alike first.
func (m *matcher) mostAlike() {
	type candidate struct {
		i     int
		known *Task
		share float64
	}
	left := slices.DeleteFunc(slices.Clone(m.old), func(known *Task) bool {
		return m.taken[known] || known.Ended != 0 || known.Group < 0
	})
	bags := make([][]string, len(left)) // read once: every task is compared with every other
	for j, known := range left {
		bags[j] = bagOf(known.Content)
	}
	var all []candidate
	for i, t := range m.revised {
		if m.match[i] != nil {
			continue
		}
		bag := bagOf(t.Content)
		for j, known := range left {
			if share := alike(bag, bags[j]); share >= likeAlone {
				all = append(all, candidate{i, known, share})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.share, a.share) })
	for _, c := range all {
		if m.match[c.i] == nil && !m.taken[c.known] {
			m.pair(c.i, c.known)
		}
	}
}

// bagOf returns the words of a text, sorted.
func bagOf(text string) []string {
	bag := strings.Fields(words(text))
	slices.Sort(bag)
	return bag
}

// alike returns the share of words that two texts have in common, 0 to 1 (the
// Sørensen–Dice coefficient).
func alike(x, y []string) float64 {
	if len(x)+len(y) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			common++
			i++
			j++
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}
