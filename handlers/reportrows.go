package handlers

import "dondoc/internal/plan"

// reportRows are the commands by which units report.
func reportRows() []row {
	reporting := func(verb, alias string, status plan.Status) row {
		return row{
			verb: verb, names: []string{verb, alias}, who: head | admin, where: anyplace, menu: head,
			run:   func(c *call) error { return c.report(status) },
			press: func(c *call) error { return c.pressReport(status) },
			reply: func(c *call) error { return c.replyReport(status) },
		}
	}
	return []row{
		reporting(verbDone, "xong", plan.Done),
		reporting(verbDoing, "danglam", plan.InProgress),
		reporting(verbBlocked, "vuong", plan.Blocked),
		reporting(verbNone, "khongphatsinh", plan.NotArisen),
		{
			verb: verbCheckIn, names: []string{verbCheckIn, "baocaoky"}, who: head | admin, where: anyplace, menu: head,
			run: (*call).checkIn, press: (*call).pressCheckIn,
		},
		{verb: verbFormOpen, who: head | admin, where: anyplace, press: (*call).pressFormOpen},
		{verb: verbForm, who: head | admin, where: anyplace, press: (*call).pressForm, reply: (*call).replyForm},
		{
			verb: verbUndo, names: []string{"undo", "thuhoi"}, who: head | admin, where: anyplace, menu: head,
			run: (*call).undo, press: (*call).pressUndo,
		},
		{
			verb: verbExtend, names: []string{"extend", "giahan"}, who: head, where: anyplace, menu: head,
			run: (*call).extend, press: (*call).pressExtend, reply: (*call).replyExtend,
		},
		{verb: "move_report", who: head | admin, where: anyplace, press: (*call).moveReport},
		{verb: verbEvidence, who: head | admin, where: anyplace, reply: (*call).addEvidence},
	}
}
