package plan

import "strings"

// A term is the meaning of a word, or group of words, that the grammars know.
type term int

const (
	termOther term = iota // not known: no grammar but the tail of an event takes it

	termDay     // ngày
	termMonth   // tháng
	termQuarter // quý
	termYear    // năm
	termWeek    // tuần
	termHour    // giờ
	termMinute  // phút
	termNumber  // một, hai, ...: the token's value
	termMung    // mùng: before the days 1 to 10

	termEach     // hàng, mỗi
	termPeriodic // định kỳ
	termTimes    // lần

	termBefore  // trước
	termTo      // đến
	termThrough // hết
	termFrom    // từ
	termFromNow // từ nay
	termIn      // trong, vào
	termWithin  // trong vòng
	termLast    // cuối
	termFirst   // đầu
	termMiddle  // giữa
	termHalf    // nửa
	termWhole   // cả
	termAll     // các
	termOf      // của
	termAnd     // và
	termOr      // hoặc
	termStage   // giai đoạn

	termDone     // hoàn thành, xong
	termDeadline // chậm nhất, hạn cuối, thực hiện: before a deadline, adding nothing
	termExpected // dự kiến
	termTime     // thời gian, thời hạn
	termAct      // báo cáo, trình, ban hành: may name whom it goes to
	termOrgan    // UBND, tỉnh: whom an act goes to

	termOngoing // thường xuyên, liên tục
	termKeep    // duy trì, cập nhật: beside termOngoing, adding nothing

	termWhen     // khi, sau khi
	termNotWhen  // trước khi, đến khi: no trigger, and no day either
	termAfter    // sau
	termSince    // kể từ
	termWorking  // làm việc
	termBy       // theo
	termRequest  // yêu cầu, đề nghị: "theo yêu cầu" is a trigger
	termRule     // quy định, hướng dẫn: "theo quy định" leaves the day to others
	termPlan     // kế hoạch, chương trình: as termRule, and may be yearly itself
	termUnset    // chưa xác định
	termAdHoc    // đột xuất
	termDuly     // đúng, bảo đảm
	termSequence // sau đó
)

// deadlineWords spells the terms; spellings are apart by "|". A word typed
// without any mark matches too, except where that is another word of the
// list: it then means the one that stands first.
var deadlineWords = []struct {
	term      term
	value     int
	spellings string
}{
	{termDay, 0, "ngày"},
	{termMonth, 0, "tháng|thg|th|t"},
	{termQuarter, 0, "quý|quí|qúy|qúi|q"},
	{termYear, 0, "năm"},
	{termWeek, 0, "tuần"},
	{termHour, 0, "giờ|h"},
	{termMinute, 0, "phút"},
	{termMung, 0, "mùng|mồng"},

	{termEach, 0, "hàng|hằng|mỗi|từng"},
	{termPeriodic, 0, "định kỳ|định kì|theo định kỳ|theo định kì"},
	{termTimes, 0, "lần"},

	{termBefore, 0, "trước"},
	{termTo, 0, "đến|tới|cho đến|cho tới"},
	{termThrough, 0, "hết"},
	{termFrom, 0, "từ"},
	{termFromNow, 0, "từ nay"},
	{termIn, 0, "trong|vào|ngay trong"},
	{termWithin, 0, "trong vòng|trong thời hạn|trong thời gian"},
	{termLast, 0, "cuối"},
	{termFirst, 0, "đầu"},
	{termMiddle, 0, "giữa"},
	{termHalf, 0, "nửa"},
	{termWhole, 0, "cả"},
	{termAll, 0, "các"},
	{termOf, 0, "của"},
	{termAnd, 0, "và"},
	{termOr, 0, "hoặc"},
	{termStage, 0, "giai đoạn"},

	{termDone, 0, "hoàn thành|hoàn tất|hoàn thành xong|xong|kết thúc"},
	{termDeadline, 0, "chậm nhất|muộn nhất|trễ nhất|không muộn hơn|không chậm hơn|không quá|hạn|hạn cuối|hạn chót|" +
		"hạn cuối cùng|là|thực hiện|tổ chức thực hiện|triển khai|triển khai thực hiện|phấn đấu|phải"},
	{termExpected, 0, "dự kiến"},
	{termTime, 0, "thời gian|thời hạn|thời điểm"},
	{termAct, 0, "báo cáo|báo cáo kết quả|gửi|gửi báo cáo|nộp|nộp báo cáo|trình|tham mưu trình|ban hành|phê duyệt|" +
		"công bố|tổ chức|sơ kết|tổng kết"},
	{termOrgan, 0, "ubnd|hđnd|ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|tỉnh|thành phố|huyện|xã|phường|" +
		"chính phủ|thủ tướng|thủ tướng chính phủ|chủ tịch|bộ|sở|bộ nội vụ|sở nội vụ|tỉnh ủy|tỉnh uỷ|thành ủy|" +
		"thành uỷ|ban thường vụ|ban chỉ đạo|lãnh đạo|cấp có thẩm quyền|cơ quan có thẩm quyền"},

	{termOngoing, 0, "thường xuyên|liên tục"},
	{termKeep, 0, "duy trì|cập nhật|kịp thời|nhiệm vụ|công việc|theo dõi"},
	{termSequence, 0, "sau đó"},

	{termWhen, 0, "khi|ngay khi|mỗi khi|khi nào|sau khi|ngay sau khi"},
	{termNotWhen, 0, "trước khi|đến khi|tới khi|cho đến khi|cho tới khi|trong khi"},
	{termAfter, 0, "sau"},
	{termSince, 0, "kể từ|kể từ khi|tính từ|tính từ khi|từ khi"},
	{termWorking, 0, "làm việc"},
	{termBy, 0, "theo"},
	{termRequest, 0, "yêu cầu|đề nghị|đề xuất|phát sinh|thực tế phát sinh|yc"},
	{termRule, 0, "quy định|qui định|hướng dẫn|chỉ đạo|ý kiến chỉ đạo|tiến độ|lộ trình|lịch|thông báo|phân công|" +
		"phân cấp|văn bản|quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị|kết luận|luật|đề án"},
	{termPlan, 0, "kế hoạch|chương trình"},
	{termUnset, 0, "chưa xác định|chưa ấn định|thông báo sau|sẽ thông báo sau|có thông báo sau|sẽ có thông báo sau"},
	{termAdHoc, 0, "đột xuất"},
	{termDuly, 0, "đúng|bảo đảm|đảm bảo|bảo đảm đúng|đảm bảo đúng"},

	{termNumber, 1, "một"},
	{termNumber, 2, "hai"},
	{termNumber, 3, "ba"},
	{termNumber, 4, "bốn|tư"},
	{termNumber, 6, "sáu"},
	{termNumber, 7, "bảy|bẩy"},
	{termNumber, 8, "tám"},
	{termNumber, 9, "chín"},
	{termNumber, 10, "mười"},
	{termNumber, 11, "mười một"},
	{termNumber, 12, "mười hai"},
}

