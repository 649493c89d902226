package letter

import (
	"regexp"

	"loaphuong/scheduler"
)

// Counts of the parts of a day: "sáng một lượt, chiều một lượt" are two a day,
// "mỗi sáng một lần" is one.

const (
	daypart = `(?:buổi )?(?:sáng(?: sớm)?|trưa|chiều|tối)`
	// airingOf are the units that are said of a part of a day.
	airingOf = `(?:lượt|lần|bận|cữ|buổi|phiên|bản tin|chương trình|tin|bài)`
	daily    = `(?:(?:mỗi|hằng|hàng) (?:ngày[,:]? \(?)?(?:phát |đọc )?)?`
)

var (
	// partCounts names some parts of a day, each with its count in either order.
	partCounts = regexp.MustCompile(`(?:^|[^\p{L}\d])(` + daily + `(?:` + daypart + `:? (?:phát |đọc )?` + floor + `?` + count + ` ` + airingOf + `|` + count + ` ` + airingOf + ` (?:vào )?` + daypart + `)(?:(?:,| và|;|,? và| \+| -)? (?:vào )?(?:mỗi )?(?:` + daypart + `:? (?:phát |đọc )?` + count + ` ` + airingOf + `|` + count + ` ` + airingOf + ` (?:vào )?` + daypart + `))+(?: (?:mỗi|hằng|hàng|một) ngày)?)` + wordEnds)
	onePart    = regexp.MustCompile(`(\d{1,3}|[\p{L}]+) ` + airingOf + `(?:[^\p{L}]|$)`)
	// everyPart counts in each of the parts: "sáng, chiều mỗi buổi 02 lần".
	everyPart = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:(?:mỗi|các|hai|02|vào) )?` + daypart + `(?:(?:,| và|,? và) ` + daypart + `)*,?:? (?:mỗi buổi |mỗi lần )?(?:phát |đọc )?` + floor + `?` + count + ` ` + airingOf + `)` + wordEnds)
	nextPart  = regexp.MustCompile(`sáng|trưa|chiều|tối(?: [^t]| ?$|,)`)
	eachPart  = regexp.MustCompile(`^(?:mỗi|các|hai|02) |mỗi buổi|,| và `)
	// countedBefore is a count that the parts only divide: "02 lượt (sáng 1, …".
	countedBefore = regexp.MustCompile(count + ` ` + airingOf + `(?:/ngày| mỗi ngày)?[^.;\d]{0,24}[,:(] ?(?:gồm |trong đó |vào |cụ thể |chia )*:? ?$`)
)

// readDayparts finds counts that are said of the parts of a day.
func (p *prose) readDayparts(out *[]demanded) {
	const parts, times = "sáng|trưa|chiều|mỗi tối|buổi tối|các tối", " lượt| lần| bận| cữ| buổi| phiên| bản tin| chương trình| tin| bài"
	if !hasOne(p.fold, parts) {
		return
	}
	p.collect(out, parts+"&#"+times, partCounts, func(at int, m []string) scheduler.Demand {
		n := 0
		for _, one := range onePart.FindAllStringSubmatch(m[1], -1) {
			n += amount(one[1])
		}
		return p.dailyAt(at, m[1], n)
	})
	p.collect(out, parts+"&#"+times, everyPart, func(at int, m []string) scheduler.Demand {
		if !eachPart.MatchString(m[1]) {
			return scheduler.Demand{}
		}
		return p.dailyAt(at, m[1], amount(m[2])*len(nextPart.FindAllString(m[1], -1)))
	})
}

// dailyAt is n airings a day where the words at byte i say so, and do not only
// divide a count before them.
func (p *prose) dailyAt(i int, words string, n int) scheduler.Demand {
	if !p.aired(i, i+len(words)) || countedBefore.MatchString(behind(p.fold, i, 60)) {
		return scheduler.Demand{}
	}
	return scheduler.Demand{PerDay: n}
}
