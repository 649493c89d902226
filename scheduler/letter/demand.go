package letter

import (
	"regexp"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// demanded is a demand where it stands in a paragraph.
type demanded struct {
	scheduler.Demand
	from, to int
	refs     []ref // the parts of the letter that it names; none speaks of where it stands
}

// rate reports whether the demand says how often rather than only until when.
func (d demanded) rate() bool {
	return d.PerDay > 0 || d.PerWeek > 0 || d.PerMonth > 0 || d.Total > 0 || d.MinutesPerDay > 0 || d.MinutesEach > 0 || len(d.Weekdays) > 0
}

// readDemands finds the pieces of the demands of a paragraph, in order and not
// yet merged.
func readDemands(p *prose, letter scheduler.Date) []demanded {
	if !p.onAir && !hasOne(ahead(p.fold, 0, 12), "đợt |tuần |giai đoạn |kỳ |từ ngày|từ nay") && !hasOne(p.fold, "phát|tiếp|tuyên truyền|thời lượng|thời gian|tần suất|/ngày|/tuần|mỗi|đọc|đưa tin|thông báo|truyền thanh|số lần|lượt| lần|phút|và sau|nội dung| bài | kỳ| buổi| số |mở |kèm") {
		return nil
	}
	var out []demanded
	out = append(out, readColumns(p, letter)...)
	out = append(out, readRates(p)...)
	out = append(out, readMinutes(p)...)
	out = append(out, readWeekdays(p)...)
	out = append(out, readHours(p, letter)...)
	out = append(out, readPeriods(p, letter)...)
	out = append(out, readManners(p)...)
	out = append(out, readWishes(p)...)
	return p.ofSessions(withoutOverlap(out))
}

// collect appends what a pattern finds near the words that it needs. The first
// group of the pattern is the stretch that the demand takes; read answers with
// an empty demand to leave it out. Needs are words of which one must be there,
// and behind "&" others of which one must be near, or behind "&#" units of which
// one must be near with a count before it.
func (p *prose) collect(out *[]demanded, needs string, pattern *regexp.Regexp, read func(at int, m []string) scheduler.Demand) {
	needs, also, both := strings.Cut(needs, "&")
	has := hasOne
	if strings.HasPrefix(also, "#") {
		has, also = hasCounted, also[1:]
	}
	for _, near := range around(p.fold, needs, 150, 110) {
		if both && !has(p.fold[near[0]:near[1]], also) {
			continue
		}
		p.collectIn(out, near, pattern, read)
	}
}

// collectIn is collect within one stretch.
func (p *prose) collectIn(out *[]demanded, near [2]int, pattern *regexp.Regexp, read func(at int, m []string) scheduler.Demand) {
	window := p.fold[near[0]:near[1]]
	for _, m := range pattern.FindAllStringSubmatchIndex(window, maxDemands) {
		from, to := near[0]+m[2], near[0]+m[3]
		d := demanded{Demand: read(from, groups(window, m)), from: from, to: to}
		if !d.IsWish() {
			*out = append(*out, d)
		}
	}
}

// hasOne reports whether one of the words is in s. A pattern costs far more
// than looking for a word that it needs.
func hasOne(s, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// countEnds are the counts in words, as the pattern of a count has them.
var countEnds = tailsOf(`một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười`)

// hasCounted reports whether one of the units is in s right behind a count.
func hasCounted(s, units string) bool {
	return slices.ContainsFunc(places(s, units), func(i int) bool {
		before := strings.TrimRight(s[:i], " ")
		return digitAt(before, len(before)-1) || strings.HasSuffix(before, ")") || countEnds.end(before) != ""
	})
}

// groups cuts the submatches of m out of s; those that took no part are "".
func groups(s string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

// withoutOverlap sorts by place and keeps the longer of two that overlap, except
// that a wish gives way to what can be counted.
func withoutOverlap(ds []demanded) []demanded {
	slices.SortStableFunc(ds, func(a, b demanded) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var out []demanded
	for _, d := range ds {
		n := len(out)
		switch {
		case n == 0 || d.from >= out[n-1].to:
			out = append(out, d)
		case out[n-1].IsWish() && !d.IsWish():
			out[n-1] = d
		case out[n-1].Total > 0 && d.PerDay > 0: // "ít nhất 2 lượt sáng, 2 lượt chiều"
			d.from = out[n-1].from
			out[n-1] = d
		case d.Regular && !out[n-1].Regular && d.to > out[n-1].to:
			d.from = out[n-1].to
			out = append(out, d)
		}
	}
	return out
}
