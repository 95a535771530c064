package handlers

// planRows are the commands by which the office runs the plan through the year.
// The director decides on the office's own work, which is not its own to decide.
func planRows() []row {
	return []row{
		{
			verb: verbPublish, names: []string{"publish", "giaoviec"}, who: admin, where: anyplace, menu: admin,
			run: (*call).publish, press: (*call).pressPublish,
		},
		{verb: "receive", who: member | head, where: anyplace, press: (*call).receive},
		{
			verb: "return", names: []string{"return", "tralai"}, who: admin | director, where: anyplace, menu: admin,
			run: (*call).giveBack,
		},
		{
			verb: verbTrigger, names: []string{"trigger", "phatsinh"}, who: admin, where: anyplace, menu: admin,
			run: (*call).trigger, press: (*call).pressTrigger,
		},
		{
			verb: verbDeadline, names: []string{"deadline", "thoihan"}, who: admin | director, where: anyplace, menu: admin,
			run: (*call).setDeadline,
		},
		{
			verb: verbNudge, names: []string{"nudge", "nhac"}, who: admin | director, where: anyplace, menu: admin | director,
			run: (*call).nudge, press: (*call).pressNudge,
		},
		{
			verb: "add", names: []string{"add", "themviec"}, who: admin | director, where: anyplace, menu: admin | director,
			run: (*call).add, reply: (*call).add,
		},
		{
			verb: verbAnswer, who: admin | director, where: anyplace,
			press: (*call).answerExtension, reply: (*call).explainRefusal,
		},
		{
			verb: verbReport, names: []string{"report", "baocao"}, who: director | admin, where: anyplace, menu: director | admin,
			run: (*call).reportPeriod, press: (*call).pressPeriod,
		},
		{verb: verbFreeze, who: admin, where: anyplace, press: (*call).pressFreeze},
	}
}
