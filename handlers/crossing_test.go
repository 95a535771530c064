package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// without is the appendix without the task.
func without(t *testing.T, number string) []byte {
	t.Helper()
	return version(t, func(row string) string {
		if strings.HasPrefix(row, number+",") {
			return ""
		}
		return row
	})
}

// imports takes a plan file over.
func (o *office) imports(file []byte) {
	o.Helper()
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "kế hoạch")
}

// A task may end between a question and its answer.
func TestTheReasonOfATaskThatHasEnded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	question := o.expect(officeHead, in(officeChat), "/vuong 15", "nêu lý do vướng mắc")
	o.imports(without(t, "15"))
	m := o.post(officeHead, in(officeChat), botserver.Post{Text: "chờ kinh phí", ReplyTo: question.ID}, 1)[0]
	o.has(m, "không còn hiệu lực")
}

// So may one between a nudge in the evening and the morning that it waits for.
func TestANudgeOfATaskThatHasEnded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 20:00")
	o.expect(adminID, in(adminID), "/nudge 15", "sẽ nhắc lúc 07:00")
	o.imports(without(t, "15"))
	o.has(o.heard(adminID, func() { o.set("14/03/2024 07:00") }), "không còn hiệu lực")
}

func TestARequestForATaskThatHasEnded(t *testing.T) {
	o, request := asked(t)
	o.imports(without(t, "15"))
	got := o.press(directorID, request, "Đồng ý")
	if !strings.Contains(got, "đã kết thúc") || strings.Contains(got, "chuyển sang đơn vị khác") {
		t.Errorf("the answer: %s", got)
	}
}
