/* C that keeps what it is given for longer than a call, as its contract says. */
#include <stddef.h>
#include <stdlib.h>

struct keeper {
  const int *values[4];
  size_t counts[4];
  void (*destroy)(void *);
};

struct keeper *keepers_new(void) { return calloc(1, sizeof(struct keeper)); }

static void let_go(struct keeper *k, int at) {
  if (k->destroy && k->values[at]) k->destroy((void *)k->values[at]);
  k->values[at] = 0;
  k->counts[at] = 0;
}

/* Keeps nothing of no values, nor in a place that is not there. */
int keepers_bind(struct keeper *k, int at, const int *values, size_t n) {
  if (at < 0 || at > 3 || !n) return -1;
  let_go(k, at);
  k->values[at] = values;
  k->counts[at] = n;
  return 0;
}

/* A null destroy says that the values stay; -1 that they are copied; any other destroys them. */
int keepers_bind_with(struct keeper *k, int at, const int *values, size_t n, void (*destroy)(void *)) {
  if ((size_t)destroy == (size_t)-1) return 0;
  k->destroy = destroy;
  return keepers_bind(k, at, values, n);
}

long keepers_sum(const struct keeper *k) {
  long sum = 0;
  for (int at = 0; at < 4; at++)
    for (size_t i = 0; i < k->counts[at]; i++) sum += k->values[at][i];
  return sum;
}

void keepers_clear(struct keeper *k, int at) { let_go(k, at); }

void keepers_free(struct keeper *k) {
  for (int at = 0; at < 4; at++) let_go(k, at);
  free(k);
}

static void (*callback)(void *);
static void *data;

void keepers_on(void (*f)(void *), void *userdata) {
  callback = f;
  data = userdata;
}

int keepers_fire(void) {
  if (callback) callback(data);
  return callback != 0;
}

struct link {
  struct link *next;
  int value;
};
static struct link *links;

void keepers_add(struct link *link) {
  link->next = links;
  links = link;
}

void keepers_remove(struct link *link) {
  for (struct link **at = &links; *at; at = &(*at)->next)
    if (*at == link) {
      *at = link->next;
      return;
    }
}

int keepers_total(void) {
  int sum = 0;
  for (struct link *at = links; at; at = at->next) sum += at->value;
  return sum;
}
