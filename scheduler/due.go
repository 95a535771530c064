package scheduler

import (
	"cmp"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// An Office is all that decides what is due to be said.
type Office struct {
	Location    *time.Location
	Calendar    *plan.Calendar
	Plans       []*plan.Plan // newest year first
	Current     *plan.Plan
	Occurrences map[int64][]*plan.Occurrence // by plan
	Chats       map[string]chat.Place        // by unit: those that can be written to
	Leaders     []chat.Place                 // who get the post
	Admins      []chat.Place                 // who are told what is amiss
	Said        func(plan.Step) bool         // whether the step's key was said before
	Posted      func(plan.Date) bool         // whether the day's post was
	Noticed     func(month string) bool      // whether the admins were told of the calendar then

	snap  *storage.Snapshot          // where it was read from
	byID  map[int64]*plan.Occurrence // once it was asked for
	fault error                      // of the database, while it was asked
}

// A Kind says what a message is.
type Kind string

// The kinds of messages.
const (
	Reminder Kind = "reminder" // to a unit's chat, of what its steps are about
	Post     Kind = "post"     // to the leadership: how the plan stands
	Notice   Kind = "notice"   // to an admin: a year that is reached has no calendar
)

// A Message is one thing to be said, with its reason.
type Message struct {
	Kind  Kind
	At    time.Time // when it falls due, in the program's time
	Day   plan.Date // of At
	To    chat.Place
	Steps []plan.Step // of a reminder, by occurrence: why it is sent
	Week  bool        // of a post: it is that of the week
}

// Due lists what falls due after one instant and until another, each message
// on its own day: of a chat and day at most one reminder, and one post a day.
// It is the one place that decides; the rest asks it.
func (f *Office) Due(after, until time.Time) []Message {
	msgs := slices.Concat(f.reminders(after, until), f.notices(after, until), f.posts(after, until))
	slices.SortStableFunc(msgs, func(x, y Message) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Kind, y.Kind), byPlace(x.To, y.To))
	})
	return msgs
}

func byPlace(x, y chat.Place) int {
	return cmp.Or(cmp.Compare(x.Chat, y.Chat), cmp.Compare(x.Topic, y.Topic))
}

// Hours returns when the office may be written to.
func (f *Office) Hours() plan.Hours {
	return plan.Hours{Calendar: f.Calendar, Settings: f.Current.Settings, Location: f.Location}
}

// span returns the days whose time of day lies after one instant and not after
// another; from is after to if there is none.
func (f *Office) span(at plan.Clock, after, until time.Time) (from, to plan.Date) {
	from, to = plan.DateOf(after, f.Location), plan.DateOf(until, f.Location)
	if !at.On(from, f.Location).After(after) {
		from++
	}
	if at.On(to, f.Location).After(until) {
		to--
	}
	return from, to
}

// A round is the message of one chat on one day.
type round struct {
	day plan.Date
	to  chat.Place
}

func (f *Office) reminders(after, until time.Time) []Message {
	at := f.Current.Settings.ReminderAt
	from, to := f.span(at, after, until)
	if from > to {
		return nil
	}
	rounds := map[round][]plan.Step{}
	for _, p := range f.Plans {
		if p.Published == 0 || p.Closed != 0 {
			continue
		}
		b := &plan.Book{Plan: p, Calendar: f.Calendar, Today: from}
		begin := max(from, p.Published+1) // the hand-out itself says what there is to do
		for _, o := range f.Occurrences[p.ID] {
			place, linked := f.Chats[o.Unit]
			older := p != f.Current && o.Kind == plan.OccurrenceCheckIn
			if !linked || older || !Open(b, o) {
				continue
			}
			for _, s := range steps(b, o, begin, to) {
				if !f.Said(s) {
					r := round{day: s.Day, to: place}
					rounds[r] = append(rounds[r], s)
				}
			}
		}
	}
	msgs := make([]Message, 0, len(rounds))
	for r, list := range rounds {
		msgs = append(msgs, Message{Kind: Reminder, At: at.On(r.day, f.Location), Day: r.day, To: r.to, Steps: list})
	}
	return msgs
}

