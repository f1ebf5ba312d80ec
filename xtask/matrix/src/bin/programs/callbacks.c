/* C03: callbacks and listeners whose data are gone. */
#include <stddef.h>

static int (*callback)(void *);
static void *userdata;

void callbacks_set(int (*f)(void *), void *data) {
  callback = f;
  userdata = data;
}
int callbacks_fire(void) { return callback ? callback(userdata) : 0; }

/* PortAudio: a stream takes a callback and its data when it is opened, and may not open. */
int audio_open(int (*f)(void *), void *data, int rate) {
  callbacks_set(f, data);
  return rate > 0 ? 0 : -1;
}

/* wlroots: listeners are links of a list, which C walks. */
struct listener {
  struct listener *next;
  int seen;
};
static struct listener *listeners;
void signal_add(struct listener *listener) {
  listener->next = listeners;
  listeners = listener;
}
void signal_remove(struct listener *listener) {
  for (struct listener **at = &listeners; *at; at = &(*at)->next)
    if (*at == listener) {
      *at = listener->next;
      return;
    }
}
void signal_emit(void) {
  for (struct listener *at = listeners; at; at = at->next) at->seen++;
}
