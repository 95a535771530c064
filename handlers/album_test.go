package handlers_test

import (
	"slices"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

// A command may answer one file of an album, or stand under one and lack
// something that is asked for: the whole album backs the report either way.
func TestAnAlbumStaysTogether(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := func(name string) *botserver.Upload { return &botserver.Upload{Name: name, Data: []byte("%PDF")} }
	backs := func(task int, want ...string) {
		t.Helper()
		var names []string
		for _, e := range o.occurrence(task, "van-phong", "").Reports[0].Evidence {
			names = append(names, e.FileName)
		}
		if !slices.Equal(names, want) {
			t.Errorf("task %d is backed by %q", task, names)
		}
	}
	ids, err := o.srv.Album(officeHead, officeHead, botserver.Post{File: file("1.pdf")}, botserver.Post{File: file("2.pdf")})
	o.must(err)
	o.set("11/01/2024 09:30")
	o.post(officeHead, in(officeHead), botserver.Post{Text: "/done 15", ReplyTo: ids[1]}, 1)
	backs(15, "1.pdf", "2.pdf")
	question := o.heard(officeHead, func() {
		_, err := o.srv.Album(officeHead, officeHead,
			botserver.Post{Text: "/blocked 26", File: file("3.pdf")}, botserver.Post{File: file("4.pdf")})
		o.must(err)
	})
	o.settle()
	o.set("11/01/2024 09:40")
	o.post(officeHead, in(officeHead), botserver.Post{Text: "chờ kinh phí", ReplyTo: question.ID}, 1)
	backs(26, "3.pdf", "4.pdf")
}

// What was sent with a command stays with it, however much must be asked.
func TestFilesOfACommandThatLacksSomething(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := func(name string) *botserver.Upload { return &botserver.Upload{Name: name, Data: []byte("%PDF")} }
	list := o.post(officeHead, in(officeHead), botserver.Post{Text: "/xong", File: file("1.pdf")}, 1)[0]
	list = o.pressed(officeHead, list, "1/3 ›")
	receipt := o.heard(officeHead, func() { o.press(officeHead, list, list.Buttons[0][0].Text) })
	o.has(receipt, "Minh chứng: 1.pdf")
	o.must(o.app.DB().Write(t.Context(), func(tx *storage.Tx) error { return tx.AddHead(divHead, "p-htkt", o.clock.Now()) }))
	which := o.heard(divHead, func() {
		_, err := o.srv.Album(divHead, divHead,
			botserver.Post{Text: "/vuong 1", File: file("2.pdf")}, botserver.Post{File: file("3.pdf")})
		o.must(err)
	})
	why := o.heard(divHead, func() { o.press(divHead, which, "P. Hạ tầng kỹ thuật") })
	receipt = o.post(divHead, in(divHead), botserver.Post{Text: "chờ văn bản", ReplyTo: why.ID}, 1)[0]
	o.has(receipt, "Minh chứng: 2.pdf, 3.pdf")
}
