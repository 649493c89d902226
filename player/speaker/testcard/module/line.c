/*
 * The line-in of the card that is a file: an ALSA ioplug that captures what that
 * card sounded, by the same clock, as if a cable went from one to the other.
 *
 *   capture    what the card writes: float32 frames, in the order they sounded
 *   clock      what the card writes: at which instant which of them sounded
 *   unplugged  while a file of this name exists the card is gone
 *   pulled     while a file of this name exists the cable is out
 *   rate       frames a second, as the card has them
 *   drift      how much too fast the clock of both runs, in millionths
 *   delay      ms from the card's converter to this one
 *   gain       factor of what comes through the cable; negative turns it around
 *   noise      greatest sample of the noise that is added to it, cable or not
 */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct line {
	snd_pcm_ioplug_t io;
	int capture, timer;
	FILE *clock;
	char *unplugged, *pulled;
	double rate, delay, gain, noise;
	int running;
	int64_t began;                  /* monotonic ns of frame 0 of this start */
	int64_t from, start;            /* a stretch: its first frame, when that sounded */
	int64_t following, until;       /* the next one: the same */
	unsigned int dice;
};

static int64_t now(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int gone(struct line *l)
{
	return access(l->unplugged, F_OK) == 0;
}

static int64_t captured(struct line *l)
{
	return l->running ? (now(CLOCK_MONOTONIC) - l->began) * 1e-9 * l->rate : 0;
}

static int line_start(snd_pcm_ioplug_t *io)
{
	struct line *l = io->private_data;
	int64_t period = io->period_size * 1e9 / l->rate;
	struct timespec step = { period / 1000000000, period % 1000000000 };
	struct itimerspec timer = { step, step };

	if (gone(l))
		return -ENODEV;
	timerfd_settime(l->timer, 0, &timer, NULL);
	l->began = now(CLOCK_MONOTONIC);
	l->running = 1;
	return 0;
}

static int line_stop(snd_pcm_ioplug_t *io)
{
	struct line *l = io->private_data;
	struct itimerspec never = { { 0, 0 }, { 0, 0 } };

	timerfd_settime(l->timer, 0, &never, NULL);
	l->running = 0;
	return 0;
}

static int line_prepare(snd_pcm_ioplug_t *io)
{
	struct line *l = io->private_data;

	return gone(l) ? -ENODEV : line_stop(io);
}

static snd_pcm_sframes_t line_pointer(snd_pcm_ioplug_t *io)
{
	struct line *l = io->private_data;
	int64_t n = captured(l);

	if (gone(l))
		return -ENODEV;
	return n - (int64_t)io->appl_ptr > (int64_t)io->buffer_size ? -EPIPE : n;
}

/* Finds the stretch that an instant lies in, as far as the card has said. */
static void find(struct line *l, int64_t instant)
{
	long long index, ns;
	int64_t offset = now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC);

	l->from = -1;
	l->following = l->until = INT64_MAX;
	rewind(l->clock);
	while (fscanf(l->clock, "%lld %lld", &index, &ns) == 2) {
		if (ns - offset > instant) {
			l->following = index;
			l->until = ns - offset;
			return;
		}
		l->from = index;
		l->start = ns - offset;
	}
}

/* What the card sounded from an instant on, as far as that is in one stretch;
 * around the stretches there is silence. Returns the frames given. */
static int64_t stretch(struct line *l, int64_t instant, float *to, int64_t size)
{
	int64_t first, left;

	find(l, instant);
	if (l->until != INT64_MAX) {
		left = (l->until - instant) * 1e-9 * l->rate + 1;
		size = size < left ? size : left;
	}
	memset(to, 0, size * sizeof *to);
	if (l->from < 0)
		return size;
	first = l->from + (instant - l->start) * 1e-9 * l->rate + 0.5;
	left = l->following - first;
	left = left < size ? left : size;
	if (left > 0 && pread(l->capture, to, left * sizeof *to, first * sizeof *to) < 0)
		memset(to, 0, size * sizeof *to);
	return size;
}

/* What comes out of the cable. */
static void listen_to(struct line *l, int64_t instant, float *to, int64_t size)
{
	int pulled = access(l->pulled, F_OK) == 0;
	double gain = pulled ? 0 : l->gain;
	int64_t i, n;

	for (n = 0; n < size; )
		n += stretch(l, instant + n / l->rate * 1e9, to + n, size - n);
	for (i = 0; i < size; i++)
		to[i] = to[i] * gain + l->noise * (2.0 * rand_r(&l->dice) / RAND_MAX - 1);
}

