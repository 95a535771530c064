// Package metrics counts what the program does, for Prometheus. The parts that
// are counted know nothing of it: each declares what it tells, as an interface
// of its own.
//
// No label bears an id, a name or anything that a person chose: their values are
// those of a few constants.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"dondoc/internal/chat"
)

// Metrics are the program's counts. Its methods may be called by several
// goroutines.
type Metrics struct {
	registry  *prometheus.Registry
	updates   *prometheus.CounterVec
	handling  prometheus.Histogram
	messages  *prometheus.CounterVec
	flooded   prometheus.Counter
	reminders *prometheus.CounterVec
}

// handlingBuckets are in seconds: an update takes a millisecond or so, a report
// with files far more.
var handlingBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}

// New returns counts that start at nothing. What is looked up rather than
// counted comes from the source, each time that somebody asks.
func New(source Source) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dondoc_updates_total", Help: "Updates that were tried, by kind and by how that ended.",
		}, []string{"kind", "result"}),
		handling: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dondoc_update_handling_seconds", Help: "How long an update took to handle.", Buckets: handlingBuckets,
		}),
		messages: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dondoc_messages_total", Help: "Calls to Telegram that ended, by kind and result.",
		}, []string{"kind", "result"}),
		flooded: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "dondoc_telegram_too_many_requests_total", Help: "Calls that Telegram answered with 429.",
		}),
		reminders: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dondoc_reminders_total", Help: "Reasons for which messages were sent unasked, by step.",
		}, []string{"step"}),
	}
	m.registry.MustRegister(
		m.updates, m.handling, m.messages, m.flooded, m.reminders, newLook(source),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Handled counts a try of an update.
func (m *Metrics) Handled(kind chat.IncomingKind, result string, took time.Duration) {
	m.updates.WithLabelValues(string(kind), result).Inc()
	m.handling.Observe(took.Seconds())
}

// Sent counts a call to Telegram that has ended.
func (m *Metrics) Sent(kind chat.OutgoingKind, result string) {
	m.messages.WithLabelValues(string(kind), result).Inc()
}

// Flooded counts an answer of Telegram's that there were too many requests.
func (m *Metrics) Flooded() { m.flooded.Inc() }

// Said counts a step for which something is said unasked.
func (m *Metrics) Said(step string) { m.reminders.WithLabelValues(step).Inc() }

// Handler answers with the counts, in Prometheus' words.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}