// posts lists those of the first working day of each week and of the working
// day after each closing day; if both fall together it is one.
func (f *Office) posts(after, until time.Time) []Message {
	p := f.Current
	if p.Published == 0 || p.Closed != 0 {
		return nil
	}
	at := p.Settings.PostAt
	from, to := f.span(at, after, until)
	var closings []plan.Date
	for _, w := range p.Windows() {
		closings = append(closings, f.Calendar.OnOrAfter(w.Closes+1))
	}
	var msgs []Message
	for d := max(from, p.Published+1); d <= min(to, p.LastDay()); d++ {
		weekly := p.Settings.PostsOn(f.Calendar, d)
		if !weekly && !slices.Contains(closings, d) || f.Posted(d) {
			continue
		}
		for _, place := range f.Leaders {
			msgs = append(msgs, Message{Kind: Post, At: at.On(d, f.Location), Day: d, To: place, Week: weekly})
		}
	}
	return msgs
}

// Catch returns what is to be said now, having last looked at the given
// instants: all that fell due since, one reminder a chat however many days were
// missed, and the post only if it is this week's. Outside the hours, and before
// today's hour of reminders or of the post, there is nothing yet.
func (f *Office) Catch(lookedAt Looked, now time.Time) []Message {
	if !f.Hours().Allowed(now) {
		return nil
	}
	clock := plan.ClockOf(now, f.Location)
	var msgs []Message
	if clock >= f.Current.Settings.ReminderAt {
		msgs = append(gather(f.reminders(lookedAt.Reminders, now)), gather(f.notices(lookedAt.Reminders, now))...)
	}
	if clock < f.Current.Settings.PostAt {
		return msgs
	}
	today := plan.DateOf(now, f.Location)
	posts := slices.DeleteFunc(f.posts(lookedAt.Posts, now), func(m Message) bool { return !ThisWeek(m.Day, today) })
	return append(msgs, gather(posts)...)
}

// Looked is up to when what fell due was said.
type Looked struct{ Reminders, Posts time.Time }

// gather makes one message of those to the same chat, with the steps of all.
func gather(msgs []Message) []Message {
	slices.SortStableFunc(msgs, func(x, y Message) int { return cmp.Or(byPlace(x.To, y.To), x.At.Compare(y.At)) })
	var out []Message
	for _, m := range msgs {
		if n := len(out); n > 0 && out[n-1].To == m.To {
			last := &out[n-1]
			last.At, last.Day, last.Week = m.At, m.Day, last.Week || m.Week
			last.Steps = append(last.Steps, m.Steps...)
			continue
		}
		out = append(out, m)
	}
	return out
}

// Forecast lists what will be said from now until an instant if nobody reports
// meanwhile: what was missed at the next hour that allows it, the rest as it
// falls due.
func (f *Office) Forecast(looked Looked, now, until time.Time) []Message {
	set := f.Current.Settings
	reminders := f.ahead(f.reminders, set.ReminderAt, looked.Reminders, now, until)
	notices := f.ahead(f.notices, set.ReminderAt, looked.Reminders, now, until)
	posts := f.ahead(f.posts, set.PostAt, looked.Posts, now, until)
	today := plan.DateOf(now, f.Location)
	posts = slices.DeleteFunc(posts, func(m Message) bool { return !ThisWeek(m.Day, today) })
	msgs := slices.Concat(reminders, notices, posts)
	slices.SortStableFunc(msgs, func(x, y Message) int { return cmp.Or(x.At.Compare(y.At), byPlace(x.To, y.To)) })
	return msgs
}

// ahead is one kind of message of a forecast. What fell due before the hour
// that is next is one message a chat then.
func (f *Office) ahead(due func(after, until time.Time) []Message, at plan.Clock, last, now, until time.Time) []Message {
	opening := f.Opening(at, now)
	if opening.After(until) {
		return nil
	}
	first := gather(due(last, opening))
	for i := range first {
		first[i].At, first[i].Day = opening, plan.DateOf(opening, f.Location)
	}
	return append(first, due(opening, until)...)
}

// Opening returns the first instant from now on at which messages go out that
// wait for the time of day.
func (f *Office) Opening(at plan.Clock, now time.Time) time.Time {
	hours := f.Hours()
	if hours.Allowed(now) && plan.ClockOf(now, f.Location) >= at {
		return now
	}
	return at.On(plan.DateOf(hours.Next(now), f.Location), f.Location)
}
