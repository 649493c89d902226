package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"loaphuong/scheduler"
)

// The languages of the pages, the first of them where nobody chose.
const (
	vietnamese = "vi"
	english    = "en"
)

// words are the texts of one language by their keys. In a text, {name} stands
// for an argument. A key that ends in ".one" is taken before the key without it
// where the argument n is 1; Vietnamese has no use for it.
type words map[string]string

// languages are the words by language.
type languages map[string]words

// readLanguages reads words/*.json. What is read is part of the program, so
// damage is a fault of the build.
func readLanguages(files embed.FS) languages {
	all := languages{}
	for _, lang := range []string{vietnamese, english} {
		b, err := files.ReadFile(path.Join("words", lang+".json"))
		if err != nil {
			panic("web: " + err.Error())
		}
		w := words{}
		if err := json.Unmarshal(b, &w); err != nil {
			panic("web: words of " + lang + ": " + err.Error())
		}
		all[lang] = w
	}
	return all
}

// T is the text of key with its arguments, given as name, value, name, value. A
// key without text shows as itself, so that a lack is seen and not hidden.
func (w words) T(key string, args ...any) string {
	text, ok := w[key]
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
		if one, has := w[key+".one"]; has && args[i] == "n" && args[i+1] == 1 {
			text = one
		}
	}
	if !ok {
		return key
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Reason is why, in words; a reason that came later than these words shows as
// the station gave it.
func (w words) Reason(r scheduler.Reason) string {
	if r == "" {
		return ""
	}
	if text, ok := w["reason."+string(r)]; ok {
		return text
	}
	return string(r)
}
