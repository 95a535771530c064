package tryout

import (
	"embed"
	"encoding/json"
	"mime"
	"net"
	"net/http"
)

// The page, whose words are Vietnamese.
//
//go:embed web
var web embed.FS

// maxBody bounds a request of the page, in bytes: a file that is sent stands in
// it as base64.
const maxBody = 12 << 20

// handler answers the bot under /bot and /file, the page under / and what the
// page asks under /api.
func (t *tryout) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", t.botAPI)
	mux.Handle("GET /web/", http.FileServerFS(web))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, web, "web/index.html")
	})
	mux.HandleFunc("GET /api/world", t.world)
	mux.HandleFunc("GET /api/plan", t.plan)
	mux.HandleFunc("GET /api/menu", t.menu)
	mux.HandleFunc("GET /api/file", t.file)
	mux.HandleFunc("POST /api/say", acting(t, say))
	mux.HandleFunc("POST /api/edit", acting(t, edit))
	mux.HandleFunc("POST /api/press", acting(t, press))
	mux.HandleFunc("POST /api/open", acting(t, open))
	mux.HandleFunc("POST /api/clock", acting(t, t.setClock))
	mux.HandleFunc("POST /api/play", acting(t, t.playYear))
	mux.HandleFunc("POST /api/stop", acting(t, t.halt))
	mux.HandleFunc("POST /api/restart", acting(t, t.startAgain))
	return local(http.NewCrossOriginProtection().Handler(mux))
}

// botAPI answers everything else: it is the bot's server that knows what is no
// method of its.
func (t *tryout) botAPI(w http.ResponseWriter, r *http.Request) {
	s := t.serving.Load()
	if s == nil {
		http.Error(w, "not running", http.StatusServiceUnavailable)
		return
	}
	s.ServeHTTP(w, r)
}

// contentPolicy lets the page load nothing from elsewhere, nor be framed.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// local refuses requests that name another host than this machine: a page from
// elsewhere can have its own name lead here, and then counts as of one origin
// with what it reads.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if host != "127.0.0.1" && host != "localhost" {
			http.Error(w, "the try-out is reached as 127.0.0.1 alone", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// An apiError is what a request failed with; the page has the words for its
// code.
type apiError struct {
	status int
	Code   string `json:"error"`
}

func (e *apiError) Error() string { return e.Code }

// acting makes a handler of what the page does to the present round. A request
// that was meant for another one is refused.
func acting[In interface{ forRound() int }](t *tryout, do func(*http.Request, *round, In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		var in In
		if err := readJSON(w, req, &in); err != nil {
			writeJSON(w, nil, err)
			return
		}
		r := t.current()
		if r == nil || r.number != in.forRound() {
			writeJSON(w, nil, errOtherRound)
			return
		}
		out, err := do(req, r, in)
		writeJSON(w, out, err)
	}
}

// Errors of requests as such.
var (
	errNotJSON    = &apiError{http.StatusUnsupportedMediaType, "not_json"}
	errUnreadable = &apiError{http.StatusBadRequest, "unreadable"}
	errOtherRound = &apiError{http.StatusConflict, "other_round"}
)

func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	// A form of another page can send no JSON without asking first.
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errNotJSON
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	if d.Decode(into) != nil {
		return errUnreadable
	}
	return nil
}

func writeJSON(w http.ResponseWriter, out any, err error) {
	status := http.StatusOK
	if err != nil {
		failed := explain(err)
		status, out = failed.status, failed
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(out) // who asked may be gone
}
