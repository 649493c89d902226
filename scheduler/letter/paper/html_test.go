package paper

import "testing"

func TestHTML(t *testing.T) {
	cases := []struct{ what, body, want string }{
		{"blocks", "<p>Một\n hai</p><div>Ba</div>", "Một hai|Ba"},
		{"words in tags", "<p>Tuyên <b>truyền</b><i> về</i> luật</p>", "Tuyên truyền về luật"},
		{"scripts and styles", "<style>p{}</style><script>if (a<b) x='</p>'</script><p>a</p>", "a"},
		{"nested svg", "<svg><svg><text>x</text></svg></svg><p>a</p>", "a"},
		{"line breaks", "<p>a<br>b<br/>c</p>", "a|b|c"},
		{"characters by name", "<p>&quot;T&#7883;&quot;&nbsp;&amp;</p>", `"Tị" &`},
		{"numbered lists", "<ol><li>a<li>b<ol type=a><li>c</li></ol></ol><p>d", "1. a|2. b|a) c|d"},
		{"other lists", "<ul><li>a</ul><ol start=3 type=I><li>b<li value=7>c</ol>", "- a|III. b|VII. c"},
		{"an item without a list", "<li>a", "- a"},
		{"a frame", "<table><tr><td>UBND<br>Số: 1<td>CỘNG HÒA<br>Độc lập</table>", "UBND|Số: 1||CỘNG HÒA|Độc lập"},
		{"a table without end tags", "<table><tr><th>a<th>b<tr><td>c<td>d</table><p>e", "a    b|c    d||e"},
		{"text that keeps its lines", "<pre>a\n  b</pre>", "a|  b"},
		{"tags that do not match", "</td></table></li></ol><p>a</b></tr>", "a"},
		{"a remark", "<!-- x --><p>a", "a"},
		{"a page cut off", "<table><tr><td>a", "a"},
	}
	for _, c := range cases {
		p, err := read(t, []byte("<!DOCTYPE html><html><title>x</title><body>"+c.body), "")
		if got := lineOf(p.Text); err != nil || p.Format != "html" || got != c.want {
			t.Errorf("%s: %s %q, %v; want %q", c.what, p.Format, got, err, c.want)
		}
	}
}

func TestHTMLCodings(t *testing.T) {
	const want = "Kế hoạch tuyên truyền của tỉnh\n"
	page := func(text string) string { return "<html><meta charset=windows-1258><p>" + text }
	utf16 := "\xff\xfe"
	for _, r := range page("Kế hoạch tuyên truyền của tỉnh") {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	cases := []struct{ what, content string }{
		{"UTF-8 with a mark", "\xef\xbb\xbf" + page("Kế hoạch tuyên truyền của tỉnh")},
		{"UTF-8 that says it is not", page("Kế hoạch tuyên truyền của tỉnh")},
		{"UTF-16", utf16},
		{"windows-1258", page("K\xea\xec hoa\xf2ch tuy\xean truy\xea\xccn cu\xd2a ti\xd2nh")},
		{"TCVN3", page("K\xd5 ho\xb9ch tuy\xaan truy\xd2n c\xf1a t\xd8nh")},
	}
	for _, c := range cases {
		p, err := read(t, []byte(c.content), "")
		if err != nil || p.Text != want || p.Format != "html" {
			t.Errorf("%s: %s %q, %v", c.what, p.Format, p.Text, err)
		}
	}
}

func TestTextCodings(t *testing.T) {
	const want = "Kế hoạch tuyên truyền của tỉnh\n"
	wide := ""
	for _, r := range want {
		wide += string([]byte{byte(r >> 8), byte(r)})
	}
	cases := []struct{ what, content, encoding, want string }{
		{"UTF-8", want, "", want},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + want, "", want},
		{"decomposed", "Kê\u0301 hoa\u0323ch", "", "Kế hoạch\n"},
		{"UTF-16 with a mark", "\xfe\xff" + wide, "", want},
		{"UTF-16 without one", "\x00S\x00o\x00:\x00 \x001\x002\x00/\x00U\x00B\x00N\x00D\x00 ", "", "So: 12/UBND\n"},
		{"windows-1258", "K\xea\xec hoa\xf2ch tuy\xean truy\xea\xccn cu\xd2a ti\xd2nh", "", want},
		{"TCVN3", "K\xd5 ho\xb9ch tuy\xaan truy\xd2n c\xf1a t\xd8nh", "", want},
		{"VNI that is told", "Keá", VNI, "Kế\n"},
		{"a hurt byte", want + want + want + "\xff", "", want + want + want + "\ufffd\n"},
	}
	for _, c := range cases {
		p, err := read(t, []byte(c.content), c.encoding)
		if err != nil || p.Text != c.want {
			t.Errorf("%s: %q, %v; want %q", c.what, p.Text, err, c.want)
		}
	}
}
