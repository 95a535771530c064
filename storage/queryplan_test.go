package storage

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// scanned are the tables that a statement may read from one end to the other,
// and why they do not grow.
var scanned = map[string]string{
	"units":         "one row a unit; a snapshot reads them all",
	"unit_aliases":  "a few a unit; a snapshot reads them all",
	"heads":         "a few a unit; a snapshot and the list of people read them all",
	"calendar":      "some days a year",
	"plans":         "one a year",
	"polls":         "one row",
	"outages":       "one row for each day without Telegram",
	"moves":         "one row for each group that became a supergroup",
	"calls":         "those of the last minute",
	"imports":       "plan files that wait to be confirmed",
	"sqlite_schema": "as many as there are tables",
	"json_each":     "the list that was handed in",
	"known":         "a subquery, whose own plan is held against this",
}

// waiting are partial indexes that hold what waits, or is of interest, and
// nothing else: to read one whole is to read no more than there is to do.
var waiting = map[string]string{
	"inbox_pending":  "what arrived and is not handled",
	"outbox_waiting": "what is not sent",
	"outbox_shut":    "what a shut chat is kept for a day",
	"people_role":    "the admins and directors",
}

// wholesale are statements that may read a growing table whole, by how they
// begin, and why.
var wholesale = map[string]string{
	`SELECT "table", "parent" FROM pragma_foreign_key_check`: "the check of a backup reads all of it",
	`SELECT id FROM people WHERE name`:                       "an admin asks who is known by name, which is seldom",
	`SELECT known.id,`:                                       "the export and a period's files name everybody who ever reported",
}

// A fragment is a part of a statement that is put together at run time: the
// test must know what it can be.
func fragments(t *testing.T, literals []string) map[string][]string {
	t.Helper()
	var conds []string
	for _, f := range []Filter{
		{Plan: 1},
		{Task: 1},
		{Unit: "x"},
		{ID: 1},
		{Plan: 1, Unit: "x"},
		{Task: 1, Unit: "x"},
		{Task: 1, Dropped: true},
		{Plan: 1, part: &part{}},
		{Task: 1, Dropped: true, part: &part{}},
	} {
		cond, _ := f.where()
		conds = append(conds, cond)
	}
	var wheres []string
	for _, l := range literals {
		if strings.HasPrefix(l, "WHERE ") {
			wheres = append(wheres, l)
		}
	}
	return map[string][]string{"cond": conds, "where": wheres}
}

var beginsStatement = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|WITH)\b`)

// TestQueryPlans holds every statement of the package against the plan that
// SQLite makes for it. What grows with the office and the years is looked up by
// an index, never read from one end to the other.
func TestQueryPlans(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "dondoc.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	statements := statements(t)
	if len(statements) < 150 {
		t.Errorf("only %d statements were found", len(statements))
	}
	excused := map[string]bool{}
	err = db.Read(t.Context(), func(tx *Tx) error {
		for _, s := range statements {
			for _, scan := range scans(t, tx, s) {
				if i := slices.IndexFunc(keys(wholesale), func(k string) bool { return strings.HasPrefix(s, k) }); i >= 0 {
					excused[keys(wholesale)[i]] = true
					continue
				}
				t.Errorf("%s\n\t%s", scan, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for k := range wholesale {
		if !excused[k] {
			t.Errorf("no statement needs to be excused that begins with %q", k)
		}
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

var scan = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)

// scans returns the lines of a statement's plan that read a growing table
// whole.
func scans(t *testing.T, tx *Tx, statement string) []string {
	t.Helper()
	names := tables(statement)
	rows, err := tx.conn.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement, make([]any, parameters(statement))...)
	if err != nil {
		t.Fatalf("%v\n\t%s", err, statement)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		m := scan.FindStringSubmatch(detail)
		if m == nil || detail == "SCAN CONSTANT ROW" {
			continue
		}
		table := m[1]
		if name := names[table]; name != "" {
			table = name
		}
		if scanned[table] == "" && waiting[m[2]] == "" {
			out = append(out, detail)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

var alias = regexp.MustCompile(`(?i)(?:FROM|JOIN|,|UPDATE)\s+(\w+)(?:\([^)]*\))?\s+(?:AS\s+)?([a-z]\w*)\b`)

// tables returns the tables of a statement by the names that it gives them.
func tables(statement string) map[string]string {
	names := map[string]string{}
	for _, m := range alias.FindAllStringSubmatch(statement, -1) {
		names[m[2]] = m[1]
	}
	return names
}

var numbered = regexp.MustCompile(`\?(\d*)`)

func parameters(statement string) int {
	n := 0
	for _, m := range numbered.FindAllStringSubmatch(statement, -1) {
		if at, err := strconv.Atoi(m[1]); err == nil {
			n = max(n, at)
		} else {
			n++
		}
	}
	return n
}
