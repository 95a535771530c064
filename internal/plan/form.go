package plan

// A Choice is what a check-in form holds of one check-in until it is sent.
type Choice struct {
	Status Status
	Note   string
	Noted  Status // the status that the note was written for
	By     int64  // who chose it
	Since  int64  // the latest standing report of that moment; 0 without one
	Report int64  // what it was sent as; 0 before
}

// Words returns the note, if it was written for the status that is chosen now:
// why something is blocked says nothing of it once it is said to be done.
func (c Choice) Words() string {
	if c.Status != c.Noted {
		return ""
	}
	return c.Note
}

// Next returns the choice after a tap: ▫️ → ✅ → ➖ → ▫️. Work in progress or
// blocked is chosen by its words alone, so a tap reaches it only where there
// are some, before ✅.
func (c Choice) Next() Choice {
	switch c.Status {
	case NotStarted, "":
		c.Status = Done
		if c.Noted == InProgress || c.Noted == Blocked {
			c.Status = c.Noted
		}
	case InProgress, Blocked:
		c.Status = Done
	case Done:
		c.Status = NotArisen
	case NotArisen:
		c.Status = NotStarted
	}
	return c
}

// Holds reports whether the choice is still to be sent: nothing was reported
// since it was made, or what it was sent as was withdrawn.
func (c Choice) Holds(o *Occurrence) bool {
	if c.Report == 0 {
		r := o.Latest()
		return r == nil || r.ID <= c.Since
	}
	for i := range o.Reports {
		if o.Reports[i].ID == c.Report {
			return !o.Reports[i].WithdrawnAt.IsZero()
		}
	}
	return false
}

// FormWindows returns the windows whose check-ins a unit may be asked to
// report, the one that comes first at the head: that which holds today, unless
// the one before was asked for and is not reported; after the last closing day,
// the last. Older ones follow if they were asked for and are not reported. The occurrences are the unit's own;
// without check-ins there is no window.
func (b *Book) FormWindows(checkIns []*Occurrence) []Window {
	var out []Window
	ws := b.Plan.Windows()
	now := b.Plan.WindowIndex(b.Today)
	for i := now; i >= 0; i-- {
		there, missing := false, false
		for _, o := range checkIns {
			if o.Kind == OccurrenceCheckIn && o.Period == ws[i].Period {
				there = true
				missing = missing || o.Completion() == nil
			}
		}
		if there && (i == now || missing && b.AskedWindow(ws[i])) {
			out = append(out, ws[i])
		}
	}
	if len(out) > 1 && out[0] == ws[now] && out[1] == ws[now-1] && b.Today <= ws[now].Closes {
		out[0], out[1] = out[1], out[0]
	}
	return out
}
