// Package bot is the way between Telegram and the program. It knows the Bot
// API and nothing of tasks.
//
// Updates are stored before Telegram is told that they arrived, whether they
// are fetched (poller) or delivered (webhook), by the same intake; one worker
// hands them to the Handler in the order of arrival, each with its effects and
// its mark as handled in one transaction (worker); messages go out from the
// outbox, one of a chat at a time and within Telegram's limits (sender).
package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// ErrTokenRefused says that Telegram knows no bot by the token.
var ErrTokenRefused = errors.New("telegram refuses the bot token")

// A Handler turns what comes in into changes and messages, all by way of the
// transaction. What it queues is sent once the transaction is committed.
type Handler interface {
	// Handle is called for each event in the order of arrival. An error, or a
	// panic, undoes what it did and has it called again some times. The text of
	// an error is logged and must not hold what a person typed.
	Handle(tx *storage.Tx, in chat.Incoming) error
	// GiveUp is called instead when the last try failed: it tells the person.
	GiveUp(tx *storage.Tx, in chat.Incoming) error
	// Compose makes the message that an OutCompose stands for, from what is true
	// in the moment of sending. It is called again for each try.
	Compose(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error)
	// Digest makes of a file that an OutFetch brought what Handle needs of it, as
	// the Data of the InFile. It is called outside of any transaction, beside
	// everything else, and may take its time: files come from anywhere.
	Digest(out chat.Outgoing, data []byte) []byte
}

// A Clock is the program's time, which can be another than the real one. It
// says when things count; the network keeps real time.
type Clock interface {
	Now() time.Time
	Rehearsed() bool                    // whether it is another than the real one
	Real(d time.Duration) time.Duration // how long a time of its own takes in reality
}

// Limits are Telegram's on messages and edits; 0 is none.
type Limits struct {
	PerSecond      int // overall
	PerChatSecond  int // to one chat
	PerGroupMinute int // to one group, supergroup or channel
}

// Config is what a Bot is made of.
type Config struct {
	Token      string
	APIURL     string       // empty for Telegram's own
	HTTPClient *http.Client // without a timeout of its own; nil for a fitting one
	DB         *storage.DB
	Handler    Handler
	Clock      Clock
	Limits     Limits
	Webhook    *Webhook // nil for polling
	Meter      Meter    // nil for none
	Log        *slog.Logger
}

// A Bot is one bot account at work.
type Bot struct {
	api      *api
	intake   *intake
	poller   *poller
	webhook  *webhook // nil while updates are fetched
	worker   *worker
	sender   *sender
	log      *slog.Logger
	username atomic.Pointer[string]
}

// New returns a bot that has not asked Telegram anything yet.
func New(c Config) (*Bot, error) {
	if c.Meter == nil {
		c.Meter = noMeter{}
	}
	a, err := newAPI(c)
	if err != nil {
		return nil, err
	}
	b := &Bot{api: a, intake: newIntake(c), log: c.Log}
	b.sender = newSender(c, a)
	b.worker = newWorker(c)
	b.poller = newPoller(c, a, b.intake)
	b.webhook = newWebhook(c, a, b.intake)
	b.worker.committed = b.sender.wake.ring
	b.sender.stored = b.worker.wake.ring
	b.intake.handle, b.intake.later = b.worker.join, b.worker.leave
	b.poller.online = b.sender.online.ring
	if b.webhook != nil {
		b.webhook.online = b.sender.online.ring
	}
	return b, nil
}

// Username returns the bot's name without @, empty before Connect is done.
func (b *Bot) Username() string {
	if p := b.username.Load(); p != nil {
		return *p
	}
	return ""
}

// Skew returns by how much the machine's clock is ahead of Telegram's, as far
// as that is known.
func (b *Bot) Skew() (ahead time.Duration, known bool) { return b.intake.skew.get() }

// Contact returns when Telegram last answered while updates could arrive, real;
// the zero time if it has not since the start.
func (b *Bot) Contact() time.Time { return b.intake.contact() }

// Wake tells the bot that messages or events were queued by a transaction
// that was not a Handler's, or that the program's clock was set.
func (b *Bot) Wake() {
	b.worker.wake.ring()
	b.sender.wake.ring()
	b.sender.online.ring() // what waits for an hour may have reached it
}

// Connect asks Telegram who the bot is and goes on asking while Telegram is
// out of reach. It returns ErrTokenRefused, or the context's error.
func (b *Bot) Connect(ctx context.Context) error {
	if b.Username() != "" {
		return nil
	}
	var pause backoff
	seen := newRepeats(b.log)
	for {
		name, err := b.api.getMe(ctx)
		switch {
		case err == nil:
			b.username.Store(&name)
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, ErrTokenRefused):
			return err
		}
		seen.warn("telegram out of reach", err)
		if !sleep(ctx, pause.after(err)) {
			return ctx.Err()
		}
	}
}

// Run works until the context is done. Then it finishes what is in hand, the
// updates being handled and the calls being answered, within ten seconds, and
// returns nil. It returns ErrTokenRefused if the token never was any good.
func (b *Bot) Run(ctx context.Context) error {
	if err := b.Connect(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	b.log.Info("connected to telegram", "bot", b.Username())
	var wg sync.WaitGroup
	wg.Go(func() { b.worker.run(ctx) })
	wg.Go(func() { b.sender.run(ctx) })
	if b.webhook != nil {
		wg.Go(func() { b.webhook.run(ctx) })
	} else {
		wg.Go(func() { b.poller.run(ctx) })
	}
	wg.Wait()
	return nil
}

// Webhook takes the updates that Telegram delivers, nil while they are fetched.
func (b *Bot) Webhook() http.Handler {
	if b.webhook == nil {
		return nil
	}
	return b.webhook
}
