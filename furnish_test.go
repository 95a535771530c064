//go:build unix

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"dondoc/internal/botserver"
)

// A place is a chat, or a topic of it.
type place struct {
	chat  int64
	topic int
}

// A unit has a group, or a topic of one, and heads.
type unit struct {
	code  string
	place place
	heads []int64
	tasks []int // ongoing ones that it leads: they take any number of reports
}

// manyUnits makes the office one of n units, each of which leads four ongoing
// tasks, in place of the shipped one.
func (o *office) manyUnits(n int) {
	o.Helper()
	units := "mã,tên,loại\n"
	tasks := "#số,98/QĐ-SXD\n#ngày,11/01/2024\n#năm,2024\n" +
		"STT,\"Nội dung, nhiệm vụ\",Đơn vị chủ trì,Đơn vị phối hợp,Thời gian hoàn thành,Ghi chú\nI,Cải cách thể chế,,,,\n"
	kind := "van_phong"
	for i := range n {
		name := fmt.Sprintf("Đơn vị số %d", i+1)
		units += fmt.Sprintf("dv-%d,%s,%s\n", i+1, name, kind)
		kind = "phong_cm"
		for j := range 4 {
			tasks += fmt.Sprintf("%d,Theo dõi thi hành pháp luật ở lĩnh vực %d.%d,%s,,Thường xuyên,\n", 4*i+j+1, i+1, j+1, name)
		}
	}
	folder := o.TempDir()
	for name, text := range map[string]string{"DONDOC_UNITS": units, "DONDOC_PLAN": tasks} {
		file := filepath.Join(folder, name+".csv")
		o.must(os.WriteFile(file, []byte(text), 0o600))
		o.setEnv(name + "=" + file)
	}
}

// furnish makes groups and heads for the first units that have something to
// report, lets an admin link and appoint them, and gives the plan out.
func (o *office) furnish(p *process, units, heads int) []unit {
	o.Helper()
	o.polled(p)
	var all []unit
	x := o.export()
	for _, v := range x.Units {
		if tasks := x.ongoing(v.Code); len(tasks) > 0 && len(all) < units {
			all = append(all, o.link(p, len(all), heads, v.Code))
			all[len(all)-1].tasks = tasks
		}
	}
	private := place{chat: admin}
	o.tell(p, admin, private, botserver.Post{Text: "/start"}, 1)
	question := o.tell(p, admin, private, botserver.Post{Text: "/publish"}, 1)
	before := make([]int, len(all))
	for i, u := range all {
		before[i] = o.count(u.place.chat)
	}
	_, err := o.srv.Press(admin, admin, question.ID, question.Buttons[0][0].CallbackData)
	o.must(err)
	for i, u := range all {
		o.must(o.until(p, func(w *botserver.World) bool { return len(w.FromBot(u.place.chat)) > before[i] }))
	}
	return all
}

// link makes the i-th unit's group, every third one a forum, and its heads.
func (o *office) link(p *process, i, heads int, code string) unit {
	o.Helper()
	u := unit{code: code, place: place{chat: int64(-2001 - i)}}
	members := []int64{o.srv.Bot().ID}
	for h := range heads {
		id := int64(3001 + 100*i + h)
		o.must(o.srv.AddUser(botserver.User{ID: id, FirstName: fmt.Sprintf("Đầu mối %d", id)}))
		u.heads = append(u.heads, id)
	}
	forum := i%3 == 1
	if forum {
		u.place.chat -= 1_000_000_000_000
	}
	o.must(o.srv.AddGroup(botserver.Group{
		ID: u.place.chat, Title: code, Forum: forum, Owner: admin, Members: append(members, u.heads...),
	}))
	if forum {
		var err error
		u.place.topic, err = o.srv.AddTopic(admin, u.place.chat, "Nhiệm vụ")
		o.must(err)
	}
	o.tell(p, admin, u.place, botserver.Post{Text: "/link " + code}, 2)
	for _, head := range u.heads {
		id, err := o.srv.Post(head, u.place.chat, botserver.Post{Text: "Đã vào nhóm.", Topic: u.place.topic})
		o.must(err)
		o.tell(p, admin, u.place, botserver.Post{Text: "/head", ReplyTo: id}, 1)
	}
	return u
}

// tell posts and returns the first of the n messages that the bot answers.
func (o *office) tell(p *process, user int64, at place, post botserver.Post, n int) botserver.Message {
	o.Helper()
	before := o.count(at.chat)
	post.Topic = at.topic
	_, err := o.srv.Post(user, at.chat, post)
	o.must(err)
	var got []botserver.Message
	o.must(o.until(p, func(w *botserver.World) bool {
		got = w.FromBot(at.chat)[before:]
		return len(got) >= n
	}))
	return got[0]
}

func (o *office) count(chat int64) (n int) {
	o.srv.View(func(w *botserver.World) { n = len(w.FromBot(chat)) })
	return n
}

// chatText is a chat's id as the parameters of a call bear it.
func chatText(id int64) string { return strconv.FormatInt(id, 10) }
