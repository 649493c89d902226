/*
 * A sound card that is a file: an ALSA ioplug that consumes frames by the
 * monotonic clock as hardware would, keeps each in a file, and writes down when
 * the first frame after every start was at the converter.
 *
 *   capture    float32 frames, in the order they sounded
 *   clock      a line for every start: index of its first frame in capture,
 *              CLOCK_REALTIME in ns when that frame sounded
 *   unplugged  while a file of this name exists the card is gone
 *   frozen     while a file of this name exists it never has room
 *   denied     while a file of this name exists opening it is not permitted
 *   drift      how much too fast its clock runs, in millionths
 *   rate       frames a second, the only ones it takes; 48000 unless given
 *   channels   the only number it takes; 1 unless given. The first is kept
 *   s16        1: it takes only 16-bit samples, 0: only float32
 */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct card {
	snd_pcm_ioplug_t io;
	int capture, clock, timer;
	char *unplugged, *frozen;
	double rate;      /* frames a second by the monotonic clock */
	int s16, channels;
	int running;
	int64_t began;    /* monotonic ns of frame 0 of this start */
	int64_t written;  /* frames since prepare */
	int64_t base;     /* frames in capture at prepare */
};

static int64_t now(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int gone(struct card *c)
{
	return access(c->unplugged, F_OK) == 0;
}

static int64_t played(struct card *c)
{
	return c->running ? (now(CLOCK_MONOTONIC) - c->began) * 1e-9 * c->rate : 0;
}

/* Lets whoever polls look at the card once a period, for the first time after
 * that many ns: at once before it starts, since an empty ring has room. */
static int tick(struct card *c, int64_t first)
{
	int64_t period = c->io.period_size * 1e9 / c->rate;
	struct itimerspec timer = { { period / 1000000000, period % 1000000000 }, { first / 1000000000, first % 1000000000 } };

	return timerfd_settime(c->timer, 0, &timer, NULL) < 0 ? -errno : 0;
}

static int card_start(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	char line[64];

	if (gone(c))
		return -ENODEV;
	tick(c, io->period_size * 1e9 / c->rate);
	c->began = now(CLOCK_MONOTONIC);
	snprintf(line, sizeof line, "%lld %lld\n", (long long)c->base, (long long)now(CLOCK_REALTIME));
	if (write(c->clock, line, strlen(line)) < 0)
		return -errno;
	c->running = 1;
	return 0;
}

/* What was never at the converter is taken out of the capture again. */
static int card_stop(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	struct itimerspec never = { { 0, 0 }, { 0, 0 } };
	int64_t heard = played(c);

	if (heard < c->written && ftruncate(c->capture, (c->base + heard) * 4) < 0)
		return -errno;
	timerfd_settime(c->timer, 0, &never, NULL);
	c->running = 0;
	c->base += heard < c->written ? heard : c->written;
	c->written = 0;
	return 0;
}

static int card_prepare(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;

	if (gone(c))
		return -ENODEV;
	if (c->running)
		card_stop(io);
	c->base = lseek(c->capture, 0, SEEK_END) / 4;
	c->written = 0;
	return tick(c, 1);
}

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	int64_t n = played(c);

	if (gone(c))
		return -ENODEV;
	return c->running && n >= c->written ? -EPIPE : n;
}

/* Keeps the first channel of frames as float32. */
static int keep(struct card *c, const char *from, snd_pcm_uframes_t size)
{
	float kept[256];
	snd_pcm_uframes_t i, n;

	for (; size > 0; size -= n) {
		n = size < 256 ? size : 256;
		for (i = 0; i < n; i++, from += c->channels * (c->s16 ? 2 : 4))
			kept[i] = c->s16 ? *(const int16_t *)from / 32768.0f : *(const float *)from;
		if (write(c->capture, kept, n * 4) != (ssize_t)(n * 4))
			return -EIO;
	}
	return 0;
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
				       snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	struct card *c = io->private_data;
	char *from = (char *)areas->addr + (areas->first + areas->step * offset) / 8;

	if (gone(c))
		return -ENODEV;
	if (keep(c, from, size) < 0)
		return -EIO;
	c->written += size;
	return size;
}

