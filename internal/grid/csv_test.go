package grid_test

import (
	"encoding/binary"
	"errors"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"dondoc/internal/grid"
)

// wide is the text in UTF-16.
func wide(text string, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestCSVForms(t *testing.T) {
	const text = "STT,Nội dung,Hạn\n1,\"a, b\nc\",Quý I\n"
	for name, data := range map[string][]byte{
		"plain":                     []byte(text),
		"byte order mark":           []byte("\ufeff" + text),
		"UTF-16":                    wide(text, binary.LittleEndian, true),
		"UTF-16 big-endian":         wide(text, binary.BigEndian, true),
		"UTF-16 without a mark":     wide(text, binary.LittleEndian, false),
		"big-endian without a mark": wide(text, binary.BigEndian, false),
		"semicolons":                []byte("STT;Nội dung;Hạn\r\n1;\"a, b\r\nc\";Quý I\r\n"),
		"tabs":                      []byte("STT\tNội dung\tHạn\n1\t\"a, b\nc\"\tQuý I\n"),
		"sep line":                  []byte("sep=;\r\nSTT;Nội dung;Hạn\n1;\"a, b\nc\";Quý I\n"),
		"decomposed, soft hyphens":  []byte("STT,No\u0323\u0302i dung,Hạn\n1,\"a\u00ad, b \n\n c\",Quý\u200b I,,\n,,\n"),
	} {
		t.Run(name, func(t *testing.T) { wantShown(t, read(t, data), "STT|Nội dung|Hạn", "1|a, b\nc|Quý I") })
	}
}

// A line of nothing but separators takes no room for its fields.
func TestCSVPartedTooOften(t *testing.T) {
	data := []byte("STT,Nội dung\n" + strings.Repeat(",", 9<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := grid.CSV(data, func([]grid.Row) int { return 0 })
	runtime.ReadMemStats(&after)
	if e, ok := errors.AsType[*grid.Error](err); !ok || e.Line != 2 {
		t.Errorf("error %v, want one of line 2", err)
	}
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 200 {
		t.Errorf("%d MB were allocated", mb)
	}
}
