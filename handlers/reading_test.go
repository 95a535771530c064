package handlers_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// readings are the ways to ask for tasks, among them those of unit tasks that
// the asker may not read.
var readings = []string{
	"/tasks", "/tasks all", "/tasks done", "/viec một cửa", "/task", "/task một cửa", "/task chức", "/tasks văn bản", "/history",
	"/summary", "/summary groups", "/summary units", "/summary Q1", "/summary 2024", "/due", "/overdue", "/task 99",
}

var taskLink = regexp.MustCompile(`/task_(\d+)`)

func TestAUnitReadsItsOwnTasksOnly(t *testing.T) {
	d := newDesk(t)
	for _, reader := range []struct {
		who   int64
		place chat.Chat
		units []string
	}{
		{inspHead, private(inspHead), []string{"thanh-tra"}},
		{inspHead, d.places[4], []string{"thanh-tra"}},
		{officeHead, private(officeHead), []string{"van-phong"}},
		{officeHead, d.places[2], []string{"p-qlxd"}}, // there he is a member like others
		{memberID, d.places[1], []string{"van-phong"}},
		{strangerID, d.places[2], []string{"p-qlxd"}},
	} {
		asks := slices.Clone(readings)
		mine := func(task *plan.Task) bool { return slices.ContainsFunc(reader.units, task.Concerns) }
		for _, task := range d.plan.Tasks {
			for _, form := range []string{"/task %d", "/history %d", "/task_%d", "/lichsu%d/2024"} {
				asks = append(asks, fmt.Sprintf(form, task.Number))
			}
		}
		for _, ask := range asks {
			said := d.handle(d.event(reader.who, reader.place, ask), false)
			for range 6 {
				d.reveals(reader.who, ask, said, mine)
				turn := said.button("›")
				if turn == nil {
					break
				}
				said = d.press(reader.who, reader.place, *turn)
			}
			for _, b := range said.buttons {
				if b.Action.Verb == "task" || b.Action.Verb == "history" {
					d.reveals(reader.who, ask+" "+b.Label, d.press(reader.who, reader.place, b), mine)
				}
			}
		}
	}
}

// reveals fails the test for what is said of tasks that are not the reader's.
func (d *desk) reveals(who int64, ask string, said saying, mine func(*plan.Task) bool) {
	d.Helper()
	for _, m := range taskLink.FindAllStringSubmatch(said.text(), -1) {
		n, _ := strconv.Atoi(m[1])
		if !mine(d.plan.Task(n)) {
			d.Errorf("%d asks %q and is offered task %d", who, ask, n)
		}
	}
	for _, task := range d.plan.Tasks {
		if !mine(task) && (strings.Contains(said.text(), "· "+task.ShortTitle) || strings.Contains(said.text(), task.Content)) {
			d.Errorf("%d asks %q and reads of task %d:\n%s", who, ask, task.Number, said.text())
		}
	}
	for secret, task := range map[string]int{"nội dung riêng 15": 15, "nội dung riêng 2": 2, "nội dung riêng 3": 3} {
		if !mine(d.plan.Task(task)) && strings.Contains(said.text(), secret) {
			d.Errorf("%d asks %q and reads the report on task %d", who, ask, task)
		}
	}
	for _, b := range said.buttons {
		for _, n := range b.Action.Tasks {
			if !mine(d.plan.Task(n)) {
				d.Errorf("%d asks %q and gets a button of task %d", who, ask, n)
			}
		}
	}
}

func TestPagesOfAListShowEachReaderHisOwn(t *testing.T) {
	d := newDesk(t)
	group := d.places[1]
	own := d.handle(d.event(officeHead, group, "/viec"), false).button("›")
	if own == nil {
		t.Fatal("the list of van-phong has one page")
	}
	d.refused(d.press(divHead, d.places[2], *own), "a page of van-phong's list, from the group of p-qlxd")
	d.refused(d.press(inspHead, private(inspHead), *own), "a page of van-phong's list, from a private chat")
	all := d.handle(d.event(directorID, group, "/viec"), false).button("›")
	for range 5 {
		said := d.press(memberID, group, *all)
		d.reveals(memberID, "a page of the director's list", said, func(task *plan.Task) bool { return task.Concerns("van-phong") })
		if all = said.button("›"); all == nil {
			t.Fatalf("no page after %q", said.text())
		}
	}
}

// A head of two units speaks for each from its own chat.
func TestAChatHearsOfItsOwnUnit(t *testing.T) {
	d := newDesk(t)
	d.write(func(tx *storage.Tx) error { return tx.AddHead(officeHead, "p-qlxd", d.now()) })
	before := d.export()
	for _, text := range []string{"/undo", "/done 17", "/task 17", "/history 17", "/tasks", "/done"} {
		said := d.handle(d.event(officeHead, d.places[2], text), false)
		d.reveals(officeHead, text, said, func(task *plan.Task) bool { return task.Concerns("p-qlxd") })
		if after := d.export(); after != before {
			t.Errorf("%s in the group of p-qlxd: %s\n%s", text, said.text(), firstDifference(before, after))
			before = after
		}
	}
}
