package botserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// People and places of the tests.
const (
	ann   int64 = 101
	binh  int64 = 102
	group int64 = -4001
	super int64 = -1_000_000_004_002
	forum int64 = -1_000_000_004_003
	chann int64 = -1_000_000_004_004
)

var start = time.Date(2024, time.March, 13, 9, 0, 0, 0, time.UTC)

// world is a server with people, groups and a frozen clock.
type world struct {
	*botserver.Server
	t   *testing.T
	url string
	now time.Time
}

type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func newWorld(t *testing.T, o botserver.Options) *world {
	t.Helper()
	w := &world{t: t, now: start}
	if o.Clock == nil {
		o.Clock = func() time.Time { return w.now }
	}
	w.Server = botserver.New(o)
	h := httptest.NewServer(w)
	t.Cleanup(h.Close)
	w.url = h.URL
	w.must(w.AddUser(botserver.User{ID: ann, FirstName: "An", LastName: "Nguyễn", Username: "annguyen", Language: "vi"}))
	w.must(w.AddUser(botserver.User{ID: binh, FirstName: "Bình"}))
	w.must(w.AddGroup(botserver.Group{ID: group, Title: "Phòng", Owner: ann, Members: []int64{binh}}))
	w.must(w.AddGroup(botserver.Group{ID: super, Title: "Sở", Owner: ann, Members: []int64{binh}}))
	w.must(w.AddGroup(botserver.Group{ID: forum, Title: "Diễn đàn", Forum: true, Owner: ann, Members: []int64{binh}}))
	w.must(w.AddChannel(botserver.Group{ID: chann, Title: "Kênh", Owner: ann}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// say makes a person write and returns the message's id.
func (w *world) say(user, chat int64, text string) int {
	w.t.Helper()
	id, err := w.Say(user, chat, text)
	w.must(err)
	return id
}

// join adds the bot to the groups.
func (w *world) join(chats ...int64) {
	w.t.Helper()
	for _, c := range chats {
		w.must(w.AddMember(ann, c, w.Bot().ID))
	}
}

type params map[string]any

func (w *world) call(method string, p params) answer {
	w.t.Helper()
	body, err := json.Marshal(p)
	w.must(err)
	return w.post(w.Token(), method, "application/json", bytes.NewReader(body))
}

func (w *world) post(token, method, kind string, body io.Reader) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, w.url+"/bot"+token+"/"+method, body)
	w.must(err)
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	w.must(err)
	defer func() { _ = resp.Body.Close() }()
	var a answer
	w.must(json.NewDecoder(resp.Body).Decode(&a))
	if a.OK != (resp.StatusCode == http.StatusOK) || !a.OK && a.Code != resp.StatusCode {
		w.t.Errorf("%s: status %d with %+v", method, resp.StatusCode, a)
	}
	return a
}

// ok calls and decodes the result.
func (w *world) ok(method string, p params, result any) {
	w.t.Helper()
	a := w.call(method, p)
	if !a.OK {
		w.t.Fatalf("%s(%v): %s", method, p, a.Description)
	}
	if result != nil {
		w.must(json.Unmarshal(a.Result, result))
	}
}

// refused calls and checks the description of the failure.
func (w *world) refused(method string, p params, want string) {
	w.t.Helper()
	if a := w.call(method, p); a.OK || a.Description != want {
		w.t.Errorf("%s(%v)\n got  %s %s\n want %s", method, p, a.Description, a.Result, want)
	}
}

// send sends a text as the bot and returns the message's id.
func (w *world) send(chat int64, text string, more ...any) int {
	w.t.Helper()
	p := params{"chat_id": chat, "text": text}
	for i := 0; i < len(more); i += 2 {
		p[more[i].(string)] = more[i+1]
	}
	var m message
	w.ok("sendMessage", p, &m)
	return m.ID
}

// message and its kin are what the tests read of the Bot API's objects.
type message struct {
	ID       int              `json:"message_id"`
	Thread   int              `json:"message_thread_id"`
	IsTopic  bool             `json:"is_topic_message"`
	Date     int64            `json:"date"`
	EditDate int64            `json:"edit_date"`
	Text     string           `json:"text"`
	Caption  string           `json:"caption"`
	Entities []map[string]any `json:"entities"`
	From     *struct {
		ID       int64  `json:"id"`
		Username string `json:"username"`
	} `json:"from"`
	Sender *struct {
		ID int64 `json:"id"`
	} `json:"sender_chat"`
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	ReplyTo  *message `json:"reply_to_message"`
	Album    string   `json:"media_group_id"`
	Document *struct {
		ID   string `json:"file_id"`
		Name string `json:"file_name"`
		Size int    `json:"file_size"`
	} `json:"document"`
	Photo []struct {
		ID            string `json:"file_id"`
		Width, Height int
	} `json:"photo"`
	Joined []struct {
		ID int64 `json:"id"`
	} `json:"new_chat_members"`
	MigrateTo    int64           `json:"migrate_to_chat_id"`
	MigrateFrom  int64           `json:"migrate_from_chat_id"`
	TopicCreated json.RawMessage `json:"forum_topic_created"`
	Markup       json.RawMessage `json:"reply_markup"`
}

type update struct {
	ID       int64    `json:"update_id"`
	Message  *message `json:"message"`
	Edited   *message `json:"edited_message"`
	Post     *message `json:"channel_post"`
	Callback *struct {
		ID      string   `json:"id"`
		Data    string   `json:"data"`
		Message *message `json:"message"`
	} `json:"callback_query"`
	MyMember *struct {
		Chat struct {
			ID int64 `json:"id"`
		} `json:"chat"`
		Old struct {
			Status string `json:"status"`
		} `json:"old_chat_member"`
		New struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
	Member json.RawMessage `json:"chat_member"`
}

// updates takes what waits and confirms it.
func (w *world) updates() []update {
	w.t.Helper()
	var out []update
	w.ok("getUpdates", nil, &out)
	if len(out) > 0 {
		w.ok("getUpdates", params{"offset": out[len(out)-1].ID + 1, "limit": 1}, nil)
	}
	return out
}

// only takes the one update that waits.
func (w *world) only() update {
	w.t.Helper()
	us := w.updates()
	if len(us) != 1 {
		w.t.Fatalf("%d updates wait, want 1", len(us))
	}
	return us[0]
}
