package grid

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Read reads a file of any of the formats. Of the ways to read a CSV the one
// counts for whose rows score is highest; see CSV. It fails with an *Error.
func Read(data []byte, score func([]Row) int) (*Document, error) {
	doc, err := readFormat(data, score)
	if err == nil && doc.shown() > maxUnpacked {
		return nil, unpacked()
	}
	return doc, err
}

func readFormat(data []byte, score func([]Row) int) (*Document, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, tooLarge()
	case len(bytes.TrimSpace(data)) == 0:
		return nil, &Error{Code: Empty}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readPackage(data)
	}
	if code := foreignFormat(data); code != "" {
		return nil, &Error{Code: code}
	}
	table, err := CSV(data, score)
	if err != nil {
		return nil, err
	}
	return &Document{Blocks: []Block{{Table: table}}}, nil
}

func tooLarge() *Error { return &Error{Code: TooLarge, Arg: strconv.Itoa(MaxBytes)} }

// readPackage reads what begins like a zip.
func readPackage(data []byte) (*Document, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	main, err := p.main()
	switch {
	case err != nil:
		return nil, err
	case p.has("word/vbaproject.bin"):
		return nil, &Error{Code: Macros, Arg: "Word"}
	case p.has("xl/vbaproject.bin"):
		return nil, &Error{Code: Macros, Arg: "Excel"}
	case strings.HasPrefix(main, "word/"):
		return readWord(p, main)
	case strings.HasPrefix(main, "xl/") && strings.HasSuffix(main, ".bin"):
		return nil, &Error{Code: BinaryExcel}
	case strings.HasPrefix(main, "xl/"):
		return readWorkbook(p, main)
	case p.has("mimetype") && p.has("content.xml"):
		return nil, &Error{Code: OpenDocument}
	}
	return nil, &Error{Code: Archive}
}

// main returns the part that the package is about. Most call it the same, but
// it is the package's list of relations that counts.
func (p *parts) main() (string, error) {
	var main string
	err := p.read("_rels/.rels", "zip", func(t *tokens) error {
		return t.each(func(e xml.StartElement) error {
			if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
				main = partName(attr(e, "Target"))
			}
			return nil
		})
	})
	if err != nil || p.has(main) {
		return main, err
	}
	for _, usual := range []string{"word/document.xml", "xl/workbook.xml", "xl/workbook.bin"} {
		if p.has(usual) {
			return usual, nil
		}
	}
	return "", nil
}

// foreignFormat recognises what people send for a table by mistake.
func foreignFormat(data []byte) Code {
	head := data[:min(len(data), 4096)]
	for code, marks := range map[Code][]string{
		PDF:      {"%PDF-"},
		Picture:  {"\xff\xd8\xff", "\x89PNG\r\n", "GIF87a", "GIF89a", "II*\x00", "MM\x00*"},
		Archive:  {"Rar!\x1a\a", "7z\xbc\xaf\x27\x1c", "\x1f\x8b", "\xfd7zXZ\x00", "BZh"},
		RichText: {`{\rtf`},
	} {
		for _, mark := range marks {
			if bytes.HasPrefix(head, []byte(mark)) {
				return code
			}
		}
	}
	switch text := strings.ToLower(strings.TrimSpace(string(head))); {
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compoundFormat(data)
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:12]) == "WEBP",
		len(head) > 12 && string(head[4:8]) == "ftyp":
		return Picture
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"):
		return WebPage
	case strings.HasPrefix(text, "<?xml"):
		return Unknown
	}
	if bytes.IndexByte(head, 0) >= 0 && wideOrder(data) == nil {
		return Unknown
	}
	return ""
}

// compoundFormat tells what a compound file of Office 97-2003 holds by the
// names in its directory. Files with a password are of this kind too, whatever
// is in them.
func compoundFormat(data []byte) Code {
	has := func(name string) bool {
		var wide []byte
		for _, u := range utf16.Encode([]rune(name)) {
			wide = append(wide, byte(u), byte(u>>8)) //nolint:gosec // the two halves of it
		}
		return bytes.Contains(data, wide)
	}
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return Protected
	case has("WordDocument"):
		return OldWord
	case has("Workbook"), has("Book"):
		return OldExcel
	}
	return Unknown
}
