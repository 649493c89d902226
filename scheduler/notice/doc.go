// Package notice sends notices to supervisors: by mail ([Mail]) and to another
// program ([Webhook]). [Courier] takes them from the outbox in the centre's
// database, one channel at a time.
//
// What it promises:
//
//   - A notice stays in the outbox until each channel has taken it. It is tried
//     again with growing pauses for 24 h, and then given up and said so.
//   - A restart loses none. One goes out twice only where the centre dies between
//     a channel's taking it and the note of that; both then bear the same number.
//   - Nothing leaves this machine unencrypted: a plain connection is taken to a
//     loopback address alone.
//   - A password or a secret is in no log and in no error.
//
// The texts are Vietnamese ([Write]), with times in the centre's zone.
package notice
