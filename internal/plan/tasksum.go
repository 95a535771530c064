package plan

import "slices"

// A TaskSum sums up a task over the occurrences of its lead units.
type TaskSum struct {
	Box      Box      // Overdue if one is late, else Open if one is not done, else DoneLate if one was late, else DoneOnTime
	DaysLate int      // of what is late the longest
	Next     Date     // on which open dated work is due first; zero without any
	Extended bool     // something was put off
	Shown    CheckIns // of the windows shown
	Word     Status   // on those: Blocked if one is, else the last one's that was begun

	opened, done, begun int
	blocked             bool
}

// TaskSums are the sums of tasks whose occurrences come one by one. What was
// passed on undone counts for nobody.
type TaskSums struct {
	book  *Book
	shown []Window
	tasks map[int]*TaskSum
}

// TaskSums begins to sum up.
func (b *Book) TaskSums() *TaskSums {
	return &TaskSums{book: b, shown: b.ShownWindows(), tasks: map[int]*TaskSum{}}
}

// Of returns the sum of the task with the number, nil without any occurrence.
func (s *TaskSums) Of(number int) *TaskSum { return s.tasks[number] }

// Add adds an occurrence to its task's sum.
func (s *TaskSums) Add(o *Occurrence) {
	if o.left() {
		return
	}
	t := s.tasks[o.Task]
	if t == nil {
		t = &TaskSum{Word: NotStarted}
		s.tasks[o.Task] = t
	}
	t.stand(s.book, o)
	switch o.Kind {
	case OccurrenceDated:
		t.dated(s.book, o)
	case OccurrenceCheckIn:
		if s.book.Asked(o) && slices.ContainsFunc(s.shown, func(w Window) bool { return w.Period == o.Period }) {
			t.checkIn(o)
		}
	case OccurrenceUndated:
	}
}

// stand takes note of how the occurrence stands.
func (t *TaskSum) stand(b *Book, o *Occurrence) {
	status := o.Status()
	if status != NotStarted {
		t.begun++
	}
	t.blocked = t.blocked || status == Blocked
	if o.Opens <= b.Today {
		t.opened++
		if o.Completion() != nil {
			t.done++
		}
	}
}

func (t *TaskSum) dated(b *Book, o *Occurrence) {
	box := b.Box(o)
	t.Box = max(t.Box, box) // boxes stand in the order in which they decide a task's
	t.Extended = t.Extended || o.ExtendedDue() != 0
	switch due := o.StatedDue(); {
	case box == Overdue:
		t.DaysLate = max(t.DaysLate, b.DaysLate(o))
	case box == Open && (t.Next == 0 || due < t.Next):
		t.Next = due
	}
}

func (t *TaskSum) checkIn(o *Occurrence) {
	t.Shown.Add(o)
	if s := o.Status(); s != NotStarted && t.Word != Blocked {
		t.Word = s
	}
}

// State is late if one occurrence is late, else blocked if one is, else done
// if all whose window opened are done, else in progress if any is in progress
// or done.
func (t *TaskSum) State() State {
	switch {
	case t.Box == Overdue:
		return StateLate
	case t.blocked:
		return StateBlocked
	case t.opened > 0 && t.done == t.opened:
		return StateDone
	case t.begun > 0:
		return StateInProgress
	}
	return StateNotStarted
}

// TaskSum sums up a task over its occurrences.
func (b *Book) TaskSum(occs []*Occurrence) *TaskSum {
	all := &TaskSum{Word: NotStarted}
	sums := b.TaskSums()
	for _, o := range occs {
		sums.Add(o)
		if t := sums.Of(o.Task); t != nil {
			all = t
		}
	}
	return all
}
