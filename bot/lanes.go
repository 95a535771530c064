package bot

import (
	"cmp"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// A laneKey names what is sent one after the other: all of a chat. What is no
// message has a lane of its own, named by its outbox id: the answer to a press,
// worth nothing once it has waited, and a download, for which nothing must wait.
type laneKey struct{ chat, alone int64 }

func keyOf(w storage.Waiting) laneKey {
	if w.Kind == chat.OutAnswer || w.Kind == chat.OutFetch {
		return laneKey{alone: w.ID}
	}
	return laneKey{chat: w.Chat}
}

// An item is a row of the outbox that waits.
type item struct {
	storage.Waiting
	fault bool // it waits because of the network, not because Telegram said so

	// Until then it waits of its own accord, and others may overtake it.
	rests time.Time
}

func byUrgency(a, b *item) int {
	return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.ID, b.ID))
}

// The lanes mirror what waits in the outbox, so that the next message is found
// without asking the database. The outbox has the last word: it is asked again
// for each message that is taken.
type lanes struct {
	queues map[laneKey][]*item // by urgency; what is being sent stays in its queue
	keys   map[int64]laneKey   // of each outbox id
	last   int64               // greatest outbox id seen
}

func newLanes() *lanes {
	return &lanes{queues: map[laneKey][]*item{}, keys: map[int64]laneKey{}}
}

func (l *lanes) add(rows []storage.Waiting) {
	for _, w := range rows {
		if w.ID <= l.last {
			continue
		}
		l.last = w.ID
		it, key := &item{Waiting: w}, keyOf(w)
		l.keys[w.ID] = key
		q := l.queues[key]
		i, _ := slices.BinarySearchFunc(q, it, byUrgency)
		l.queues[key] = slices.Insert(q, i, it)
	}
}

func (l *lanes) remove(id int64) {
	key, known := l.keys[id]
	if !known {
		return
	}
	delete(l.keys, id)
	q := slices.DeleteFunc(l.queues[key], func(it *item) bool { return it.ID == id })
	if len(q) == 0 {
		delete(l.queues, key)
		return
	}
	l.queues[key] = q
}

// follows reports whether something waits behind the item in its lane.
func (l *lanes) follows(it *item) bool { return len(l.queues[keyOf(it.Waiting)]) > 1 }

// postpone makes the item, and with it its lane, wait.
func (l *lanes) postpone(id int64, until time.Time, fault bool) {
	for _, it := range l.queues[l.keys[id]] {
		if it.ID == id {
			it.NotBefore, it.fault = until, fault
			it.Tries++
		}
	}
}

// retryFaults ends the waiting of what waits because of the network.
func (l *lanes) retryFaults() {
	for _, q := range l.queues {
		for _, it := range q {
			if it.fault {
				it.NotBefore = time.Time{}
			}
		}
	}
}

// rest makes the item wait for itself alone.
func (l *lanes) rest(id int64, until time.Time) {
	for _, it := range l.queues[l.keys[id]] {
		if it.ID == id {
			it.rests = until
		}
	}
}

// heads returns the first item of each lane that is not busy which does not
// rest, the most urgent first, and when the next one has rested; zero if none
// rests.
func (l *lanes) heads(now time.Time, busy map[laneKey]bool) (list []*item, next time.Time) {
	for key, q := range l.queues {
		if busy[key] {
			continue
		}
		for _, it := range q {
			if !it.rests.After(now) {
				list = append(list, it)
				break
			}
			if next.IsZero() || it.rests.Before(next) {
				next = it.rests
			}
		}
	}
	slices.SortFunc(list, byUrgency)
	return list, next
}
