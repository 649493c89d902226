/*
 * The mixer of the card that is a file: an ALSA external control with one
 * switch, "Master Playback Switch".
 *
 *   muted      while a file of this name exists the switch is off
 *   unplugged  while a file of this name exists the card is gone
 */
#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct control {
	snd_ctl_ext_t ext;
	char *muted, *unplugged;
};

static const char name_of_switch[] = "Master Playback Switch";

static int gone(snd_ctl_ext_t *ext)
{
	return access(((struct control *)ext->private_data)->unplugged, F_OK) == 0;
}

static int elem_count(snd_ctl_ext_t *ext)
{
	return gone(ext) ? -ENODEV : 1;
}

static int elem_list(snd_ctl_ext_t *ext, unsigned int offset, snd_ctl_elem_id_t *id)
{
	(void)ext;
	if (offset > 0)
		return -EINVAL;
	snd_ctl_elem_id_set_interface(id, SND_CTL_ELEM_IFACE_MIXER);
	snd_ctl_elem_id_set_name(id, name_of_switch);
	return 0;
}

static snd_ctl_ext_key_t find_elem(snd_ctl_ext_t *ext, const snd_ctl_elem_id_t *id)
{
	(void)ext;
	return strcmp(snd_ctl_elem_id_get_name(id), name_of_switch) == 0 ? 1 : SND_CTL_EXT_KEY_NOT_FOUND;
}

static int get_attribute(snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, int *type, unsigned int *access, unsigned int *count)
{
	(void)ext; (void)key;
	*type = SND_CTL_ELEM_TYPE_BOOLEAN;
	*access = SND_CTL_EXT_ACCESS_READWRITE;
	*count = 1;
	return 0;
}

static int get_integer_info(snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, long *least, long *most, long *step)
{
	(void)ext; (void)key;
	*least = 0;
	*most = 1;
	*step = 1;
	return 0;
}

static int read_integer(snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, long *value)
{
	struct control *c = ext->private_data;

	(void)key;
	*value = access(c->muted, F_OK) != 0;
	return gone(ext) ? -ENODEV : 0;
}

static int write_integer(snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, long *value)
{
	struct control *c = ext->private_data;
	int file;

	(void)key;
	if (gone(ext))
		return -ENODEV;
	if (*value)
		return unlink(c->muted) < 0 && errno != ENOENT ? -errno : 1;
	file = open(c->muted, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
	if (file < 0)
		return -errno;
	close(file);
	return 1;
}

static int read_event(snd_ctl_ext_t *ext, snd_ctl_elem_id_t *id, unsigned int *mask)
{
	(void)ext; (void)id; (void)mask;
	return -EAGAIN;
}

static void control_close(snd_ctl_ext_t *ext)
{
	struct control *c = ext->private_data;

	free(c->muted);
	free(c->unplugged);
	free(c);
}

static const snd_ctl_ext_callback_t callbacks = {
	.close = control_close, .elem_count = elem_count, .elem_list = elem_list, .find_elem = find_elem,
	.get_attribute = get_attribute, .get_integer_info = get_integer_info,
	.read_integer = read_integer, .write_integer = write_integer, .read_event = read_event,
};

SND_CTL_PLUGIN_DEFINE_FUNC(loatest)
{
	const char *muted = NULL, *unplugged = NULL;
	snd_config_iterator_t i, next;
	struct control *c;
	int err;

	(void)root;
	snd_config_for_each(i, next, conf) {
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id;

		if (snd_config_get_id(n, &id) < 0)
			continue;
		if (!strcmp(id, "muted")) snd_config_get_string(n, &muted);
		if (!strcmp(id, "unplugged")) snd_config_get_string(n, &unplugged);
	}
	if (!muted || !unplugged)
		return -EINVAL;
	if (access(unplugged, F_OK) == 0)
		return -ENODEV;
	c = calloc(1, sizeof *c);
	if (!c)
		return -ENOMEM;
	c->muted = strdup(muted);
	c->unplugged = strdup(unplugged);
	c->ext.version = SND_CTL_EXT_VERSION;
	c->ext.card_idx = 0;
	strcpy(c->ext.id, "loatest");
	strcpy(c->ext.driver, "loatest");
	strcpy(c->ext.name, "a sound card that is a file");
	strcpy(c->ext.mixername, "its switch");
	c->ext.poll_fd = -1;
	c->ext.callback = &callbacks;
	c->ext.private_data = c;
	err = snd_ctl_ext_create(&c->ext, name, mode);
	if (err < 0) {
		control_close(&c->ext);
		return err;
	}
	*handlep = c->ext.handle;
	return 0;
}

SND_CTL_PLUGIN_SYMBOL(loatest);