/* Is asked for all that can be read, again and again until it is read, and for
 * what goes round the end of the ring by itself. */
static snd_pcm_sframes_t line_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
				       snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	struct line *l = io->private_data;
	float *to = (float *)((char *)areas->addr + (areas->first + areas->step * offset) / 8);
	snd_pcm_uframes_t ring = io->buffer_size, ahead = (offset + ring - io->appl_ptr % ring) % ring;
	int64_t instant = l->began + (io->appl_ptr + ahead) / l->rate * 1e9 - l->delay * 1e6;

	if (gone(l))
		return -ENODEV;
	listen_to(l, instant, to, size);
	return size;
}

static int line_revents(snd_pcm_ioplug_t *io, struct pollfd *pfd, unsigned int n, unsigned short *revents)
{
	struct line *l = io->private_data;
	uint64_t expired;
	ssize_t got = read(l->timer, &expired, sizeof expired);
	snd_pcm_sframes_t avail = snd_pcm_avail_update(io->pcm);

	(void)pfd; (void)n; (void)got;
	*revents = avail < 0 ? POLLIN | POLLERR : avail >= (snd_pcm_sframes_t)io->period_size ? POLLIN : 0;
	return 0;
}

static int line_close(snd_pcm_ioplug_t *io)
{
	struct line *l = io->private_data;

	if (l->clock)
		fclose(l->clock);
	close(l->capture);
	close(l->timer);
	free(l->unplugged);
	free(l->pulled);
	free(l);
	return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
	.start = line_start, .stop = line_stop, .pointer = line_pointer, .transfer = line_transfer,
	.prepare = line_prepare, .poll_revents = line_revents, .close = line_close,
};

static int constrain(snd_pcm_ioplug_t *io, unsigned int rate)
{
	static const unsigned int access[] = { SND_PCM_ACCESS_MMAP_INTERLEAVED };
	static const unsigned int format[] = { SND_PCM_FORMAT_FLOAT_LE };
	int err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);

	if (err >= 0) err = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, format);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 1);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, rate, rate);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 65536);
	if (err >= 0) err = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 512, 262144);
	return err;
}

SND_PCM_PLUGIN_DEFINE_FUNC(loaline)
{
	const char *capture = NULL, *clock = NULL, *unplugged = NULL, *pulled = NULL;
	double rate = 48000, drift = 0, delay = 0, gain = 1, noise = 0;
	snd_config_iterator_t i, next;
	struct line *l;
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
		if (!strcmp(id, "pulled")) snd_config_get_string(n, &pulled);
		if (!strcmp(id, "rate")) snd_config_get_ireal(n, &rate);
		if (!strcmp(id, "drift")) snd_config_get_ireal(n, &drift);
		if (!strcmp(id, "delay")) snd_config_get_ireal(n, &delay);
		if (!strcmp(id, "gain")) snd_config_get_ireal(n, &gain);
		if (!strcmp(id, "noise")) snd_config_get_ireal(n, &noise);
	}
	if (!capture || !clock || !unplugged || !pulled)
		return -EINVAL;
	if (stream != SND_PCM_STREAM_CAPTURE || access(unplugged, F_OK) == 0)
		return -ENODEV;
	l = calloc(1, sizeof *l);
	if (!l)
		return -ENOMEM;
	l->unplugged = strdup(unplugged);
	l->pulled = strdup(pulled);
	l->rate = rate * (1 + drift * 1e-6);
	l->delay = delay;
	l->gain = gain;
	l->noise = noise;
	l->capture = open(capture, O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
	close(open(clock, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
	l->clock = fopen(clock, "re");
	l->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	l->io.version = SND_PCM_IOPLUG_VERSION;
	l->io.name = "the line-in of a sound card that is a file";
	l->io.callback = &callbacks;
	l->io.private_data = l;
	l->io.poll_fd = l->timer;
	l->io.poll_events = POLLIN;
	l->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
	err = l->clock ? snd_pcm_ioplug_create(&l->io, name, stream, mode) : -ENOENT;
	if (err < 0) {
		line_close(&l->io);
		return err;
	}
	err = constrain(&l->io, rate);
	if (err < 0) {
		snd_pcm_ioplug_delete(&l->io);
		return err;
	}
	*pcmp = l->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(loaline);
