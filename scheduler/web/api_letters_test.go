package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestALetterIsBounded(t *testing.T) {
	small := func(s *server) { s.maxLetter = 1000 }
	for _, c := range []struct {
		name string
		size int64
		body func(io.Reader) io.Reader
		ok   bool
	}{
		{"as much as is taken", 1000, func(r io.Reader) io.Reader { return r }, true},
		{"a byte more", 1001, func(r io.Reader) io.Reader { return r }, false},
		{"of a length that is said beforehand", 1001, func(r io.Reader) io.Reader { b, _ := io.ReadAll(r); return strings.NewReader(string(b)) }, false},
	} {
		desk := newMemoryDesk(now())
		client := NewClient(serve(t, desk, small).URL, token)
		_, err := client.ImportDirective(t.Context(), LetterFile{Name: "x.txt", Body: c.body(io.LimitReader(letters{}, c.size))})
		if (err == nil) != c.ok || len(desk.letters) != map[bool]int{true: 1}[c.ok] {
			t.Errorf("%s: %v, %d kept", c.name, err, len(desk.letters))
		}
		if err != nil && !strings.Contains(err.Error(), `letter "x.txt": it is over 1000 bytes: send the letter alone`) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// letters never ends.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// openedDesk says when the first of a letter has come.
type openedDesk struct {
	*memoryDesk
	first chan byte
}

func (d openedDesk) ImportDirective(ctx context.Context, f LetterFile) (ImportedDirective, error) {
	b := make([]byte, 1)
	if _, err := io.ReadFull(f.Body, b); err != nil {
		return ImportedDirective{}, err
	}
	d.first <- b[0]
	return d.memoryDesk.ImportDirective(ctx, f)
}

func TestALetterIsReadAsItComes(t *testing.T) {
	desk := openedDesk{newMemoryDesk(now()), make(chan byte)}
	from, to := io.Pipe()
	go func() {
		to.Write([]byte("a"))
		<-desk.first // the desk has it, and the rest is not even written
		to.Write([]byte("bc"))
		to.Close()
	}()
	in, err := NewClient(serve(t, desk).URL, token).ImportDirective(t.Context(), LetterFile{Name: "x.txt", Body: from})
	if err != nil || in.Directive.Subject != "bc" {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestReadingsOverTheInterface(t *testing.T) {
	desk := readingDesk(t)
	at := "/v1/directives/" + string(desk.letters[0].ID)
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", at + "/text", ``, 200, "Số: 1022/STTTT-TTBCXB"},
		{"POST", at + "/corrections", `{"edition":0,"correction":{"merge":{"topic":2}}}`, 200, `"edition":1`},
		{"POST", at + "/corrections", `{"edition":0,"correction":{"drop":{"topic":1}}}`, 409, "somebody else corrected it"},
		{"POST", at + "/corrections", `{"edition":1,"correction":{"drop":{"topic":7}}}`, 422, "no topic 7"},
		{"POST", at + "/corrections", `{"edition":1,"correction":{"colour":{}}}`, 422, "colour"},
		{"POST", at + "/corrections", `{"correction":{"drop":{"topic":1}}}`, 422, "edition"},
		{"POST", at + "/corrections", `{"edition":1,"correction":{"demands":{"topic":0,"demands":[{"text":"x","perDay":3,"hours":["05:00"],"until":"2026-05-01"}]}}}`, 200, `"hours":["05:00"]`},
		{"POST", at + "/corrections", `{"edition":2,"correction":{"demands":{"topic":0,"demands":[{"text":"x","hours":["25:00"]}]}}}`, 422, "25:00"},
		{"GET", at + "/owed?area=cam-giang", ``, 200, `"perDay":3`},
		{"GET", at + "/owed", ``, 422, "area"},
		{"GET", at + "/owed?area=none", ``, 404, "area none"},
		{"POST", at + "/confirmation", `{"by":"Hoa","areas":["cam-giang"],"edition":1}`, 409, "look again"},
		{"POST", at + "/confirmation", `{"by":"","areas":["cam-giang"],"edition":2}`, 422, "name the person"},
		{"POST", at + "/confirmation", `{"by":"Hoa","areas":["cam-giang"],"edition":2,"class":"priority"}`, 200, `"class":"priority"`},
		{"POST", at + "/corrections", `{"edition":2,"correction":{"drop":{"topic":1}}}`, 409, "reopen it first"},
		{"GET", at + "/obligations", ``, 200, `"until":"2026-05-01"`},
		{"DELETE", at + "/confirmation", ``, 200, `"edition":2`},
		{"GET", at + "/obligations", ``, 200, `[]`},
		{"GET", "/v1/search?q=1022&limit=1", ``, 200, `"snippet":["","1022",`},
		{"GET", "/v1/search?q=1022&limit=0", ``, 422, "limit"},
		{"GET", "/v1/search", ``, 200, `[]`},
		{"POST", "/v1/directives?encoding=ebcdic", `{"text":"x"}`, 422, "encoding"},
		{"POST", "/v1/directives/none/corrections", `{"edition":0,"correction":{}}`, 404, "letter none"},
	} {
		w := ask(t, desk, c.method, c.path, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %s %s: %d %s, want %d %q", c.method, c.path, c.body, w.Code, w.Body, c.status, c.says)
		}
	}
	if w := ask(t, desk, "GET", at+"/text", "", func(r *http.Request) { r.Header.Del("Authorization") }); w.Code != 401 {
		t.Errorf("the text without the token: %d", w.Code)
	}
}
