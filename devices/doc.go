// Package devices says how the centre and its stations speak: the messages,
// the topics they travel on, and the signatures that prove where they came
// from.
//
// The broker between the two is a wire, not a store. Nothing is lost if it
// loses everything: a station says in its [State] what it holds and is sent
// what it lacks, and keeps a [Batch] until a [Receipt] names it. Whatever
// comes from the centre travels in a signed [Envelope] that names its
// addressee; whatever comes from a station is authentic because the broker lets
// only that station write to its topics.
package devices
