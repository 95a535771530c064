package handlers

// peopleRows are the commands about people, chats and units.
func peopleRows() []row {
	return []row{
		{
			verb: "link", names: []string{"link"}, who: admin, where: groups, menu: admin,
			run: (*call).link, press: (*call).pressLink,
		},
		{verb: "unlink", names: []string{"unlink"}, who: admin, where: anyplace, run: (*call).unlink},
		{
			verb: verbUnits, names: []string{"units"}, who: admin, where: anyplace, menu: admin,
			run: (*call).units, press: (*call).pressUnits,
		},
		{verb: verbInvite, names: []string{"invite"}, who: admin, where: private, menu: admin, run: (*call).invite},
		{verb: "bind", who: anyone, where: groups},
		{verb: "head", names: []string{"head"}, who: admin, where: groups, run: (*call).makeHead},
		{verb: "role", names: []string{"role"}, who: admin, where: groups, run: (*call).setRole},
		{verb: "ask_head", who: member, where: unitChat, press: (*call).askHead},
		{verb: "decide_head", who: admin, where: anyplace, press: (*call).decideHead},
		{verb: "drop_head", who: admin, where: anyplace, press: (*call).dropHead},
		{verb: "remove_person", who: admin, where: anyplace, press: (*call).removePerson},
		{verb: "lang", names: []string{"lang"}, who: reader, where: anyplace, run: (*call).setLang},
		{
			verb: verbStart, names: []string{"start"}, who: anyone, where: anyplace, run: (*call).start,
		},
		{
			verb: verbHelp, names: []string{"help", "trogiup"}, who: reader, where: anyplace, menu: anyone,
			run: (*call).help,
		},
	}
}
