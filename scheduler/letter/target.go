package letter

import (
	"regexp"
	"strings"
)

// ref is a part of the letter that a demand names: "nội dung 3", "khoản 4 Mục
// II", "các nội dung còn lại".
type ref struct {
	label string // "3", "a"; "" with rest
	group string // the section around it, "II", where the letter says
	nth   int    // "nội dung thứ hai" is the second
	outer bool   // it is a group of topics rather than one
	rest  bool   // whatever no other demand names
}

const label = `(?:số )?\(?(\d{1,2}(?:\.\d{1,2})?|[a-eđ]|[ivx]{1,4})\)?`

var (
	refHere = regexp.MustCompile(`(?:^|[^\p{L}])(?:(?:nội dung|các nội dung)(?: (?:tại|ở|của|thuộc|trong|nêu tại|quy định tại))?(?: (?:mục|khoản|điểm|ý|phần|nhóm))?|mục|khoản|điểm|tiểu mục|ý|nhóm(?: nội dung)?) ` + label +
		`(?:(?:(?:,| và|;)?(?: \(?(?:nội dung|mục|khoản|điểm|phần|nhóm))? |,)` + label + `)*(?:[^\p{L}\d/]|$)`)
	refNth  = regexp.MustCompile(`nội dung thứ (nhất|hai|ba|tư|năm|\d)`)
	refRest = regexp.MustCompile(`(?:các |những )?(?:nội dung|mục|phần)(?: tuyên truyền)? (?:còn lại|khác)`)
	refWave = regexp.MustCompile(`^(?:- )?(đợt \d{1,2})(?:[^\p{L}\d]|$)`)
)

// refsAt reads the parts of the letter that the words around the demand at
// byte i name: those before it in its stretch of the sentence, or else those
// behind it.
func (p *prose) refsAt(i int) []ref {
	from := p.stretchStart(i)
	if refs := readRefs(p.fold[from:i]); refs != nil {
		if strings.HasPrefix(refs[0].label, "đợt ") {
			return p.refsOfPhase(i, refs)
		}
		return refs
	}
	stop, _ := p.boundary(i, min(i+maxSentence, len(p.text)))
	if !hasOne(p.fold[i:stop], "nội dung |mục |khoản |điểm ") {
		return nil
	}
	return readRefs(afterSelf.FindString(p.fold[i:stop]))
}

// refsOfPhase are the parts that are named behind the time of a phase, "Đợt 1 (từ
// ngày …): phát nội dung mục 1", or else the phase itself.
func (p *prose) refsOfPhase(i int, phase []ref) []ref {
	rest, _, _ := strings.Cut(ahead(p.fold, i, maxSentence), ";")
	rest, _, _ = strings.Cut(rest, ". ")
	if refs := readRefs(rest); refs != nil {
		return refs
	}
	return phase
}

// afterSelf is where the part may be named behind the demand.
var afterSelf = regexp.MustCompile(`(?:về|đối với|cho|của) (?:các )?(?:nội dung|mục|khoản|điểm) .*$`)

// stretchStart is where the words that belong to byte i begin: behind the last
// semicolon or sentence's end, or at "riêng".
func (p *prose) stretchStart(i int) int {
	from := p.sentenceStart(i)
	if semicolon := strings.LastIndexByte(p.fold[from:i], ';'); semicolon >= 0 {
		from += semicolon + 1
	}
	if own := strings.LastIndex(p.fold[from:i], "riêng "); own >= 0 {
		from += own
	}
	return from
}

// readRefs reads the parts named in folded words.
func readRefs(words string) []ref {
	if !hasOne(words, "nội dung|mục|khoản|điểm|đợt|ý |nhóm|phần") {
		return nil
	}
	if m := refNth.FindStringSubmatch(words); m != nil {
		return []ref{{nth: nth(m[1])}}
	}
	if refRest.MatchString(words) {
		return []ref{{rest: true}}
	}
	wave := refWave.FindStringSubmatch(words)
	words = strings.ReplaceAll(words, "chuyên mục", "chuyên-mục")
	if part, ok := strings.CutPrefix(strings.TrimLeft(words, "-+ "), "phần "); ok {
		words = "mục " + part
	}
	m := lastIndex(refHere, words)
	if m == nil || counts.MatchString(words[m[1]-1:]) {
		if wave != nil {
			return []ref{{label: wave[1]}}
		}
		return nil
	}
	return labelsIn(words[m[0]:m[1]])
}

