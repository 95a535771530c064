package bot_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// A feed is a Bot API server that delivers raw updates, once each.
type feed struct {
	mu      sync.Mutex
	waiting []string
	later   []string // what arrives right after the first poll that brought nothing
	offsets []int64
	asked   chan struct{} // after a poll that brought nothing
	thrice  chan struct{} // closed by the third poll
}

func (f *feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch method {
	case "getMe":
		fmt.Fprint(w, `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"x","username":"dondoc_bot"}}`)
	case "getUpdates":
		var q struct{ Offset int64 }
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &q)
		batch := f.next(q.Offset)
		if len(batch) == 0 && f.comeLater() {
			fmt.Fprint(w, `{"ok":true,"result":[]}`)
			return
		}
		if len(batch) == 0 {
			select {
			case f.asked <- struct{}{}:
			default:
			}
			<-r.Context().Done()
			return
		}
		fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, strings.Join(batch, ","))
	default:
		fmt.Fprint(w, `{"ok":true,"result":true}`)
	}
}

// next confirms what is below the offset and returns the rest.
func (f *feed) next(offset int64) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.offsets = append(f.offsets, offset); len(f.offsets) == 3 {
		close(f.thrice)
	}
	var keep []string
	for _, u := range f.waiting {
		var id struct {
			ID int64 `json:"update_id"`
		}
		_ = json.Unmarshal([]byte(u), &id)
		if id.ID >= offset {
			keep = append(keep, u)
		}
	}
	f.waiting = keep
	return keep
}

func (f *feed) comeLater() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	come := len(f.later) > 0
	f.waiting, f.later = append(f.waiting, f.later...), nil
	return come
}

func newFeed(t *testing.T, updates ...string) (*office, *feed) {
	t.Helper()
	f := &feed{waiting: updates, asked: make(chan struct{}, 1), thrice: make(chan struct{})}
	h := httptest.NewServer(f)
	t.Cleanup(h.Close)
	of := &office{t: t, srv: botserver.New(botserver.Options{})}
	of.set(h.URL, nil)
	return of, f
}

// hear runs a bot on the updates until all are fetched and handled.
func hear(t *testing.T, updates ...string) (*office, *feed) {
	t.Helper()
	of, f := newFeed(t, updates...)
	of.start()
	t.Cleanup(of.close)
	select {
	case <-f.asked:
	case <-time.After(patience):
		t.Fatal("the updates were not fetched")
	}
	of.handled()
	return of, f
}

// TestUpdatesThatCannotBeRead puts broken updates between good ones.
func TestUpdatesThatCannotBeRead(t *testing.T) {
	good := func(id int) string {
		return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,%s,"text":"§"}}`, id, id, inPrivate)
	}
	of, f := hear(t, good(1),
		`{"update_id":2,"message":{"message_id":"no number",`+inPrivate+`,"text":"§"}}`,
		`{"update_id":3,"message":"§"}`,
		`{"message":{"message_id":4,`+inPrivate+`,"text":"§"}}`,
		`{"update_id":5}`,
		good(6),
	)
	if got := of.handler.heard(chat.InMessage); len(got) != 2 {
		t.Errorf("%d messages", len(got))
	}
	of.setAsides(2)
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) != 0 {
		t.Errorf("not confirmed: %v", f.waiting)
	}
}

// TestNothingIsConfirmedThatIsNotStored lets storing fail for a while, as on a
// full disk.
func TestNothingIsConfirmedThatIsNotStored(t *testing.T) {
	of, f := newFeed(t, `{"update_id":8,"message":{"message_id":1,`+inPrivate+`,"text":"§"}}`)
	db, err := storage.Open(t.Context(), of.path)
	of.must(err)
	of.must(db.Close())
	of.sql(`CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END`)
	of.start()
	t.Cleanup(of.close)
	select {
	case <-f.thrice:
	case <-time.After(patience):
		t.Fatal("not asked again")
	}
	f.mu.Lock()
	if len(f.waiting) != 1 || slices.Max(f.offsets) != 0 {
		t.Errorf("confirmed by the offsets %v", f.offsets)
	}
	f.mu.Unlock()
	if n := strings.Count(of.log.String(), "updates do not arrive"); n != 1 {
		t.Errorf("reported %d times", n)
	}
	of.sql(`DROP TRIGGER full`)
	<-f.asked
	of.handled()
	if got := of.handler.heard(chat.InMessage); len(got) != 1 {
		t.Errorf("%d messages", len(got))
	}
}

// TestLowerIDsAfterAnEmptyAnswer acts as Telegram does after a week without
// updates: an offset that the bot had kept would confirm them unseen.
func TestLowerIDsAfterAnEmptyAnswer(t *testing.T) {
	message := func(id int) string {
		return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,%s,"text":"§"}}`, id, id, inPrivate)
	}
	of, f := newFeed(t, message(900), message(901))
	f.later = []string{message(12), message(13)}
	of.start()
	t.Cleanup(of.close)
	<-f.asked
	of.handled()
	var ids []int
	for _, in := range of.handler.heard(chat.InMessage) {
		ids = append(ids, in.Message)
	}
	if want := []int{900, 901, 12, 13}; !slices.Equal(ids, want) {
		t.Errorf("heard %v, want %v", ids, want)
	}
}

// sql changes the database behind the program's back.
func (of *office) sql(stmt string) {
	of.t.Helper()
	db, err := sql.Open("sqlite", of.path+"?_pragma=busy_timeout(10000)")
	of.must(err)
	_, err = db.ExecContext(of.t.Context(), stmt)
	of.must(errors.Join(err, db.Close()))
}

// TestADamagedFile makes SQLite find the file malformed while the bot is at
// work: it says so, the updates stay with Telegram, and it goes on by itself once
// the file is whole again.
func TestADamagedFile(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	of.say(ann, ann, "before")
	of.expect(ann, "before")
	move := func(pages, version int) {
		of.sql(fmt.Sprintf(`PRAGMA writable_schema = ON;
			UPDATE sqlite_schema SET rootpage = rootpage + %d WHERE name = 'inbox';
			PRAGMA schema_version = %d`, pages, version))
	}
	const away = 100_000
	move(away, 9001)
	of.say(ann, ann, "meanwhile")
	deadline := time.Now().Add(patience)
	for log := ""; !strings.Contains(log, "updates cannot be stored") || !strings.Contains(log, "malformed"); log = of.log.String() {
		if time.Now().After(deadline) {
			t.Fatal("the damage is not reported")
		}
	}
	of.srv.View(func(w *botserver.World) {
		if w.PendingUpdates() == 0 {
			t.Error("Telegram was told that everything arrived")
		}
	})
	move(-away, 9002)
	of.expect(ann, "before", "meanwhile")
}
