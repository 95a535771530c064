package handlers

// readRows are the commands that show how things stand.
func readRows() []row {
	return []row{
		{
			verb: verbTasks, names: []string{"tasks", "viec"}, who: reader, where: anyplace, menu: reader,
			run: (*call).listTasks, press: (*call).pressTasks,
		},
		{
			verb: verbTask, names: []string{"task", "nhiemvu"}, who: reader, where: anyplace, menu: reader,
			run: (*call).showTask, press: (*call).pressTask,
		},
		{
			verb: verbDue, names: []string{"due", "sapden"}, who: reader, where: anyplace, menu: reader,
			run: (*call).listDue, press: (*call).listDue,
		},
		{
			verb: verbOverdue, names: []string{"overdue", "quahan"}, who: reader, where: anyplace, menu: reader,
			run: (*call).listOverdue, press: (*call).listOverdue,
		},
		{
			verb: verbSummary, names: []string{"summary", "tonghop"}, who: reader, where: anyplace, menu: reader,
			run: (*call).summary, press: (*call).pressSummary,
		},
		{verb: verbPicture, who: reader, where: anyplace, press: (*call).pressPicture},
		{
			verb: verbHistory, names: []string{"history", "lichsu"}, who: reader, where: anyplace, menu: reader,
			run: (*call).history, press: (*call).pressHistory,
		},
		{verb: verbDirect, who: director, where: anyplace, reply: (*call).direct},
	}
}
