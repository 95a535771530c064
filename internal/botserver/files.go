package botserver

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures that a bot may send
	_ "image/png"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Limits of files (Bot API): what a bot may download, and what may be sent as
// a photo, in bytes and pixels.
const (
	maxDownload  = 20 << 20
	maxPhoto     = 10 << 20
	maxPhotoSide = 10_000 // width and height together
	maxPhotoRate = 20     // of the longer side to the shorter
)

// What a photo says of itself where its content is no picture, and what its
// small version says.
const (
	unknownWidth  = 800
	unknownHeight = 600
	thumbSide     = 90
	thumbSize     = 1500
)

// store keeps a file that a person sends.
func (w *World) store(u *Upload) *File {
	size := u.Size
	if size == 0 {
		size = len(u.Data)
	}
	return w.keep(&File{Name: u.Name, MIME: u.MIME, Size: size, Photo: u.Photo, data: u.Data})
}

// keep gives a file its ids and its path.
func (w *World) keep(f *File) *File {
	n := w.nextSerial()
	f.ID = fmt.Sprintf("BQACAgUAAxkBAAI%010d", n)
	f.UniqueID = fmt.Sprintf("AgAD%07d", n)
	f.path = fmt.Sprintf("documents/file_%d%s", n, path.Ext(f.Name))
	if f.Photo {
		f.Name, f.MIME = "", ""
		f.path = fmt.Sprintf("photos/file_%d.jpg", n)
		f.thumbID = fmt.Sprintf("AgACAgUAAxkBAAJ%010d", n)
		w.files[f.thumbID] = f
	} else if f.MIME == "" {
		f.MIME = mime.TypeByExtension(path.Ext(f.Name))
	}
	w.files[f.ID], w.paths[f.path] = f, f
	return f
}

// wire puts the file into a message.
func (f *File) wire(m *wireMessage) {
	v := wireFile{FileID: f.ID, FileUniqueID: f.UniqueID, FileSize: f.Size}
	if !f.Photo {
		v.FileName, v.MimeType = f.Name, f.MIME
		m.Document = &v
		return
	}
	v.Width, v.Height = unknownWidth, unknownHeight
	if c, _, err := image.DecodeConfig(bytes.NewReader(f.data)); err == nil {
		v.Width, v.Height = c.Width, c.Height
	}
	thumb := wireFile{
		FileID: f.thumbID, FileUniqueID: f.UniqueID + "t", FileSize: min(f.Size, thumbSize),
		Width: min(v.Width, thumbSide), Height: min(v.Height, thumbSide),
	}
	m.Photo = []wireFile{thumb, v} // smallest first
}

func (w *World) sendDocument(q *request) (any, error) { return w.sendFile(q, "document") }

func (w *World) sendPhoto(q *request) (any, error) { return w.sendFile(q, "photo") }

func (w *World) sendFile(q *request, field string) (any, error) {
	t, err := w.readText(q, "caption", "caption_entities")
	if err != nil {
		return nil, err
	}
	f, err := w.inputFile(q, field)
	if err != nil {
		return nil, err
	}
	return w.send(q, t, f, func() error {
		if units(t.text) > maxCaption {
			return badRequest("message caption is too long")
		}
		if f.ID == "" {
			w.keep(f)
		}
		return nil
	})
}

// inputFile finds the file that is sent: uploaded, or sent before and named by
// its id. Addresses are not fetched.
func (w *World) inputFile(q *request, field string) (*File, error) {
	photo := field == "photo"
	name, given := q.params[field], false
	up, uploaded := q.files[field]
	if attached, ok := strings.CutPrefix(name, "attach://"); ok {
		up, uploaded = q.files[attached]
		given = true
	}
	switch known := w.files[name]; {
	case uploaded:
		f := &File{Name: path.Base(up.name), MIME: up.mime, Size: len(up.data), Photo: photo, data: up.data}
		if f.MIME == "application/octet-stream" {
			f.MIME = mime.TypeByExtension(path.Ext(f.Name))
		}
		return f, f.check()
	case name == "" || given:
		return nil, badRequest("there is no %s in the request", field)
	case known == nil && strings.Contains(name, "://"):
		return nil, badRequest("failed to get HTTP URL content")
	case known == nil:
		return nil, badRequest("wrong remote file identifier specified: Wrong string length")
	case known.Photo != photo:
		return nil, badRequest("type of file mismatch")
	default:
		return known, nil
	}
}

func (f *File) check() error {
	switch {
	case f.Size == 0:
		return badRequest("file must be non-empty")
	case f.Size > maxUpload:
		return errTooLarge()
	case !f.Photo:
		return nil
	case f.Size > maxPhoto:
		return badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", f.Size, maxPhoto)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(f.data))
	switch {
	case err != nil:
		return badRequest("IMAGE_PROCESS_FAILED")
	case c.Width+c.Height > maxPhotoSide,
		max(c.Width, c.Height) > maxPhotoRate*min(c.Width, c.Height):
		return badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

func (w *World) getFile(q *request) (any, error) {
	if !q.has("file_id") {
		return nil, badRequest("file_id not specified")
	}
	f := w.files[q.params["file_id"]]
	switch {
	case f == nil:
		return nil, badRequest("invalid file_id")
	case f.Size > maxDownload:
		return nil, badRequest("file is too big")
	}
	return wireFile{FileID: f.ID, FileUniqueID: f.UniqueID, FileSize: f.Size, FilePath: f.path}, nil
}

// serveFile answers a download: "<token>/<path>".
func (s *Server) serveFile(w http.ResponseWriter, _ *http.Request, rest string) {
	token, name, _ := strings.Cut(rest, "/")
	if token != s.token {
		writeError(w, errUnauthorized())
		return
	}
	s.mu.Lock()
	f := s.world.paths[name]
	s.mu.Unlock()
	if f == nil || f.Size > maxDownload {
		writeError(w, errNotFound())
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(f.data)
}

// File returns a file by its id.
func (w *World) File(id string) (*File, bool) {
	f, ok := w.files[id]
	return f, ok
}
