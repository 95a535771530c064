package logging

import "log/slog"

// Cron is cron's logger: it passes on a panic of a job, a run that was left
// out, and at the level of debugging when jobs run.
type Cron struct{ Log *slog.Logger }

// Info is about schedules.
func (c Cron) Info(msg string, args ...any) { c.Log.Debug("schedule", append(args, "what", msg)...) }

// Error is about a panic of a job.
func (c Cron) Error(err error, msg string, args ...any) {
	c.Log.Error("schedule", append(args, "what", msg, "err", err)...)
}
