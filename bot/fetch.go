package bot

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	tg "github.com/go-telegram/bot"

	"dondoc/internal/chat"
)

// fetch returns a file's content. Its address holds the token, so that no
// error of the way there may be shown but by api.failure.
func (a *api) fetch(ctx context.Context, file *chat.File) ([]byte, error) {
	if file == nil {
		return nil, errUnknownKind
	}
	if file.Size > chat.MaxFetch {
		return nil, errFileTooLarge
	}
	f, err := a.lib.GetFile(ctx, &tg.GetFileParams{FileID: file.ID})
	if err != nil {
		return nil, a.failure("getFile", err)
	}
	if f.FilePath == "" {
		return nil, fmt.Errorf("%w, a file without a path", tg.ErrorNotFound)
	}
	return a.download(ctx, f.FilePath)
}

const methodDownload = "download" // which is no method of the Bot API

func (a *api) download(ctx context.Context, path string) ([]byte, error) {
	address := a.url + "/file/bot" + a.token + "/" + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, a.failure(methodDownload, err)
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, a.failure(methodDownload, err)
	}
	defer func() { _ = resp.Body.Close() }() // what was read is what counts
	if err := downloadError(resp.StatusCode); err != nil {
		return nil, a.failure(methodDownload, err)
	}
	// A server of one's own has no bound, and what is said of a file's size
	// need not be true.
	data, err := io.ReadAll(io.LimitReader(resp.Body, chat.MaxFetch+1))
	switch {
	case err != nil:
		return nil, a.failure(methodDownload, err)
	case len(data) > chat.MaxFetch:
		return nil, errFileTooLarge
	}
	return data, nil
}

// errFileTooLarge is what Telegram says of a file above its own bound.
var errFileTooLarge = fmt.Errorf("%w, Bad Request: file is too big", tg.ErrorBadRequest)

// downloadError reads the status of a download, which has no other words.
func downloadError(status int) error {
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusTooManyRequests:
		return &tg.TooManyRequestsError{Message: "Too Many Requests"}
	case status == http.StatusUnauthorized:
		return fmt.Errorf("%w, download refused", tg.ErrorUnauthorized)
	case status >= 400 && status < 500:
		return fmt.Errorf("%w, download refused with HTTP status %d", tg.ErrorNotFound, status)
	}
	return fmt.Errorf("download failed with HTTP status %d", status)
}
