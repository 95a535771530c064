package handlers_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/export"
	"dondoc/storage"
)

// passing are the tables in which an act that is refused may leave something:
// the way in and out, what chats are called, and what was said once.
var passing = []string{
	"inbox", "outbox", "buttons", "menus", "polls", "outages", "calls", "moves", "chats", "settings",
	"goose_db_version", "sqlite_sequence",
}

// state is all that is known of plan and people: the export, and every row of
// every table but those that pass.
func state(t *testing.T, db *storage.DB, folder string, now time.Time) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(t.Context(), &b, db, now); err != nil {
		t.Fatal(err)
	}
	file, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "dondoc.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, table := range rowsOf(t, file, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`) {
		if slices.Contains(passing, table) {
			continue
		}
		what := "*"
		if table == "people" { // not the day of a refusal
			what = "id, name, role, lang"
		}
		for _, row := range rowsOf(t, file, "SELECT "+what+" FROM "+table) {
			if table != "people" || !strings.HasSuffix(row, " | <nil> | <nil> | <nil>") {
				fmt.Fprintf(&b, "%s: %s\n", table, row)
			}
		}
	}
	return b.String()
}

// rowsOf returns the rows of a query, each as one text.
func rowsOf(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, places := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			places[i] = &cells[i]
		}
		if err := rows.Scan(places...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			if texts[i] = fmt.Sprint(c); c == nil || c == "" {
				texts[i] = "<nil>"
			}
		}
		all = append(all, strings.Join(texts, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
