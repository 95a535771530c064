package locales

// LoadFrom and Files let tests load words of their own and read the real ones.
var (
	LoadFrom = load
	Files    = files
)
