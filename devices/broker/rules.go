package broker

import (
	"context"
	"log/slog"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// maxKeepAlive is the longest silence, in seconds, a client may ask for; 0 means
// for ever in MQTT and is refused too, because then nobody would notice its death.
const maxKeepAlive = 600

// rules is how mochi asks us who may do what.
type rules struct {
	mochi.HookBase
	broker *Broker
	log    *slog.Logger
}

func newRules(b *Broker) *rules { return &rules{broker: b, log: b.config.Log} }

// ID names the hook in mochi's log.
func (r *rules) ID() string { return "rules" }

// Provides lists the questions we answer.
func (r *rules) Provides(question byte) bool {
	switch question {
	case mochi.OnConnectAuthenticate, mochi.OnACLCheck, mochi.OnPublish,
		mochi.OnPublishDropped, mochi.OnQosPublish, mochi.OnPacketSent:
		return true
	}
	return false
}

// connOf is the connection of a mochi client; every one of them is ours.
func connOf(c *mochi.Client) *conn {
	k, _ := c.Net.Conn.(*conn)
	return k
}

// OnConnectAuthenticate decides who comes in.
func (r *rules) OnConnectAuthenticate(c *mochi.Client, p packets.Packet) bool {
	k := connOf(c)
	if k == nil {
		return false
	}
	why := r.objection(k.peer, p)
	if why == "" {
		if err := r.broker.admit(k, c.ID); err != nil {
			why = err.Error()
		}
	}
	if why != "" {
		r.log.Warn("broker: client refused", "peer", k.peer.Name, "client", p.Connect.ClientIdentifier, "why", why)
	}
	return why == ""
}

func (r *rules) objection(peer devices.Peer, p packets.Packet) string {
	switch {
	case p.ProtocolVersion != 4:
		return "it does not speak MQTT 3.1.1"
	case peer.Role == devices.StationRole && r.broker.config.Revoked(scheduler.StationID(peer.Name)):
		return "the station is revoked"
	case !peer.MayConnect(p.Connect.ClientIdentifier):
		return "the client name is not its own"
	case !p.Connect.Clean:
		return "it asks for a stored session"
	case p.Connect.Keepalive == 0 || p.Connect.Keepalive > maxKeepAlive:
		return "its keep-alive is too long"
	case p.Connect.WillFlag && !peer.MayWrite(p.Connect.WillTopic): // mochi does not ask when it sends the will
		return "its will is on a topic it may not write"
	}
	return ""
}

// OnACLCheck decides about subscriptions, and about each message to a
// subscriber. It lets every publication pass, for OnPublish to decide: mochi
// ends the connection of a 3.1.1 client whose publication is refused here.
func (r *rules) OnACLCheck(c *mochi.Client, topic string, write bool) bool {
	k := connOf(c)
	return k != nil && (write || k.peer.MayRead(topic))
}

// OnPublish drops what the client may not write; mochi then acknowledges it.
func (r *rules) OnPublish(c *mochi.Client, p packets.Packet) (packets.Packet, error) {
	if k := connOf(c); k == nil || !k.peer.MayWrite(p.TopicName) {
		r.log.Warn("broker: message dropped, the client may not write there", "client", c.ID, "topic", p.TopicName)
		return p, packets.CodeSuccessIgnore
	}
	return p, nil
}

// OnQosPublish is called for each message just before it is queued for a
// subscriber.
func (r *rules) OnQosPublish(c *mochi.Client, p packets.Packet, _ int64, _ int) {
	k := connOf(c)
	if k == nil || p.FixedHeader.Type != packets.Publish {
		return
	}
	if k.peer.Role == devices.CentreRole {
		k.queue.await(k.closed)
	}
	k.queue.add()
}

// OnPacketSent is called for each packet written to a client.
func (r *rules) OnPacketSent(c *mochi.Client, p packets.Packet, _ []byte) {
	if k := connOf(c); k != nil && p.FixedHeader.Type == packets.Publish {
		k.queue.remove()
	}
}

// OnPublishDropped is called when a subscriber's queue is full. Without the
// message its picture would be wrong, so it has to come again.
func (r *rules) OnPublishDropped(c *mochi.Client, p packets.Packet) {
	if k := connOf(c); k != nil {
		r.log.Warn("broker: client too slow, disconnected", "client", c.ID, "topic", p.TopicName)
		k.Close()
	}
}

// quiet lets through what mochi says of errors; its everyday words, warnings
// included, tell of what we have logged already or of nothing.
type quiet struct{ slog.Handler }

// Enabled is true for errors only.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l > slog.LevelWarn && q.Handler.Enabled(ctx, l)
}

// WithAttrs stays quiet.
func (q quiet) WithAttrs(a []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(a)} }

// WithGroup stays quiet.
func (q quiet) WithGroup(n string) slog.Handler { return quiet{q.Handler.WithGroup(n)} }
