package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// An intake stores updates, however they came.
type intake struct {
	db     *storage.DB
	clock  Clock
	log    *slog.Logger
	handle handling // stores updates and does what they ask for
	later  handling // stores them

	mu     sync.Mutex   // one storing at a time
	last   storage.Poll // when Telegram last answered, as far as is known
	saved  time.Time    // when that was last put on disk
	skew   skew
	loaded bool
}

func newIntake(c Config) *intake {
	return &intake{
		db: c.DB, clock: c.Clock, log: c.Log,
	}
}

// A handling stores the updates and returns what is to be done once that is
// committed, and how many of them were new.
type handling func(*storage.Tx, []update) (added int, committed func(), err error)

// An update is one as it is stored, and what it says, or why that cannot be
// read.
type update struct {
	storage.Update
	in  chat.Incoming
	err error
}

const (
	// ordinaryGap is the longest time between two answered polls while all is
	// well, with the time by which the one on disk may be behind.
	ordinaryGap = pollTimeout + pollSave + 5*time.Second
	pollSave    = 5 * time.Second // how often an empty poll is put on disk
)

var errNoUpdateID = errors.New("an update without an id")

// store puts updates on disk and returns the id of the last one. It returns
// errNoUpdateID if that cannot be read, having stored the others.
func (i *intake) store(ctx context.Context, raw []json.RawMessage) (last int64, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if err := i.load(ctx); err != nil {
		return 0, err
	}
	now := storage.Poll{Real: time.Now().Round(0), Program: i.clock.Now()} // Round: a machine's sleep counts
	if len(raw) == 0 && now.Real.Sub(i.saved).Abs() < pollSave {
		i.last = now
		return 0, nil
	}
	var updates []update
	var unread error
	for _, r := range raw {
		u, err := i.read(r, now)
		if err != nil {
			i.log.Error("update without an id")
			unread = err
			continue
		}
		unread, last = nil, u.ID // a later one moves the offset past it
		updates = append(updates, u)
	}
	if err := i.commit(ctx, updates, now); err != nil {
		return 0, fmt.Errorf("store updates: %w", err)
	}
	i.last, i.saved = now, now.Real
	return last, unread
}

// commit stores the updates and handles them, as far as that is soon done, so
// that the disk is waited for once. What cannot be handled now can perhaps be
// stored. What is begun is finished even when the bot stops.
func (i *intake) commit(ctx context.Context, updates []update, now storage.Poll) error {
	ctx = context.WithoutCancel(ctx)
	added, committed, err := i.write(ctx, updates, now, i.handle)
	if err != nil {
		added, committed, err = i.write(ctx, updates, now, i.later)
	}
	if err != nil {
		return err
	}
	if added > 0 {
		i.log.Debug("updates stored", "count", added)
	}
	committed()
	return nil
}

func (i *intake) write(ctx context.Context, updates []update, now storage.Poll, handle handling) (
	added int, committed func(), err error,
) {
	err = i.db.Write(ctx, func(tx *storage.Tx) (err error) {
		if err := tx.StorePoll(now); err != nil {
			return err
		}
		added, committed, err = handle(tx, updates) // the end of an outage is something to handle, too
		return err
	})
	return added, committed, err
}

// contact returns when Telegram last answered, as far as this process knows.
func (i *intake) contact() time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.last.Real
}

// load takes from disk when Telegram answered before this process started.
func (i *intake) load(ctx context.Context) error {
	if i.loaded {
		return nil
	}
	err := i.db.Read(ctx, func(tx *storage.Tx) (err error) {
		i.last, err = tx.LastPoll()
		return err
	})
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	i.loaded = true
	return nil
}

// read finds out what the update is about. What cannot be read but for its id
// is stored all the same, to be set aside.
func (i *intake) read(raw json.RawMessage, now storage.Poll) (update, error) {
	tg, err := decodeUpdate(raw)
	if err != nil {
		var id struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(raw, &id); err != nil || id.ID == 0 {
			return update{}, errNoUpdateID
		}
		return update{Update: storage.Update{ID: id.ID, At: now.Program, Payload: raw}, err: err}, nil
	}
	if tg.ID == 0 {
		return update{}, errNoUpdateID
	}
	u := update{Update: storage.Update{ID: tg.ID, At: now.Program, Payload: raw}}
	switch {
	case tg.Message != nil:
		i.measure(int64(tg.Message.Date), now)
		u.Chat, u.At = tg.Message.Chat.ID, i.sent(int64(tg.Message.Date), now)
	case tg.EditedMessage != nil:
		u.Chat, u.At = tg.EditedMessage.Chat.ID, i.sent(int64(tg.EditedMessage.EditDate), now)
	case tg.MyChatMember != nil:
		u.Chat, u.At = tg.MyChatMember.Chat.ID, i.sent(int64(tg.MyChatMember.Date), now)
	case tg.CallbackQuery != nil:
		u.Chat, u.At = tg.CallbackQuery.From.ID, i.pressed(now)
		if m := tg.CallbackQuery.Message; m.Message != nil {
			u.Chat = m.Message.Chat.ID
		} else if m.InaccessibleMessage != nil {
			u.Chat = m.InaccessibleMessage.Chat.ID
		}
	}
	u.in, u.err = understand(tg, u.At)
	return u, nil
}

// sent returns when a message counts: when it was written, or, as Telegram
// knows nothing of a rehearsed clock, when it is stored.
func (i *intake) sent(date int64, now storage.Poll) time.Time {
	if date == 0 || i.clock.Rehearsed() {
		return now.Program
	}
	return time.Unix(date, 0)
}

// pressed returns when a press counts. It bears no date, so that one which
// waited for an outage to end must not be late for it.
func (i *intake) pressed(now storage.Poll) time.Time {
	last := i.last
	if last.Real.IsZero() || now.Real.Sub(last.Real) <= ordinaryGap || now.Program.Before(last.Program) {
		return now.Program
	}
	return last.Program
}
