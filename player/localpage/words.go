package localpage

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// The languages of the pages, the first of them where nobody chose.
const (
	vietnamese = "vi"
	english    = "en"
)

// words are the texts of one language by their keys. In a text, {name} stands
// for an argument.
type words map[string]string

// readWords reads words/*.json by language. They are part of the program, so
// damage is a fault of the build.
func readWords() map[string]words {
	all := map[string]words{}
	for _, lang := range []string{vietnamese, english} {
		b, err := files.ReadFile(path.Join("words", lang+".json"))
		if err != nil {
			panic("localpage: " + err.Error())
		}
		w := words{}
		if err := json.Unmarshal(b, &w); err != nil {
			panic("localpage: words of " + lang + ": " + err.Error())
		}
		all[lang] = w
	}
	return all
}

// T is the text of key with its arguments, given as name, value, name, value. A
// key without text shows as itself, so that a lack is seen and not hidden.
func (w words) T(key string, args ...any) string {
	text, ok := w[key]
	if !ok {
		return key
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Or is the text of key, or other where there is none: what comes from the agent
// may be newer than these words.
func (w words) Or(key, other string) string {
	if text, ok := w[key]; ok {
		return text
	}
	return other
}

// Reason is why an airing was not heard whole or on time, in words.
func (w words) Reason(reason string) string { return w.Or("reason."+reason, reason) }

// Class is the class of an item in words; the ordinary one is not worth a word.
func (w words) Class(class string) string {
	if class == "ordinary" {
		return ""
	}
	return w.Or("class."+class, class)
}
