package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"dondoc/storage"
)

// A poller fetches updates and confirms those that are stored.
type poller struct {
	api    *api
	intake *intake
	log    *slog.Logger
	online func() // called when polls succeed again after they failed
}

func newPoller(c Config, a *api, i *intake) *poller {
	return &poller{api: a, intake: i, log: c.Log, online: func() {}}
}

func (p *poller) run(ctx context.Context) {
	if !p.takeOver(ctx) {
		return
	}
	var offset int64
	var pause backoff
	faults := newRepeats(p.log)
	for ctx.Err() == nil {
		wait := pollTimeout
		if pause.tries > 0 {
			wait = 0 // to know at once whether Telegram answers again
		}
		next, err := p.poll(ctx, offset, wait)
		if err == nil {
			if pause.tries > 0 {
				pause.reset()
				faults.over("updates arrive again")
				p.online()
			}
			offset = next
			continue
		}
		if ctx.Err() != nil {
			return
		}
		what := "updates do not arrive"
		if storage.IsFault(err) {
			what = "updates cannot be stored and stay with telegram"
		}
		faults.warn(what, err)
		sleep(ctx, p.pause(&pause, err))
		if byWebhook(err) && !p.takeOver(ctx) {
			return
		}
	}
}

// byWebhook reports whether Telegram refuses polling because somebody has set a
// webhook since the start, which stays until somebody removes it.
func byWebhook(err error) bool {
	f, ok := errors.AsType[*callError](err)
	return ok && f.verdict == conflict && f.says(webhookWords)
}

func (p *poller) pause(b *backoff, err error) time.Duration {
	d := b.after(err)
	var f *callError
	if errors.As(err, &f) && (f.verdict == conflict || f.verdict == unauthorized) {
		return slowPause
	}
	return d
}

// takeOver ends a webhook, beside which Telegram refuses polling.
func (p *poller) takeOver(ctx context.Context) bool {
	var pause backoff
	faults := newRepeats(p.log)
	for ctx.Err() == nil {
		err := p.api.deleteWebhook(ctx)
		if err == nil {
			return true
		}
		var f *callError
		if errors.As(err, &f) && (f.verdict == refused || f.verdict == taken) {
			return true // then polling itself shows what is wrong
		}
		if ctx.Err() == nil {
			faults.warn("webhook not removed", err)
			sleep(ctx, pause.after(err))
		}
	}
	return false
}

// poll fetches one batch, stores it and returns the offset that confirms it.
// While it is not stored the same offset is asked for again.
//
// The offset is of this batch alone. After an empty answer none is sent, since
// everything before is confirmed by then, and Telegram may choose lower ids
// after a week without updates: an offset above them would confirm them unseen.
func (p *poller) poll(ctx context.Context, offset int64, wait time.Duration) (int64, error) {
	updates, err := p.api.getUpdates(ctx, offset, wait)
	if err != nil {
		return 0, err
	}
	last, err := p.intake.store(ctx, updates)
	if err != nil {
		return 0, err
	}
	if len(updates) == 0 {
		return 0, nil
	}
	return last + 1, nil
}
