package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// Counts of airings in each of the sessions of a day: "02 lượt/buổi, 02
// buổi/ngày" are four a day, "mỗi buổi phát 1 lần, sáng và chiều" two.

const session = `(?:buổi|ca|phiên|cữ)`

var (
	// perSession is how often in each session.
	perSession = regexp.MustCompile(`(?:^|[^\p{L}\d])(` + floor + `?` + count + ` ?(?:lượt|lần) ?(?:/|mỗi|một|trong mỗi|trên) ?` + session + `|mỗi ` + session + `(?: phát(?: thanh| sóng)?)?,? (?:phát |đọc )?` + floor + `?` + count + ` (?:lượt|lần))` + wordEnds)
	// sessionsDaily is how many sessions a day has.
	sessionsDaily = regexp.MustCompile(`(?:^|[^\p{L}\d])(?:` + count + ` ` + session + ` ?(?:/|mỗi |một |trong |trên )(?:một |mỗi )?ngày|ngày(?: phát| có)? ` + count + ` ` + session + `)` + wordEnds)
	// sessionsNamed are the parts of the day that those are.
	sessionsNamed = regexp.MustCompile(`^,? ?\(?(?:gồm |vào |cả |các )*(?:buổi )?(?:sáng|trưa|chiều|tối)(?:(?:,| và|,? và) (?:buổi )?(?:sáng|trưa|chiều|tối))+`)
)

// readSessions finds counts of airings in sessions, times how many of these the
// same sentence gives a day. They take the place of both counts.
func (p *prose) readSessions(out *[]demanded) {
	p.collect(out, "mỗi buổi|một buổi|/buổi|/ buổi|mỗi ca |/ca|mỗi phiên|/phiên|mỗi cữ|/cữ&# lượt| lần", perSession, func(at int, m []string) scheduler.Demand {
		sentence := p.sentenceAt(at)
		each, sessions := amount(m[2])+amount(m[3]), 0
		if g := sessionsDaily.FindStringSubmatch(sentence); g != nil {
			sessions = amount(g[1]) + amount(g[2])
		} else if named := sessionsNamed.FindString(ahead(p.fold, at+len(m[1]), 60)); named != "" {
			sessions = len(nextPart.FindAllString(named, -1))
		}
		if !p.aired(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{PerDay: each * sessions}
	})
}

// ofSessions drops the counts of sessions a day from a sentence in which those
// of airings have been multiplied by them.
func (p *prose) ofSessions(ds []demanded) []demanded {
	products := map[int]int{}
	for _, d := range ds {
		if d.PerDay > 0 && perSession.MatchString(" "+p.fold[d.from:d.to]) {
			products[p.sentenceStart(d.from)] = d.from + 1
		}
	}
	if len(products) == 0 {
		return ds
	}
	var out []demanded
	for _, d := range ds {
		product := products[p.sentenceStart(d.from)]
		if product == 0 || product == d.from+1 || d.PerDay == 0 || !sessionsDaily.MatchString(" "+p.fold[d.from:min(d.to+1, len(p.fold))]+" ") {
			out = append(out, d)
		}
	}
	return out
}

// labelledRate is a count behind what it is of: "Số lượt mỗi ngày: 02", "Số kỳ
// phát: 08 kỳ".
var labelledRate = regexp.MustCompile(`(?:^|[^\p{L}])((?:tổng )?(?:số|tần suất) (?:lượt|lần|buổi|kỳ|phát)(?: phát(?: sóng| thanh)?)?(?: ?(?:/|mỗi |một |trong )(ngày|tuần|tháng))?(?: ?:|,| là)? ` + floor + `?` + count + `(?: (?:lượt|lần|buổi|kỳ)(?: ?(?:/|mỗi |một |trong )(ngày|tuần|tháng))?)?)` + wordEnds)

// readLabelled finds such counts. Without a unit they are of the whole period.
func (p *prose) readLabelled(out *[]demanded) {
	p.collect(out, "số lượt|số lần|số buổi|số kỳ|tần suất phát", labelledRate, func(at int, m []string) scheduler.Demand {
		unit := m[2] + m[4]
		switch rest := ahead(p.fold, at+len(m[1]), 12); {
		case perSomething.MatchString(rest), hasOne(rest, "phút|ngày|tuần"), strings.HasPrefix(m[1], "tần suất") && unit == "":
			return scheduler.Demand{}
		case unit != "":
			return perUnit(m[3], unit)
		}
		return scheduler.Demand{Total: amount(m[3])}
	})
}
