// Package web shows the centre to people and to programs: pages for the staff,
// an interface under /v1, and a typed client of that interface.
//
// It knows the rest of the centre only as a [Desk]. [New] makes the handler;
// [Client] is a Desk too, so the command line at one end of the wire and the
// centre at the other speak of the same things with the same words and the same
// kinds of error.
//
// What it promises:
//
//   - Anybody who can reach the pages may read them, and they answer loopback
//     callers alone: a request whose Host is not localhost, 127.0.0.1 or [::1]
//     is refused, which is what stops a page of another site from reaching them
//     under a name of its own (DNS rebinding).
//   - What a page changes, it changes for a person who has signed in, by a link
//     that works once (signin.go), and never for a page of another site.
//   - Whatever is under /v1 needs the centre's token. Open are only the events
//     and the audio, because the pages themselves need them.
//   - The pages work with JavaScript off. With it on they follow the centre by
//     server-sent events, but for a page on which a person works: that one keeps
//     what was typed, and where it can, says that it is out of date.
//   - A correction names the edition that the person saw. Where somebody else was
//     first, nothing is overwritten and nothing typed is lost.
//   - Nothing is loaded from elsewhere, and the content security policy says so.
//   - A text that came from outside is never markup.
//   - An error that the caller can do something about keeps its words; any other
//     is logged under a number, and only the number is told.
//
// Each page is a builder (today.go, letters.go, letter.go, review.go, station.go,
// recordings.go, signin.go and, of the pages about the plan, those that
// planning.go lists), which makes plain values of what the desk says, and a
// template of the same name, which sets them out. What a form sends is read by a
// [formReader] (forms.go, *_form.go). The words are in words/vi.json and
// words/en.json.
//
// The review page shows a letter's text as it is kept, cut into pieces wherever
// something begins or ends that was understood of it (review_source.go), beside
// the fields in which it was understood.
// The operations of the interface are in api_*.go, in the order of [Desk].
package web
