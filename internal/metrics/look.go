package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// A State is what is looked up when somebody asks.
type State struct {
	Contact       time.Time // when Telegram last answered; zero if never
	Waiting       int       // messages
	Oldest        time.Time // when the oldest of them was queued; zero without one
	Backup        time.Time // when the last was made; zero without one
	DatabaseBytes int64
}

// A Source looks the state up, at the real instant that it returns.
type Source func() (state State, now time.Time, err error)

// A look is the part of the counts that is looked up.
type look struct {
	source Source
	depth  *prometheus.Desc
	age    *prometheus.Desc
	polled *prometheus.Desc
	backup *prometheus.Desc
	size   *prometheus.Desc
}

func newLook(source Source) *look {
	gauge := func(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }
	return &look{
		source: source,
		depth:  gauge("dondoc_outbox_messages", "Messages that wait to be sent."),
		age:    gauge("dondoc_outbox_oldest_seconds", "Age of the oldest message that waits, 0 without one."),
		polled: gauge("dondoc_telegram_contact_age_seconds", "Time since Telegram last answered; absent if it never has."),
		backup: gauge("dondoc_backup_age_seconds", "Time since the last backup; absent without one."),
		size:   gauge("dondoc_database_bytes", "Size of the database with its log."),
	}
}

// Describe names what Collect gives.
func (l *look) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{l.depth, l.age, l.polled, l.backup, l.size} {
		to <- d
	}
}

// Collect looks up.
func (l *look) Collect(to chan<- prometheus.Metric) {
	s, now, err := l.source()
	if err != nil {
		to <- prometheus.NewInvalidMetric(l.depth, err)
		return
	}
	give := func(d *prometheus.Desc, value float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	since := func(d *prometheus.Desc, t time.Time) {
		if !t.IsZero() {
			give(d, max(0, now.Sub(t).Seconds()))
		}
	}
	give(l.depth, float64(s.Waiting))
	if s.Oldest.IsZero() {
		give(l.age, 0)
	}
	since(l.age, s.Oldest)
	since(l.polled, s.Contact)
	since(l.backup, s.Backup)
	give(l.size, float64(s.DatabaseBytes))
}
