package scheduler

import "log/slog"

// cronLog passes on what cron has to say: a panic, a run that was left out.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, args ...any) {
	l.log.Debug("cron", append([]any{"what", msg}, args...)...)
}

func (l cronLog) Error(err error, msg string, args ...any) {
	l.log.Error("cron", append([]any{"what", msg, "err", err}, args...)...)
}
