package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
)

// An answer is what Telegram answers to any method (Bot API, "Making requests").
type answer struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result"`
	ErrorCode   int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter      int   `json:"retry_after"` // seconds
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// post calls a method past the library and reads its result. Its errors are
// *callError.
func (a *api) post(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return &callError{method: method, verdict: refused, words: "request not understood"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url+"/bot"+a.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return a.failure(method, err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.client.Do(req)
	if err != nil {
		return a.failure(method, err)
	}
	defer func() { _ = resp.Body.Close() }() // what was read is what counts
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxPollAnswer))
	if err != nil {
		return a.failure(method, err)
	}
	got := answer{Result: result}
	if err := json.Unmarshal(text, &got); err != nil {
		return a.undecodable(method, resp.StatusCode, got.OK)
	}
	if !got.OK {
		return a.refusal(method, got)
	}
	return nil
}
