// Package localpage is the page that a station serves for the person who stands
// before it: what is on air, a button that stops it, what comes next, the
// volume, what is wrong and what to do about it, and the log of a day. It works
// with the network down, because it asks nobody but the agent it is part of.
//
// It knows the agent only as a [Station]; [New] makes the handler. The wiring
// listens, on loopback or, with a PIN, on the network of the office:
//
//	page := localpage.New(agent, localpage.Options{PIN: pin, Log: log})
//	server := &http.Server{Handler: page, BaseContext: func(net.Listener) context.Context { return ctx }}
//
// A page that follows the station holds its request open, so a shutdown that
// waits for requests must end that context first.
//
// What it promises:
//
//   - Without a PIN it answers only the machine it runs on. With one, whoever
//     reaches it may read, and whoever changes something must have typed the PIN
//     in the last 12 hours. After five wrong ones the next try must wait, longer
//     each time; people at the machine itself wait only for their own mistakes.
//   - It answers only under localhost and under the address that the request came
//     to, which is what stops a page of another site from reaching it under a name
//     of its own (DNS rebinding), and it refuses forms that another site sends.
//   - Stop never waits for a question. Somebody who has to type the PIN first is
//     asked for it once, and what they pressed is then done.
//   - The pages work with JavaScript off. With it on they follow the station by
//     server-sent events.
//   - Nothing is loaded from elsewhere and nothing stands inline; the content
//     security policy says so.
//   - A text that came from outside is never markup, nor a formula in the CSV.
//   - Every text is there in Vietnamese and in English.
//
// For programs there is the [View] as JSON under /status; and who asks for
// application/json when posting gets 204, or a status and {"error": "…"}.
package localpage
