package bot_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
)

func fetch(file chat.File) chat.Outgoing {
	return chat.Outgoing{
		Kind: chat.OutFetch, To: chat.Place{Chat: forum, Topic: 7}, Priority: chat.Answer, Person: ann,
		File: &file, Action: &chat.Action{Verb: "import", Key: 5},
	}
}

// attach makes Ann send a file and returns it as the bot hears of it.
func (of *office) attach(data string) chat.File {
	of.t.Helper()
	return of.attachUpload(botserver.Upload{Name: "plan" + mark + ".csv", Data: []byte(data)})
}

func (of *office) attachUpload(u botserver.Upload) chat.File {
	of.t.Helper()
	before := len(of.handler.heard(chat.InMessage))
	_, err := of.srv.Post(ann, ann, botserver.Post{Text: mark, File: &u})
	of.must(err)
	time.Sleep(time.Second)
	heard := of.handler.heard(chat.InMessage)
	if len(heard) != before+1 || heard[before].File == nil {
		of.t.Fatalf("heard %+v", heard)
	}
	return *heard[before].File
}

// fetched returns the one file that has arrived.
func (of *office) fetched() chat.Incoming {
	of.t.Helper()
	list := of.handler.heard(chat.InFile)
	if len(list) != 1 {
		of.t.Fatalf("files: %+v", list)
	}
	return list[0]
}

func TestFetchedFileComesIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		content := mark + strings.Repeat("nội dung;", 9000) + "\x00\xff"
		file := of.attach(content)
		of.enqueue(fetch(file))
		time.Sleep(time.Second)
		in := of.fetched()
		if string(in.Data) != content || in.Failure != "" || in.File.Name != file.Name {
			t.Errorf("%d bytes of %q, failure %q", len(in.Data), in.File.Name, in.Failure)
		}
		if in.Action == nil || in.Action.Verb != "import" || in.Action.Key != 5 || in.From.ID != ann ||
			in.Chat.Place != (chat.Place{Chat: forum, Topic: 7}) || in.Chat.Kind != chat.Group {
			t.Errorf("it comes from %+v, for %+v", in.Chat, in.Action)
		}
	})
}

func TestFilesThatCannotBeHad(t *testing.T) {
	tests := []struct {
		name string
		file func(of *office) chat.File
		want chat.FetchFailure
	}{
		{"said to be large", func(*office) chat.File {
			return chat.File{ID: "x", Size: chat.MaxFetch + 1}
		}, chat.FetchTooLarge},
		{"large to telegram", func(of *office) chat.File {
			file := of.attach("abc")
			of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
				if method != "getFile" {
					return nil
				}
				return &botserver.Fault{Kind: botserver.FaultRefuse, Code: 400, Description: "Bad Request: file is too big"}
			})
			return file
		}, chat.FetchTooLarge},
		{"larger than said", func(of *office) chat.File {
			return of.attachUpload(botserver.Upload{Name: "a.csv", Data: make([]byte, chat.MaxFetch+1), Size: 3})
		}, chat.FetchTooLarge},
		{"unknown", func(*office) chat.File { return chat.File{ID: "no-such-file"} }, chat.FetchRefused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				of.enqueue(fetch(tt.file(of)))
				time.Sleep(time.Hour)
				if in := of.fetched(); in.Failure != tt.want || in.Data != nil || in.Action.Verb != "import" {
					t.Errorf("failure %q with %d bytes, want %q", in.Failure, len(in.Data), tt.want)
				}
				of.undelivered(false, "", "") // whoever asked is told
			})
		})
	}
}

// A file that takes long to read keeps nobody waiting.
func TestAFileIsDigestedBesideEverythingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		read := make(chan struct{})
		release := sync.OnceFunc(func() { close(read) })
		defer release()
		of.handler.digests(func(data []byte) []byte {
			<-read
			return []byte("digest of " + string(data))
		})
		of.enqueue(fetch(of.attach("abc")))
		time.Sleep(time.Second)
		_, err := of.srv.Say(ann, ann, "meanwhile")
		of.must(err)
		of.enqueue(send(forum, "in the same chat"))
		time.Sleep(time.Minute)
		of.expect(ann, "", "meanwhile")
		of.expect(forum, "in the same chat")
		if files := of.handler.heard(chat.InFile); len(files) > 0 {
			t.Fatalf("it came too early: %+v", files)
		}
		release()
		time.Sleep(time.Second)
		if in := of.fetched(); string(in.Data) != "digest of abc" {
			t.Errorf("fetched %q", in.Data)
		}
	})
}

func TestAFileThatNobodyCanDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.handler.digests(func([]byte) []byte { panic(mark) })
		of.enqueue(fetch(of.attach("abc")))
		time.Sleep(time.Second)
		if in := of.fetched(); in.Data != nil || in.Failure != "" {
			t.Errorf("fetched %q, failure %q", in.Data, in.Failure)
		}
		if log := of.log.String(); !strings.Contains(log, "file not digested") || strings.Contains(log, "panic: "+mark) {
			t.Errorf("the log says %s", log)
		}
	})
}

// A fileWire lets downloads fail in the given ways, one after the other.
type fileWire struct {
	wire
	faults []func(*http.Request) (*http.Response, error)
}

func (w *fileWire) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Path, "/file/") || len(w.faults) == 0 {
		return w.wire.RoundTrip(r)
	}
	fault := w.faults[0]
	w.faults = w.faults[1:]
	return fault(r)
}

// A reply is the answer of a server that is out of order.
type reply struct {
	status int
	body   func(*http.Request) io.Reader
}

func (a reply) give(r *http.Request) (*http.Response, error) {
	body := io.Reader(http.NoBody)
	if a.body != nil {
		body = a.body(r)
	}
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(body)}, nil
}

// quoting fails while the content is on its way, with the address in its words.
type quoting struct{ address string }

func (q quoting) Read([]byte) (int, error) { return 0, errors.New("connection lost: " + q.address) }

// TestDownloadsFailAndHideTheToken also shows that a chat need not wait for
// its download.
func TestDownloadsFailAndHideTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := &office{t: t, srv: botserver.New(botserver.Options{})}
		w := &fileWire{wire: wire{srv: of.srv}}
		w.faults = []func(*http.Request) (*http.Response, error){
			func(r *http.Request) (*http.Response, error) { return nil, fmt.Errorf("cannot reach %s", r.URL) },
			reply{200, func(r *http.Request) io.Reader {
				return io.MultiReader(strings.NewReader("half"), quoting{r.URL.String()})
			}}.give,
			reply{502, func(*http.Request) io.Reader { return strings.NewReader("<html>") }}.give,
			reply{status: 429}.give,
			reply{status: 301}.give,
		}
		of.set("http://telegram.test", &http.Client{Transport: w})
		of.people()
		of.start()
		file := of.attach("whole")
		wanted := fetch(file)
		wanted.To = chat.Place{Chat: ann}
		of.enqueue(wanted, send(ann, "meanwhile"))
		time.Sleep(100 * time.Millisecond)
		of.expect(ann, "", "meanwhile")
		time.Sleep(10 * time.Minute)
		if in := of.fetched(); string(in.Data) != "whole" || in.Failure != "" {
			t.Errorf("fetched %q, failure %q", in.Data, in.Failure)
		}
		if len(w.faults) > 0 {
			t.Errorf("%d faults did not befall", len(w.faults))
		}
		for _, words := range []string{"cannot reach", "connection lost", "HTTP status 502"} {
			if !strings.Contains(of.log.String(), words) {
				t.Errorf("the log does not say %q", words)
			}
		}
		of.close()
	})
}