static int card_revents(snd_pcm_ioplug_t *io, struct pollfd *pfd, unsigned int n, unsigned short *revents)
{
	struct card *c = io->private_data;
	uint64_t expired;
	ssize_t got = read(c->timer, &expired, sizeof expired);
	snd_pcm_sframes_t room = snd_pcm_avail_update(io->pcm);

	(void)pfd; (void)n; (void)got;
	if (access(c->frozen, F_OK) == 0 && !gone(c)) {
		*revents = 0;
		return 0;
	}
	*revents = room < 0 ? POLLOUT | POLLERR : room >= (snd_pcm_sframes_t)io->period_size ? POLLOUT : 0;
	return 0;
}

static int card_close(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;

	close(c->capture);
	close(c->clock);
	close(c->timer);
	free(c->unplugged);
	free(c->frozen);
	free(c);
	return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
	.start = card_start, .stop = card_stop, .pointer = card_pointer, .transfer = card_transfer,
	.prepare = card_prepare, .poll_revents = card_revents, .close = card_close,
};

static int constrain(snd_pcm_ioplug_t *io, unsigned int rate)
{
	struct card *c = io->private_data;
	const unsigned int access[] = { SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED };
	const unsigned int format[] = { c->s16 ? SND_PCM_FORMAT_S16_LE : SND_PCM_FORMAT_FLOAT_LE };
	int err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 2, access);

	if (err >= 0) err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, c->channels, c->channels);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, rate, rate);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 65536);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 512, 262144);
	return err;
}

SND_PCM_PLUGIN_DEFINE_FUNC(loatest)
{
	const char *capture = NULL, *clock = NULL, *unplugged = NULL, *frozen = NULL, *denied = NULL;
	long drift = 0, rate = 48000, channels = 1, s16 = 0;
	snd_config_iterator_t i, next;
	struct card *c;
	int err;

	(void)root;
	snd_config_for_each(i, next, conf) {
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id;

		if (snd_config_get_id(n, &id) < 0)
			continue;
		if (!strcmp(id, "capture")) snd_config_get_string(n, &capture);
		if (!strcmp(id, "clock")) snd_config_get_string(n, &clock);
		if (!strcmp(id, "unplugged")) snd_config_get_string(n, &unplugged);
		if (!strcmp(id, "frozen")) snd_config_get_string(n, &frozen);
		if (!strcmp(id, "denied")) snd_config_get_string(n, &denied);
		if (!strcmp(id, "rate")) snd_config_get_integer(n, &rate);
		if (!strcmp(id, "channels")) snd_config_get_integer(n, &channels);
		if (!strcmp(id, "s16")) snd_config_get_integer(n, &s16);
		if (!strcmp(id, "drift")) snd_config_get_integer(n, &drift);
	}
	if (!capture || !clock || !unplugged || !frozen)
		return -EINVAL;
	if (denied && access(denied, F_OK) == 0)
		return -EACCES;
	if (access(unplugged, F_OK) == 0)
		return -ENODEV;
	c = calloc(1, sizeof *c);
	if (!c)
		return -ENOMEM;
	c->unplugged = strdup(unplugged);
	c->frozen = strdup(frozen);
	c->rate = rate * (1 + drift * 1e-6);
	c->channels = channels;
	c->s16 = s16;
	c->capture = open(capture, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	c->clock = open(clock, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	c->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	c->io.version = SND_PCM_IOPLUG_VERSION;
	c->io.name = "a sound card that is a file";
	c->io.callback = &callbacks;
	c->io.private_data = c;
	c->io.poll_fd = c->timer;
	c->io.poll_events = POLLIN;
	c->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
	err = snd_pcm_ioplug_create(&c->io, name, stream, mode);
	if (err < 0) {
		card_close(&c->io);
		return err;
	}
	err = constrain(&c->io, rate);
	if (err < 0) {
		snd_pcm_ioplug_delete(&c->io);
		return err;
	}
	*pcmp = c->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(loatest);
