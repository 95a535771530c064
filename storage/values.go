package storage

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"dondoc/internal/plan"
)

// day scans an ISO date, empty for none, into a plan.Date.
type day struct{ d *plan.Date }

func (v day) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("a day is %T", src)
	}
	*v.d = 0
	if s == "" {
		return nil
	}
	var err error
	*v.d, err = plan.ParseDate(s)
	return err
}

// instant scans Unix milliseconds, NULL for none, into a time.
type instant struct{ t *time.Time }

func (v instant) Scan(src any) error {
	switch ms := src.(type) {
	case nil:
		*v.t = time.Time{}
	case int64:
		*v.t = time.UnixMilli(ms)
	default:
		return fmt.Errorf("an instant is %T", src)
	}
	return nil
}

// millis is what an instant is stored as.
func millis(t time.Time) int64 { return t.UnixMilli() }

func days(ds []plan.Date) string {
	parts := make([]string, len(ds))
	for i, d := range ds {
		parts[i] = d.String()
	}
	return strings.Join(parts, " ")
}

func parseDays(s string) ([]plan.Date, error) {
	var out []plan.Date
	for f := range strings.FieldsSeq(s) {
		d, err := plan.ParseDate(f)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// list scans a single column of every row.
func list[T any](tx *Tx, query string, args ...any) ([]T, error) {
	var out []T
	err := tx.each(func(rows *sql.Rows) error {
		var v T
		if err := rows.Scan(&v); err != nil {
			return err
		}
		out = append(out, v)
		return nil
	}, query, args...)
	return out, err
}
