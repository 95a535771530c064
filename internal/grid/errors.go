package grid

import "fmt"

// A Code says why a file cannot be read.
type Code string

// The codes, each with its argument.
const (
	TooLarge  Code = "too_large" // limit in bytes
	Unpacked  Code = "unpacked"  // limit in bytes
	ManyParts Code = "many_parts"
	ManyRows  Code = "many_rows" // limit in rows
	LongCell  Code = "long_cell" // limit in bytes
	NotUTF8   Code = "not_utf8"
	BadQuote  Code = "bad_quote"
	Empty     Code = "empty"
	Damaged   Code = "damaged" // Word, Excel or zip

	Protected    Code = "protected" // by a password
	Macros       Code = "macros"    // Word or Excel
	OldWord      Code = "old_word"
	OldExcel     Code = "old_excel"
	BinaryExcel  Code = "binary_excel"
	OpenDocument Code = "open_document"
	RichText     Code = "rich_text"
	WebPage      Code = "web_page"
	PDF          Code = "pdf"
	Picture      Code = "picture"
	Archive      Code = "archive"
	Unknown      Code = "unknown"
)

// An Error says why a file, or what follows in it, cannot be read, and what to
// send instead.
type Error struct {
	Line int // 0 if it concerns the whole file
	Code Code
	Arg  string // see the codes
}

// Error returns the problem on one line of English.
func (e *Error) Error() string {
	text := e.format()
	if e.Arg != "" {
		text = fmt.Sprintf(text, e.Arg)
	}
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

func (e *Error) format() string {
	switch e.Code {
	case TooLarge:
		return "the file has more than %s bytes: keep only the table"
	case Unpacked:
		return "the file unpacks to more than %s bytes: keep only the table"
	case ManyParts:
		return "the file is packed of more than %s parts: keep only the table"
	case ManyRows:
		return "the table has more than %s rows: keep only the plan"
	case LongCell:
		return "a cell has more than %s bytes: look for a quotation mark that is not closed"
	case NotUTF8:
		return `the text is not UTF-8: save the file as "CSV UTF-8"`
	case BadQuote:
		return "a quotation mark is not closed or stands in an unquoted cell: quote the cell and double the marks in it"
	case Empty:
		return "the file is empty: use the one with the plan"
	case Damaged:
		return "the %s file is damaged or cut off: save it anew or copy it again"
	}
	return e.foreign()
}

// foreign names what cannot be a plan.
func (e *Error) foreign() string {
	const save = ": save it as .docx or .xlsx"
	switch e.Code {
	case Protected:
		return "the file is protected by a password: save it without one"
	case Macros:
		return "the file is one of %s with macros: save it as .docx or .xlsx, without them"
	case OldWord:
		return "the file is of Word 97-2003 (.doc): save it as .docx"
	case OldExcel:
		return "the file is of Excel 97-2003 (.xls): save it as .xlsx"
	case BinaryExcel:
		return "the file is a binary workbook (.xlsb): save it as .xlsx"
	case OpenDocument:
		return "the file is in OpenDocument format" + save
	case RichText:
		return "the file is in Rich Text format (.rtf): save it as .docx"
	case WebPage:
		return "the file is a web page" + save
	case PDF:
		return "the file is a PDF, of which the table cannot be read: use the .docx or .xlsx that it was made of"
	case Picture:
		return "the file is a picture: use the .docx or .xlsx of the plan"
	case Archive:
		return "the file is an archive: unpack it and use the .docx or .xlsx in it"
	}
	return "the file is neither .docx, .xlsx nor .csv" + save
}
