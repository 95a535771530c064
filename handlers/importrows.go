package handlers

const verbImport = "import"

// importRows are the command that takes a plan file over, and the buttons under
// its preview.
func importRows() []row {
	return []row{
		{
			verb: verbImport, names: []string{"import"}, who: admin, where: anyplace, menu: admin,
			run: (*call).importPlan, press: (*call).pressImport, reply: (*call).replyImport, file: (*call).importFetched,
			digest: digestPlan,
		},
		{verb: "import_name", who: admin, where: anyplace, press: (*call).pressImportName},
		{verb: "import_unit", who: admin, where: anyplace, press: (*call).pressImportUnit},
		{verb: "import_new", who: admin, where: anyplace, press: (*call).pressImportNew},
		{verb: "import_skip", who: admin, where: anyplace, press: (*call).pressImportSkip},
	}
}
