package listfile

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Why an entry is missing.
const (
	Unknown   = "unknown"   // nothing that it says is that of a recording
	Ambiguous = "ambiguous" // what it says is that of several
)

// Missing is an entry of which no recording could be found, or not one alone.
type Missing struct {
	Entry
	Candidates []scheduler.RecordingID // the recordings it may be, in their order
	Why        string                  // Unknown or Ambiguous
}

// Match finds the recordings of a list, in the order of its entries. A
// recording is known by its ID, the digest of its audio, the name of the file
// that was uploaded, and its title, first with its marks and then without; case
// and white space are of no account. The first of these that knows any counts;
// where it knows several, those after it decide among them.
func Match(entries []Entry, recordings []scheduler.Recording) (ids []scheduler.RecordingID, missing []Missing) {
	shelf := newShelf(recordings)
	for _, e := range entries {
		switch found := shelf.find(e); len(found) {
		case 0:
			missing = append(missing, Missing{Entry: e, Why: Unknown})
		case 1:
			ids = append(ids, found[0])
		default:
			missing = append(missing, Missing{Entry: e, Candidates: found, Why: Ambiguous})
		}
	}
	return ids, missing
}

// index is recordings by a word, folded.
type index map[string][]scheduler.RecordingID

// put adds a recording under a word that is one.
func (x index) put(word string, id scheduler.RecordingID) {
	if word != "" {
		x[word] = append(x[word], id)
	}
}

// shelf is recordings by everything they are known by.
type shelf struct{ ids, digests, files, titles, bareTitles index }

func newShelf(recordings []scheduler.Recording) shelf {
	s := shelf{index{}, index{}, index{}, index{}, index{}}
	for _, r := range recordings {
		s.ids.put(fold(string(r.ID)), r.ID)
		s.digests.put(fold(string(r.Digest)), r.ID)
		s.files.put(baseName(sourceFile(r)), r.ID)
		s.titles.put(fold(r.Title), r.ID)
		s.bareTitles.put(bare(r.Title), r.ID)
	}
	return s
}

// find is the recordings that an entry may be.
func (s shelf) find(e Entry) (found []scheduler.RecordingID) {
	names := baseNames(e.Location)
	ids := append([]string{fold(e.ID)}, stems(names)...)
	for _, step := range []struct {
		in    index
		words []string
	}{
		{s.ids, ids},
		{s.digests, append([]string{fold(e.Digest)}, ids...)},
		{s.files, names},
		{s.titles, []string{fold(e.Title)}},
		{s.bareTitles, []string{bare(e.Title)}},
	} {
		for _, word := range step.words {
			if found = narrowed(found, step.in[word]); len(found) == 1 {
				return found
			}
		}
	}
	return found
}

// narrowed keeps of what was found what is known here, too, unless that is nothing.
func narrowed(found, known []scheduler.RecordingID) []scheduler.RecordingID {
	if len(found) == 0 {
		return known
	}
	both := slices.DeleteFunc(slices.Clone(found), func(id scheduler.RecordingID) bool { return !slices.Contains(known, id) })
	if len(both) == 0 {
		return found
	}
	return both
}

// baseNames are the file names that a location may mean, folded: as it stands,
// and as an address in which characters are escaped.
func baseNames(location string) []string {
	names := []string{baseName(location)}
	address, _, _ := strings.Cut(location, "?")
	if plain, err := url.PathUnescape(address); err == nil && plain != location {
		names = append(names, baseName(plain))
	}
	return names
}

// baseName is the last part of a path with slashes of either kind, folded.
func baseName(p string) string {
	p = strings.ReplaceAll(p, `\`, "/")
	return fold(p[strings.LastIndexByte(p, '/')+1:])
}

// stems are names without their extensions.
func stems(names []string) (all []string) {
	for _, n := range names {
		all = append(all, strings.TrimSuffix(n, path.Ext(n)))
	}
	return all
}

// sourceFile is the name of the file that was uploaded, "" where none was.
func sourceFile(r scheduler.Recording) string {
	name, ok := strings.CutPrefix(r.Source, "upload:")
	if !ok {
		return ""
	}
	return name
}