// counts follows figures that number airings and not a section.
var counts = regexp.MustCompile(`^ ?(?:(?:lần|lượt|buổi|phút|giờ|kỳ|tin|bài|chương trình|số|h)(?:[^\p{L}]|$)|(?:ngày|tuần|tháng)(?: [^\d]|[^\p{L} ]|$))`)

// lastIndex is where the last match of a pattern stands in s, or nil.
func lastIndex(pattern *regexp.Regexp, s string) []int {
	all := pattern.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// labelsIn lists the labels in "nội dung 1, 2", and in "khoản 4 Mục II" the one
// within the other.
func labelsIn(words string) []ref {
	var out []ref
	before := ""
	tied := false // the label before is right before the word for its section: "điểm c mục 1"
	outer := strings.Contains(words, "nhóm ")
	for _, word := range strings.FieldsFunc(strings.ReplaceAll(words, ",", ", "), func(r rune) bool { return strings.ContainsRune(" ;():", r) }) {
		apart := strings.HasSuffix(word, ",")
		section := before == "mục" || before == "phần" || before == "khoản"
		switch word = strings.Trim(word, ".,"); {
		case !isLabel.MatchString(word):
			tied = isLabel.MatchString(before) && (word == "mục" || word == "phần" || word == "khoản")
		case len(out) > 0 && section && (tied || before != "khoản" && strings.Trim(word, "ivx") == ""):
			for i := range out {
				out[i].group = word
			}
		default:
			out = append(out, ref{label: word, outer: outer})
		}
		if before = word; apart {
			before = ","
		}
	}
	return out
}

var isLabel = regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2})?|[a-eđ]|[ivx]{1,4})$`)

func nth(word string) int {
	for i, name := range []string{"nhất", "hai", "ba", "tư", "năm"} {
		if word == name {
			return i + 1
		}
	}
	return atoi(word)
}

// names reports whether the part is the one that a topic stands in, of which
// path are the labels from the outermost section to its own.
func (r ref) names(path []string, ordinal int) bool {
	if r.nth > 0 {
		return r.nth == ordinal
	}
	if r.outer {
		return r.namesGroup(path)
	}
	inGroup := r.group == ""
	for _, step := range path {
		step = strings.ToLower(strings.TrimPrefix(step, "0"))
		if inGroup && step == strings.TrimPrefix(r.label, "0") {
			return true
		}
		inGroup = inGroup || step == r.group
	}
	return false
}

// namesGroup reports whether one of the sections of a path is the group that is
// named. Groups are counted for themselves, "Nhóm 1", or like other sections.
func (r ref) namesGroup(path []string) bool {
	for i, step := range path {
		step = strings.ToLower(step)
		counted, isGroup := strings.CutPrefix(step, groupStep)
		if isGroup || i+1 < len(path) && counted == r.label {
			return strings.TrimPrefix(counted, "0") == r.label
		}
	}
	return false
}

// targets are the indexes of the drafts that a demand names. Those that others
// have named are in taken.
func targets(drafts []*draft, refs []ref, taken map[int]bool) []int {
	var out []int
	for i, d := range drafts {
		for _, r := range refs {
			if r.rest && !taken[i] || !r.rest && r.names(d.path, i+1) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

var object = regexp.MustCompile(`[“"]([^“”"]{6,60})[”"]|(khẩu hiệu)|(bản tin \p{L}+ \p{L}+)`)

// objects are the words around a demand that may name a topic: what is quoted,
// slogans, a kind of bulletin.
func (p *prose) objects(d demanded) []string {
	var out []string
	for _, m := range object.FindAllStringSubmatch(p.fold[p.stretchStart(d.from):d.to], 4) {
		out = append(out, m[1]+m[2]+m[3])
	}
	return out
}

// says reports whether the words stand in a topic.
func (d *draft) says(words string) bool {
	for _, s := range d.parts {
		if strings.Contains(s.fold[s.from:s.to], words) {
			return true
		}
	}
	return false
}