// A termSpelling is one way to write a term.
type termSpelling struct {
	term  term
	value int
	words []string // with their marks
	bare  []string // without; nil if that is another word of the list
}

// maxTermWords is how many words the longest spelling has.
const maxTermWords = 5

// deadlineVocabulary finds spellings by their folded form.
var deadlineVocabulary = func() map[string][]termSpelling {
	v := make(map[string][]termSpelling)
	for _, w := range deadlineWords {
		for text := range strings.SplitSeq(w.spellings, "|") {
			key := Fold(text)
			s := termSpelling{term: w.term, value: w.value, words: strings.Fields(text)}
			if len(v[key]) == 0 || v[key][0].term == w.term {
				s.bare = strings.Fields(key)
			}
			v[key] = append(v[key], s)
		}
	}
	return v
}()

// applyVocabulary names the terms, joining words that are one term together.
// The longest spelling wins: "sau khi" is not "sau".
func applyVocabulary(tokens []deadlineToken) []deadlineToken {
	out := make([]deadlineToken, 0, len(tokens))
	for i := 0; i < len(tokens); {
		n, s := longestSpelling(tokens[i:])
		if n == 0 {
			out = append(out, tokens[i])
			i++
			continue
		}
		t := tokens[i]
		t.term, t.value = s.term, s.value
		for _, next := range tokens[i+1 : i+n] {
			t.text += " " + next.text
		}
		out = append(out, t)
		i += n
	}
	return out
}

func longestSpelling(tokens []deadlineToken) (int, termSpelling) {
	var keys []string
	for i, t := range tokens {
		if i == maxTermWords || t.kind != tokenWord {
			break
		}
		keys = append(keys, Fold(t.text))
	}
	for n := len(keys); n > 0; n-- {
		for _, s := range deadlineVocabulary[strings.Join(keys[:n], " ")] {
			if s.matches(tokens[:n]) {
				return n, s
			}
		}
	}
	return 0, termSpelling{}
}

func (s termSpelling) matches(tokens []deadlineToken) bool {
	if len(tokens) != len(s.words) {
		return false
	}
	for i, t := range tokens {
		if t.text != s.words[i] && (s.bare == nil || t.text != s.bare[i]) {
			return false
		}
	}
	return true
}
