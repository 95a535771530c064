package tryout_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Only pages of the try-out itself, on this machine, may act on it.
func TestOnlyLocal(t *testing.T) {
	p := open(t)
	p.ready()
	host := strings.TrimPrefix(p.url, "http://")
	body := fmt.Sprintf(`{"round":%d,"move":"day"}`, p.round)
	tests := map[string]struct {
		method, path, host string
		header             map[string]string
		status             int
	}{
		"page":                      {"GET", "/", host, nil, 200},
		"page by the other name":    {"GET", "/", strings.Replace(host, "127.0.0.1", "localhost", 1), nil, 200},
		"script":                    {"GET", "/web/app.js", host, nil, 200},
		"page by a foreign name":    {"GET", "/", "example.org", nil, 403},
		"world by a foreign name":   {"GET", "/api/world", "example.org:8080", nil, 403},
		"bot API by a foreign name": {"POST", "/bot1:x/getMe", "example.org", nil, 403},
		"bot API with another key":  {"POST", "/bot1:x/getMe", host, nil, 401},
		"act from a foreign page": {"POST", "/api/clock", host, map[string]string{
			"Content-Type": "application/json", "Origin": "https://example.org",
		}, 403},
		"act of another site": {"POST", "/api/clock", host, map[string]string{
			"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site",
		}, 403},
		"act as a form":    {"POST", "/api/clock", host, map[string]string{"Content-Type": "text/plain"}, 415},
		"act without kind": {"POST", "/api/clock", host, nil, 415},
		"act by its own page": {"POST", "/api/clock", host, map[string]string{
			"Content-Type": "application/json", "Origin": p.url,
		}, 200},
		"act by reading": {"GET", "/api/clock", host, nil, 404},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(t.Context(), test.method, p.url+test.path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Host = test.host
			for name, value := range test.header {
				req.Header.Set(name, value)
			}
			resp, err := p.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != test.status {
				t.Errorf("status %d, want %d", resp.StatusCode, test.status)
			}
			if resp.StatusCode == http.StatusOK && !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Error("the answer may load things from elsewhere")
			}
		})
	}
}
