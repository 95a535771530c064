package cli

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/bot"
	"dondoc/internal/clock"
	"dondoc/internal/plan"
)

// wrongValue says what is wrong with the text of a setting and what it should
// be. Kong puts the setting's name before it.
func wrongValue(text []byte, expected string) error {
	return unusable("%q cannot be used: %s", shortened(text), expected)
}

// shortened cuts what would drown the line that quotes it.
func shortened(text []byte) string {
	const most = 60
	if len(text) <= most {
		return string(text)
	}
	return strings.ToValidUTF8(string(text[:most]), "") + "…"
}

// An apiURL is the address of a Bot API server, without a slash at the end.
type apiURL string

// UnmarshalText reads an http or https address.
func (a *apiURL) UnmarshalText(text []byte) error {
	u, err := url.Parse(string(text))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return wrongValue(text, "an http or https address is expected, such as https://api.telegram.org")
	}
	*a = apiURL(strings.TrimRight(u.String(), "/"))
	return nil
}

// userIDs are Telegram's ids of persons, in the order given, without doubles.
type userIDs []int64

// maxUserID is the largest id: Telegram promises at most 52 significant bits.
const maxUserID = 1<<52 - 1

// UnmarshalText reads ids with commas between them; spaces do not matter.
func (ids *userIDs) UnmarshalText(text []byte) error {
	*ids = nil
	for part := range bytes.SplitSeq(text, []byte(",")) {
		part = bytes.TrimSpace(part)
		if len(part) == 0 {
			continue
		}
		id, err := strconv.ParseInt(string(part), 10, 64)
		if err != nil || id <= 0 || id > maxUserID {
			return wrongValue(part, "Telegram user ids are expected, numbers with commas such as 123456789,987654321")
		}
		if !slices.Contains(*ids, id) {
			*ids = append(*ids, id)
		}
	}
	return nil
}

// A timezone is a place of the time zone database.
type timezone struct{ *time.Location }

// UnmarshalText reads a name such as Asia/Ho_Chi_Minh. The machine's own zone
// is refused: what a plan means must not depend on where it runs.
func (z *timezone) UnmarshalText(text []byte) error {
	loc, err := time.LoadLocation(string(text))
	if err != nil || loc == time.Local || len(text) == 0 {
		return wrongValue(text, "a name of the time zone database is expected, such as Asia/Ho_Chi_Minh")
	}
	z.Location = loc
	return nil
}

// limits bound what is sent to Telegram.
type limits bot.Limits

// maxLimit is beyond what any server takes.
const maxLimit = 100_000

// UnmarshalText reads "30,1,20" or "off".
func (l *limits) UnmarshalText(text []byte) error {
	const expected = `three whole numbers from 1 are expected, such as 30,1,20, or the word off`
	if strings.EqualFold(string(bytes.TrimSpace(text)), "off") {
		*l = limits{}
		return nil
	}
	parts := bytes.Split(text, []byte(","))
	values := []*int{&l.PerSecond, &l.PerChatSecond, &l.PerGroupMinute}
	if len(parts) != len(values) {
		return wrongValue(text, expected)
	}
	for i, part := range parts {
		n, err := strconv.Atoi(string(bytes.TrimSpace(part)))
		if err != nil || n < 1 || n > maxLimit {
			return wrongValue(text, expected)
		}
		*values[i] = n
	}
	return nil
}

// An instant is a point in time; the zero instant is none.
type instant struct{ time.Time }

// UnmarshalText reads RFC 3339 within the years that plans have, "" as none.
func (i *instant) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		i.Time = time.Time{}
		return nil
	}
	t, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return wrongValue(text, "a date and time with a zone is expected, such as 2024-03-15T08:00:00+07:00")
	}
	if t.Year() < plan.FirstYear || t.Year() > plan.LastYear {
		return wrongValue(text, fmt.Sprintf("a year from %d to %d is expected", plan.FirstYear, plan.LastYear))
	}
	i.Time = t
	return nil
}

// A speed is how many times faster than real time a rehearsal runs.
type speed float64

// UnmarshalText reads a number above 0 and up to clock.MaxFactor.
func (s *speed) UnmarshalText(text []byte) error {
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(f > 0 && f <= clock.MaxFactor) { // a NaN is in no range
		return wrongValue(text, fmt.Sprintf("a number above 0 and up to %d is expected, such as 60", clock.MaxFactor))
	}
	*s = speed(f)
	return nil
}
