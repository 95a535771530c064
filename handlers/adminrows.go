package handlers

// adminRows are the commands by which the office looks after the bot itself.
func adminRows() []row {
	return []row{
		{
			verb: verbSettings, names: []string{"settings"}, who: admin, where: anyplace, menu: admin,
			run: (*call).settings, press: (*call).pressSettings, reply: (*call).replySettings,
		},
		{
			verb: "holiday", names: []string{"holiday"}, who: admin, where: anyplace, menu: admin,
			run: (*call).holiday, press: (*call).pressHoliday,
		},
		{
			verb: verbCheck, names: []string{"check", "tukiemtra"}, who: admin, where: anyplace, menu: admin,
			run: (*call).check, press: (*call).pressCheck,
		},
		{
			verb: "close", names: []string{"close"}, who: admin, where: anyplace, menu: admin,
			run: (*call).closePlan, press: (*call).pressClose,
		},
	}
}
