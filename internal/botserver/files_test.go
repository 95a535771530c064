package botserver_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// upload sends a file in the way of forms.
func (w *world) upload(method, field, name string, data []byte, fields map[string]string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range fields {
		w.must(form.WriteField(k, v))
	}
	part, err := form.CreateFormFile(field, name)
	w.must(err)
	_, err = part.Write(data)
	w.must(err)
	w.must(form.Close())
	return w.post(w.Token(), method, form.FormDataContentType(), &body)
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFiles(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	to := map[string]string{"chat_id": "101", "caption": "<b>Báo cáo</b>", "parse_mode": "HTML"}
	if a := w.upload("sendDocument", "document", "báo cáo.docx", []byte("nội dung"), to); !a.OK {
		t.Fatal(a.Description)
	}
	var sent botserver.Message
	w.View(func(v *botserver.World) { sent, _ = v.Last(ann) })
	if sent.Text != "Báo cáo" || sent.File.Name != "báo cáo.docx" || string(sent.File.Data()) != "nội dung" {
		t.Errorf("sent %+v", sent)
	}
	var again message
	w.ok("sendDocument", params{"chat_id": ann, "document": sent.File.ID}, &again)
	if again.Document.ID != sent.File.ID || again.Caption != "" {
		t.Errorf("sent again %+v", again)
	}
	w.ok("editMessageCaption", params{"chat_id": ann, "message_id": again.ID, "caption": "hai"}, nil)
	w.refused("editMessageText", params{"chat_id": ann, "message_id": again.ID, "text": "x"},
		"Bad Request: there is no text in the message to edit")

	if a := w.upload("sendPhoto", "chart", "a.png", picture(t, 640, 480),
		map[string]string{"chat_id": "101", "photo": "attach://chart"}); !a.OK {
		t.Fatal(a.Description)
	}
	w.View(func(v *botserver.World) { sent, _ = v.Last(ann) })
	if !sent.File.Photo {
		t.Errorf("photo %+v", sent.File)
	}
	w.refused("sendDocument", params{"chat_id": ann, "document": sent.File.ID}, "Bad Request: type of file mismatch")
}

func TestFilesRefused(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	ann := map[string]string{"chat_id": "101"}
	tests := []struct {
		method, field string
		data          []byte
		fields        map[string]string
		want          string
	}{
		{"sendDocument", "document", nil, ann, "Bad Request: file must be non-empty"},
		{"sendDocument", "document", make([]byte, 50<<20+1), ann, "Request Entity Too Large"},
		{"sendDocument", "x", []byte("x"), ann, "Bad Request: there is no document in the request"},
		{"sendPhoto", "photo", []byte("x"), ann, "Bad Request: IMAGE_PROCESS_FAILED"},
		{"sendPhoto", "photo", picture(t, 1, 21), ann, "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		{"sendPhoto", "photo", picture(t, 5001, 5000), ann, "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		{
			"sendPhoto", "photo", make([]byte, 10<<20+1), ann,
			"Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
		},
		{
			"sendDocument", "document", []byte("x"),
			map[string]string{"chat_id": "101", "caption": strings.Repeat("ữ", 1025)},
			"Bad Request: message caption is too long",
		},
		{"sendDocument", "document", []byte("x"), map[string]string{"chat_id": "7"}, "Bad Request: chat not found"},
	}
	for _, tt := range tests {
		if a := w.upload(tt.method, tt.field, "a.bin", tt.data, tt.fields); a.OK || a.Description != tt.want {
			t.Errorf("%s of %d bytes in %s: got %q, want %q", tt.method, len(tt.data), tt.field, a.Description, tt.want)
		}
	}
	w.refused("sendDocument", params{"chat_id": 101, "document": "x"},
		"Bad Request: wrong remote file identifier specified: Wrong string length")
	w.refused("sendPhoto", params{"chat_id": 101, "photo": "https://a.vn/x.png"}, "Bad Request: failed to get HTTP URL content")
	w.refused("sendPhoto", params{"chat_id": 101}, "Bad Request: there is no photo in the request")
	w.refused("getFile", params{}, "Bad Request: file_id not specified")
	w.refused("getFile", params{"file_id": "x"}, "Bad Request: invalid file_id")
}

func TestDownload(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	_, err := w.Post(ann, ann, botserver.Post{File: &botserver.Upload{Name: "kế hoạch.xlsx", Data: []byte("bảng")}})
	w.must(err)
	_, err = w.Post(ann, ann, botserver.Post{File: &botserver.Upload{Name: "to.zip", Data: []byte("x"), Size: 20<<20 + 1}})
	w.must(err)
	us := w.updates()
	var f struct {
		Path string `json:"file_path"`
		Size int    `json:"file_size"`
	}
	w.ok("getFile", params{"file_id": us[0].Message.Document.ID}, &f)
	w.refused("getFile", params{"file_id": us[1].Message.Document.ID}, "Bad Request: file is too big")
	get := func(path string) (int, string) {
		resp, err := http.Get(w.url + path) //nolint:noctx // ends with the server
		w.must(err)
		defer func() { _ = resp.Body.Close() }()
		data, err := io.ReadAll(resp.Body)
		w.must(err)
		return resp.StatusCode, string(data)
	}
	if code, data := get("/file/bot" + w.Token() + "/" + f.Path); code != http.StatusOK || data != "bảng" || f.Size != len(data) {
		t.Errorf("download: %d %q of %+v", code, data, f)
	}
	if code, _ := get("/file/bot" + w.Token() + "/documents/x"); code != http.StatusNotFound {
		t.Errorf("unknown file: %d", code)
	}
	if code, _ := get("/file/bot1:x/" + f.Path); code != http.StatusUnauthorized {
		t.Errorf("wrong token: %d", code)
	}
}
