package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// syllables are what the letters of the benchmark are made of, the frequent
// ones first.
const syllables = `tuyên truyền công tác trên địa bàn xã và của các về phòng chống dịch bệnh an toàn giao thông bảo hiểm y tế hộ gia đình
	vắc xin tiêm chủng nước sạch nông thôn mới lúa mùa vụ đông thu hoạch chuyển đổi số căn cước thuế đất đai rừng cháy nổ bão lũ
	hòa giải quý uỷ ban nhân dân tỉnh huyện kế hoạch thực hiện nghị quyết đại hội đảng bầu cử quốc khánh đường thủy lợi dương liễu`

// letterOf makes a letter of topics of 60 syllables, each citing a document.
func letterOf(i, topics int) scheduler.Directive {
	random := rand.New(rand.NewPCG(uint64(i), 7))
	words := strings.Fields(syllables)
	say := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(words[int(random.Float64()*random.Float64()*float64(len(words)))] + " ")
		}
		return b.String()
	}
	d := scheduler.Directive{ID: scheduler.DirectiveID(fmt.Sprintf("%016x", i)), Kind: "Công văn", Number: fmt.Sprintf("%d/UBND-VP", i),
		Date: scheduler.Date{Year: 2021, Month: 8, Day: 1 + i%28}, Issuer: "UBND tỉnh", Subject: say(12)}
	for n := range topics {
		cited := scheduler.Citation{Kind: "Kế hoạch", Number: fmt.Sprintf("%d-KH/TU", 10*i+n), Issuer: "Tỉnh ủy", Subject: say(8)}
		d.Topics = append(d.Topics, scheduler.Topic{Ordinal: n + 1, Title: say(8), Text: say(60), Citations: []scheduler.Citation{cited}})
	}
	return d
}

// mostWords is how many words of a query count.
const mostWords = 20

// BenchmarkSearch searches 10 000 letters of 10 topics each. "everywhere" stands
// in nearly all of them, but in the head of none.
func BenchmarkSearch(b *testing.B) {
	s := open(b)
	for i := range 10_000 {
		d := letterOf(i, 10)
		for n := range d.Topics {
			d.Topics[n].Text += "everywhere"
		}
		get[bool](b)(s.PutDirective(b.Context(), d, store.Letter{Text: "toàn văn"}))
	}
	for _, query := range []string{"3168/UBND-VP", "31680-kh/tu", "tuyen truyen", "tuyên truyền", "duong thuy loi", `"bầu cử quốc khánh"`,
		"everywhere", "everywhere tuyen truyen bao lu", "tuyen truyen dich benh an toan", "liễu thủy everywhere tuyen", // frequent words
		"e", "t", "1", "không đâu có", strings.Repeat("tuyen.", mostWords)} {
		b.Run(query, func(b *testing.B) {
			for range b.N {
				get[[]store.Hit](b)(s.Search(b.Context(), query, 50))
			}
		})
	}
}
