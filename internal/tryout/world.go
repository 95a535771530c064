package tryout

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"dondoc/internal/botserver"
)

// A cursor says how much of a round the page has seen; in requests and answers
// it is text that the page does not read.
type cursor struct {
	round    int
	revision uint64 // of the chats
	news     uint64
}

func (c cursor) String() string { return fmt.Sprintf("%d-%d-%d", c.round, c.revision, c.news) }

// readCursor returns the cursor of the text; a text that is none has seen
// nothing.
func readCursor(text string) cursor {
	var c cursor
	if n, err := fmt.Sscanf(text, "%d-%d-%d", &c.round, &c.revision, &c.news); n != 3 || err != nil {
		return cursor{}
	}
	return c
}

// A view is what the page shows. Messages are those that changed after the
// cursor, of another round than the cursor's all.
type view struct {
	Cursor   string        `json:"cursor"`
	Round    int           `json:"round"`
	SetUp    string        `json:"set_up"`
	Now      string        `json:"now"`     // RFC 3339 in the plan's time zone
	Speed    float64       `json:"speed"`   // of the clock, to real time
	Running  string        `json:"running"` // what makes time run, "" for nothing
	Year     string        `json:"year"`    // how far playing the year has come
	Bot      viewBot       `json:"bot"`
	Guide    *guide        `json:"guide"`
	People   []person      `json:"people"`
	Chats    []viewChat    `json:"chats"`
	Messages []viewMessage `json:"messages"`
}

type viewBot struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

type viewChat struct {
	ID      int64   `json:"id"`
	Title   string  `json:"title"`
	Group   bool    `json:"group"`
	Section string  `json:"section"` // of the list
	People  []int64 `json:"people"`  // who can write there, the one to begin with first
	Members []int64 `json:"members"` // of a group: who is in it, the bot too
}

// pollTimeout is how long a page waits for news before it asks again.
const pollTimeout = 25 * time.Second

// world answers what changed since the cursor as soon as something did.
func (t *tryout) world(w http.ResponseWriter, req *http.Request) {
	seen := readCursor(req.URL.Query().Get("since"))
	r := t.current()
	if r == nil {
		writeJSON(w, nil, errOtherRound)
		return
	}
	if seen.round == r.number {
		ctx, cancel := context.WithTimeout(req.Context(), pollTimeout)
		defer cancel()
		ctx, cancel = r.news.until(ctx, seen.news)
		defer cancel()
		// Whatever ends the waiting, the answer is what stands then.
		_, _ = r.server.Wait(ctx, seen.revision)
		if req.Context().Err() != nil {
			return
		}
	} else {
		seen = cursor{round: r.number}
	}
	writeJSON(w, t.view(r, seen), nil)
}

func (t *tryout) view(r *round, seen cursor) view {
	count, state := r.news.look()
	v := view{
		Running: r.running(),
		Round:   r.number,
		SetUp:   state,
		Now:     r.clock.Now().In(t.Location).Format(time.RFC3339),
		Speed:   t.Speed,
		Year:    r.year(),
		Guide:   r.guide,
		People:  r.cast.people,
	}
	bot := r.server.Bot()
	v.Bot = viewBot{bot.ID, bot.FirstName, bot.Username}
	r.server.View(func(w *botserver.World) {
		v.Cursor = cursor{r.number, w.Revision(), count}.String()
		for _, c := range r.cast.chats(w) {
			v.Chats = append(v.Chats, c)
			for _, m := range w.MessagesSince(c.ID, seen.revision) {
				v.Messages = append(v.Messages, viewOf(m, t.Location))
			}
		}
	})
	return v
}

// menu answers the commands that the person's app offers in the chat.
func (t *tryout) menu(w http.ResponseWriter, req *http.Request) {
	r := t.current()
	user, chat := number(req, "user"), number(req, "chat")
	if r == nil {
		writeJSON(w, nil, errOtherRound)
		return
	}
	list := []botserver.Command{}
	r.server.View(func(w *botserver.World) { list = append(list, w.MenuFor(user, chat)...) })
	writeJSON(w, list, nil)
}

// file answers the content of a message's file: pictures to be shown, all else
// to be saved.
func (t *tryout) file(w http.ResponseWriter, req *http.Request) {
	r := t.current()
	if r == nil {
		http.NotFound(w, req)
		return
	}
	var f *botserver.File
	r.server.View(func(w *botserver.World) {
		m, _ := w.Message(number(req, "chat"), int(number(req, "message")))
		f = m.File
	})
	if f == nil {
		http.NotFound(w, req)
		return
	}
	if f.Photo {
		w.Header().Set("Content-Type", http.DetectContentType(f.Data()))
	} else {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(f.Data()))
}

// number reads a number of the query; 0, which names nothing, if it is none.
func number(req *http.Request, name string) int64 {
	n, _ := strconv.ParseInt(req.URL.Query().Get(name), 10, 64)
	return n
}
