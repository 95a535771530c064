package botserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxUpload is the largest file a bot may send, 50 MB (Bot API, sendDocument).
const maxUpload = 50 << 20

// maxBody leaves room for the fields beside the file.
const maxBody = maxUpload + 1<<20

// An upload is a file within a multipart request.
type upload struct {
	name string
	mime string
	data []byte
}

// A request is one call: its parameters as text, as Telegram takes them, and
// its files.
type request struct {
	method string // as it was typed
	params map[string]string
	files  map[string]upload
}

func readRequest(r *http.Request, method string) (*request, error) {
	q := &request{method: method, params: map[string]string{}, files: map[string]upload{}}
	q.add(r.URL.Query())
	if r.Method != http.MethodPost || r.Body == nil || r.Body == http.NoBody {
		return q, nil
	}
	kind, args, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, badRequest("can't read request body")
	case len(body) > maxBody:
		return nil, errTooLarge()
	}
	switch kind {
	case "application/json":
		err = q.readJSON(body)
	case "application/x-www-form-urlencoded":
		var form url.Values
		if form, err = url.ParseQuery(string(body)); err != nil {
			return nil, badRequest("can't parse request body")
		}
		q.add(form)
	case "multipart/form-data":
		err = q.readForm(body, args["boundary"])
	}
	return q, err
}

func (q *request) add(values url.Values) {
	for k, v := range values {
		q.params[k] = v[len(v)-1]
	}
}

func (q *request) readJSON(body []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return badRequest("can't parse request JSON object")
	}
	for k, raw := range fields {
		if string(raw) == "null" {
			continue
		}
		var s string
		if json.Unmarshal(raw, &s) == nil {
			q.params[k] = s
		} else {
			q.params[k] = string(raw)
		}
	}
	return nil
}

func (q *request) readForm(body []byte, boundary string) error {
	form := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return badRequest("can't parse request body")
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return badRequest("can't parse request body")
		}
		if _, args, err := mime.ParseMediaType(part.Header.Get("Content-Disposition")); err == nil && args["filename"] != "" {
			q.files[part.FormName()] = upload{
				name: args["filename"],
				mime: part.Header.Get("Content-Type"),
				data: data,
			}
			continue
		}
		q.params[part.FormName()] = string(data)
	}
}

func (q *request) has(name string) bool { return q.params[name] != "" }

// integer reads a number as Telegram does: what is none is 0.
func (q *request) integer(name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(q.params[name]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (q *request) boolean(name string) bool {
	switch strings.ToLower(strings.TrimSpace(q.params[name])) {
	case "true", "yes", "1":
		return true
	}
	return false
}
