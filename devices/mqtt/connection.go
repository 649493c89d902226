package mqtt

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"

	"loaphuong/devices"
)

const (
	qos = 1
	// refused is what a broker answers to a subscription it does not grant.
	refused = 0x80
	// answerTime is how long a broker has to answer a greeting or a subscription.
	answerTime = 15 * time.Second
	// inFlight bounds the messages that are sent and not acknowledged.
	inFlight = 64
	// lastWords is how long paho has to say why a connection was lost.
	lastWords = 2 * time.Second
)

// ErrRefused is wrapped by what Down is told when the broker's access rules
// refuse a subscription.
var ErrRefused = errors.New("refused by the broker")

var (
	errLost     = errors.New("the connection was lost")
	errNoAnswer = errors.New("the broker does not answer")
	errTooSlow  = errors.New("more messages wait to be received than there is room for")
)

// connection is one connection to a broker, from dialling to its end.
type connection struct {
	client paho.Client
	conn   *conn
	slots  chan struct{} // one for each message in flight
	inbox  *queue[devices.Message]
	acks   *queue[paho.Message]

	once   sync.Once
	failed chan struct{} // closed by fail
	reason error         // written before failed is closed
}

// connect dials, greets and subscribes. A connection it returns must be ended.
func connect(ctx context.Context, config Config, to address, s devices.Session) (*connection, error) {
	plain, err := dial(ctx, to, config.TLS)
	if err != nil {
		return nil, err
	}
	c := &connection{
		conn:   plain,
		slots:  make(chan struct{}, inFlight),
		inbox:  newQueue[devices.Message](),
		acks:   newQueue[paho.Message](),
		failed: make(chan struct{}),
	}
	c.client = paho.NewClient(c.options(config, to, s))
	go c.acknowledge()
	err = c.wait(ctx, c.client.Connect())
	if err == nil {
		err = c.subscribe(ctx, s.Subscribe)
	}
	if err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// options tells paho to do one thing once: everything that it could do again by
// itself is ours.
func (c *connection) options(config Config, to address, s devices.Session) *paho.ClientOptions {
	o := paho.NewClientOptions()
	o.Servers = []*url.URL{{Scheme: "loaphuong", Host: to.host}} // not dialled: that has been done
	o.SetCustomOpenConnectionFn(func(*url.URL, paho.ClientOptions) (net.Conn, error) { return c.conn, nil })
	o.SetClientID(s.Client)
	o.SetProtocolVersion(4) // or paho tries 3.1 after every failure
	o.SetCleanSession(true)
	o.SetAutoReconnect(false)
	o.SetConnectRetry(false)
	o.SetOrderMatters(true) // one handler at a time; it never waits, see receive
	o.SetAutoAckDisabled(true)
	o.SetKeepAlive(config.KeepAlive)
	o.SetPingTimeout(config.PingTimeout)
	o.SetConnectTimeout(dialTime)
	o.SetWriteTimeout(writeTime)
	o.SetDefaultPublishHandler(c.receive)
	o.SetConnectionLostHandler(func(_ paho.Client, err error) { c.fail(err) })
	if s.Will != nil {
		o.SetBinaryWill(s.Will.Topic, s.Will.Payload, qos, s.Will.Retained)
	}
	return o
}

// subscribe asks for all filters in one packet and checks that each is granted;
// paho reports a refused one as success.
func (c *connection) subscribe(ctx context.Context, filters []string) error {
	if len(filters) == 0 {
		return nil
	}
	asked := make(map[string]byte, len(filters))
	for _, f := range filters {
		asked[f] = qos
	}
	token := c.client.SubscribeMultiple(asked, nil)
	if err := c.wait(ctx, token); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	granted := token.(*paho.SubscribeToken).Result()
	for _, f := range filters {
		if code, ok := granted[f]; !ok || code == refused {
			return fmt.Errorf("subscribe to %s: %w", f, ErrRefused)
		}
	}
	return nil
}

// wait sees a token to its end.
func (c *connection) wait(ctx context.Context, t paho.Token) error {
	timer := time.NewTimer(answerTime)
	defer timer.Stop()
	select {
	case <-t.Done():
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return errNoAnswer
	case <-c.conn.closed: // the token knows more, a moment later
		select {
		case <-t.Done():
		case <-time.After(lastWords):
			return errLost
		}
	}
	return t.Error()
}

// receive is called by paho for each message, in order. It must not wait: the
// acknowledgements that Send waits for come the same way. Nor may it
// acknowledge by itself, for that waits for the broker to read, and a broker may
// wait for us to read first.
func (c *connection) receive(_ paho.Client, m paho.Message) {
	got := devices.Message{Topic: m.Topic(), Payload: m.Payload(), Retained: m.Retained()}
	if !c.inbox.push(got, len(got.Payload)) || !c.acks.push(m, 0) {
		c.fail(errTooSlow)
	}
}

// fail notes the first reason why the connection cannot go on.
func (c *connection) fail(why error) {
	c.once.Do(func() {
		c.reason = why
		close(c.failed)
	})
}

// acknowledge tells the broker of what has been received, until the connection
// is closed.
func (c *connection) acknowledge() {
	for {
		select {
		case <-c.conn.closed:
			return
		case <-c.acks.filled:
			for _, m := range c.acks.take() {
				m.Ack()
			}
		}
	}
}

// serve calls receive until the connection or ctx ends, and says why.
func (c *connection) serve(ctx context.Context, receive func(devices.Message)) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.inbox.filled:
			c.deliver(ctx, receive)
		case <-c.failed:
			c.deliver(ctx, receive)
			return c.reason
		case <-c.conn.closed:
			c.deliver(ctx, receive)
			return c.why()
		}
	}
}

// deliver hands over what has come, also when the connection has gone: the
// broker was told that we have it.
func (c *connection) deliver(ctx context.Context, receive func(devices.Message)) {
	for _, m := range c.inbox.take() {
		if ctx.Err() != nil {
			return
		}
		receive(m)
	}
}

// why waits for paho to say why it has closed the connection.
func (c *connection) why() error {
	select {
	case <-c.failed:
		return c.reason
	case <-time.After(lastWords):
		return errLost
	}
}

// send publishes and waits for the acknowledgement. The work is done in a
// goroutine because paho may wait, for as long as writeTime, where neither ctx
// nor the end of the connection reaches it.
func (c *connection) send(ctx context.Context, m devices.Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.conn.closed:
		return errLost
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-c.slots }()
		done <- c.publish(m)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *connection) publish(m devices.Message) error {
	t := c.client.Publish(m.Topic, qos, m.Retained, m.Payload)
	select {
	case <-t.Done():
		return t.Error()
	case <-c.conn.closed:
		return errLost
	}
}

// end says goodbye, so that no will is sent, and closes the connection.
func (c *connection) end() {
	if c.client.IsConnectionOpen() {
		c.client.Disconnect(uint(goodbye.Milliseconds()))
	}
	c.conn.Close()
}
