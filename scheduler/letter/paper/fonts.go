package paper

import "strings"

// fontCoding is the older coding that a font draws, "" for a font of today. The
// fonts of TCVN3 begin with ".Vn", those of VNI with "VNI-"; capitals tells that
// it is one of TCVN3's fonts in which small letters look like capitals.
func fontCoding(font string) (coding string, capitals bool) {
	name := strings.ToLower(strings.TrimSpace(font))
	if _, after, ok := strings.Cut(name, "+"); ok { // the mark of an embedded part
		name = after
	}
	switch {
	case strings.HasPrefix(name, ".vn"):
		family := name[:strings.IndexAny(name+" ", " ,-")]
		return TCVN3, strings.HasSuffix(family, "h")
	case strings.HasPrefix(name, "vni-"):
		return VNI, false
	}
	return "", false
}

// inFont converts a run by the coding of its font, which is certain, unless the
// caller has said what the file is in. It names the coding if that changed
// anything.
func inFont(s, font, encoding string) (string, string) {
	coding, capitals := fontCoding(font)
	if encoding != "" || coding == "" || strings.ContainsFunc(s, isModern) {
		return s, ""
	}
	out := Convert(s, coding)
	if capitals {
		out = strings.ToUpper(out)
	}
	if out == s {
		return s, ""
	}
	return out, coding
}
