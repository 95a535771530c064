package tryout

import (
	"net/http"
	"time"

	"dondoc/internal/clock"
	"dondoc/scheduler"
)

// A setting is where the clock shall go: a time in the plan's time zone, or
// some way on.
type setting struct {
	inRound
	At   string `json:"at"`   // 2024-03-15T08:00
	Move string `json:"move"` // day, week or reminder
}

// Bounds of the clock: what plans and calendars reach.
const (
	clockLayout = "2006-01-02T15:04"
	lastYear    = 2100
)

// morning is when a day that was chosen without an hour is looked at: what the
// bot says in the morning has been said.
const morning = 9

// tripPace is the real time in which a day passes on the way to a later one.
const tripPace = 12 * time.Millisecond

var (
	errBadTime    = &apiError{http.StatusBadRequest, "bad_time"}
	errNoReminder = &apiError{http.StatusUnprocessableEntity, "no_reminder"}
)

// setClock lets time run to where it shall go and answers when it is there.
func (t *tryout) setClock(req *http.Request, r *round, in setting) (any, error) {
	to, err := t.target(req, r, in)
	switch {
	case err != nil:
		return nil, err
	case to.Year() > lastYear:
		return nil, errBadTime
	case to.Before(r.clock.Now()):
		return nil, clock.ErrBackwards
	}
	p, err := t.depart(r, tripClock, to, tripPace, nil)
	if err != nil {
		return nil, err
	}
	select {
	case <-p.done:
		return struct{}{}, p.err
	case <-req.Context().Done():
		return struct{}{}, nil
	}
}

func (t *tryout) target(req *http.Request, r *round, in setting) (time.Time, error) {
	now := r.clock.Now().In(t.Location)
	days := map[string]int{"day": 1, "week": 7}[in.Move]
	switch {
	case days > 0:
		return time.Date(now.Year(), now.Month(), now.Day()+days, morning, 0, 0, 0, t.Location), nil
	case in.Move == "reminder":
		o, err := r.app.Overview(req.Context())
		if err != nil {
			return time.Time{}, err
		}
		for _, m := range o.Next {
			if m.Kind == scheduler.Reminder && m.At.After(now) {
				return m.At, nil
			}
		}
		return time.Time{}, errNoReminder
	}
	to, err := time.ParseInLocation(clockLayout, in.At, t.Location)
	if err != nil {
		return time.Time{}, errBadTime
	}
	return to, nil
}

// playYear lets the year pass, with what people do in it, and answers at once.
func (t *tryout) playYear(_ *http.Request, r *round, _ inRound) (any, error) {
	now := r.clock.Now()
	if !now.Before(r.story.end) {
		return nil, clock.ErrBackwards
	}
	_, err := t.depart(r, tripYear, r.story.end, t.Pace, r.story.after(now))
	return struct{}{}, err
}

// halt stops time where it is.
func (*tryout) halt(_ *http.Request, r *round, _ inRound) (any, error) {
	r.mu.Lock()
	p := r.trip
	r.mu.Unlock()
	if p != nil {
		p.stop()
		<-p.done
	}
	return struct{}{}, nil
}
