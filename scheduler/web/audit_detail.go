package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// maxNoted is how much of a body is kept to be written down, in bytes: of a
// longer one only its size is.
const maxNoted = 64 << 10

// sentBody keeps the beginning of a body as it is read, and counts the rest. Of
// a request that was refused unread it has nothing.
type sentBody struct {
	io.ReadCloser
	kept bytes.Buffer
	size int64
}

// noteBody has the body of a request noted as it is read.
func noteBody(r *http.Request) *sentBody {
	b := &sentBody{ReadCloser: r.Body}
	r.Body = b
	return b
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.kept.Write(p[:min(n, max(0, maxNoted-b.kept.Len()))])
	b.size += int64(n)
	return n, err
}

// fields are what a request said, by name.
type fields map[string]any

// fields reads what was sent: the form, or the query and the body, which is JSON
// or of which only the size is told.
func (b *sentBody) fields(r *http.Request) fields {
	f := fields{}
	for name, values := range r.URL.Query() {
		f.add(name, values)
	}
	for name, values := range r.PostForm {
		f.add(name, values)
	}
	if r.MultipartForm != nil {
		for name, files := range r.MultipartForm.File {
			for _, file := range files {
				f[name] = map[string]any{"name": file.Filename, "bytes": file.Size}
			}
		}
	}
	if r.PostForm == nil && b.size > 0 {
		f.body(b, r.Header.Get("Content-Type"))
	}
	return f
}

func (f fields) add(name string, values []string) {
	if len(values) == 1 {
		f[name] = values[0]
		return
	}
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	f[name] = all
}

// body adds the fields of a body that is an object of JSON.
func (f fields) body(b *sentBody, kind string) {
	var object map[string]any
	whole := json.NewDecoder(&b.kept)
	whole.UseNumber() // a length of ten minutes is not 6e+11
	if b.size <= maxNoted && whole.Decode(&object) == nil {
		for name, value := range object {
			f[name] = value
		}
		return
	}
	f["body"] = map[string]any{"type": kind, "bytes": b.size}
}

func (f fields) text(name string) string {
	s, _ := f[name].(string)
	return strings.Join(strings.Fields(s), " ")
}

// object is the ID of what a request is about that does not say it in its path.
func (f fields) object() string {
	for _, name := range []string{"id", "lift", "delete", "airing", "recording", "station", "directive"} {
		if id := f.text(name); id != "" {
			return id
		}
	}
	return ""
}

// detail writes the fields down without their secrets, with texts and lists cut
// until they fit. What is sent deeper than people do is left out whole.
func (f fields) detail() string {
	if len(f) == 0 {
		return ""
	}
	for _, longest := range []int{400, 80, 16} {
		if b := asJSON(shortened(map[string]any(f), longest, 0)); len(b) <= scheduler.MaxAuditDetail {
			return string(b)
		}
	}
	return string(asJSON(map[string]any{"leftOut": len(asJSON(f))}))
}

func asJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("web: what came as JSON does not go as JSON: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}

// isSecret reports whether a field is one of which no line has the content.
func isSecret(name string) bool {
	return slices.Contains([]string{"ticket", "token", "password", "secret", "code"}, strings.ToLower(name))
}

// deepest is how far fields within fields are written down.
const deepest = 8

// shortened is a value with no text longer than so many letters, and no list
// longer than a quarter of that.
func shortened(v any, longest, depth int) any {
	if depth > deepest {
		return "…"
	}
	switch v := v.(type) {
	case string:
		return brief(v, longest)
	case []any:
		short := []any{}
		for _, item := range v[:min(len(v), longest/4)] {
			short = append(short, shortened(item, longest, depth+1))
		}
		if len(short) < len(v) {
			short = append(short, "…")
		}
		return short
	case map[string]any:
		short := make(map[string]any, len(v))
		for name, value := range v {
			if short[brief(name, longest)] = shortened(value, longest, depth+1); isSecret(name) {
				short[name] = "…"
			}
		}
		return short
	}
	return v
}

// brief cuts a text to so many letters.
func brief(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}
