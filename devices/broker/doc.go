// Package broker is the MQTT broker inside the centre, so that a small
// installation needs nothing else. It speaks MQTT 3.1.1 over TLS only.
//
// Whoever connects must show a certificate of the centre's authority, and may
// do what [devices.Peer] says: a station calls itself by its own name, writes
// its state and as-run records, reads its schedule, receipts and commands, all
// by full name; the centre does anything under [devices.Prefix]. A refused
// connection is answered "not authorised", a refused subscription with the code
// 0x80. A refused publication is acknowledged, dropped and logged: a client
// whose publication gets no acknowledgement would reconnect and send it again
// for ever.
//
// The broker is a wire, not a store. It keeps nothing on disk and acknowledges
// what it has taken, not what anybody received. A subscriber too slow for its
// queue is disconnected, so that it comes back and is given the retained
// messages anew; what else was queued for it is lost, which is why as-run
// records wait for the application's receipt. The exception is the centre: whoever
// publishes to it waits a while when its queue is half full, so that a thousand
// stations coming back at once do not push it off.
package broker
