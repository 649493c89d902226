// Package memory is a broker and its links inside one process, for tests and
// rehearsals. It keeps the whole contract of [devices.Link], linktest checks
// it, and the same access rules as every other broker of ours.
//
// Nothing in it does I/O or reads a clock, so it works inside a testing/synctest
// bubble: when nobody has anything to say, every goroutine waits on a channel.
// A message reaches its receivers' queues before Send returns, and a cut
// connection's will is sent at once instead of after the keep-alive.
package memory
