/* C functions with contracts that libc does not offer. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct probe_node {
  int value;
  struct probe_node *next;
};

/* Adds up a list as far as it goes. */
long probe_sum(const struct probe_node *node) {
  long sum = 0;
  for (; node; node = node->next) sum += node->value;
  return sum;
}

/* Looks at one node and not at what it points to; but who knows that. */
int probe_value(const struct probe_node *node) { return node->value; }

/* Copies n bytes; the two must not overlap. */
void probe_copy(void *to, const void *from, size_t n) { memcpy(to, from, n); }

/* Copies n bytes; the two may overlap. */
void probe_move(void *to, const void *from, size_t n) { memmove(to, from, n); }

/* Sets w * h pixels of four bytes. */
void probe_fill(unsigned *pixels, int w, int h, unsigned colour) {
  for (int i = 0; i < w * h; i++) pixels[i] = colour;
}

/* Fails with an errno of its own. */
int probe_fail(const char *name, size_t n) {
  (void)name;
  (void)n;
  errno = ENOTTY;
  return -1;
}

/* Calls back once with what it was given. A library would crash on null. */
int probe_call(int (*f)(void *), void *data) { return f ? f(data) : -1; }

/* Adds up n bytes at an address that comes as a number, and calls back with it. */
unsigned long probe_sum_at(uintptr_t at, size_t n, void (*f)(uintptr_t)) {
  unsigned long sum = 0;
  for (size_t i = 0; i < n; i++) sum += ((const unsigned char *)at)[i];
  if (f) f(at);
  return sum;
}

struct probe_store {
  void *data;
  size_t n;
};

/* Keeps an address. */
void probe_keep(struct probe_store *store, void *data, size_t n) {
  store->data = data;
  store->n = n;
}

/* Calls back with what it keeps until it is told to stop, and forgets it then. How often it has called. */
int probe_until_released(struct probe_store *store, int (*f)(void *, size_t, void *), void *userdata) {
  int calls = 0;
  int more = 1;
  while (more) {
    more = f(store->data, store->n, userdata);
    calls++;
  }
  store->data = NULL;
  return calls;
}

/* A number in a function's place. */
int probe_is_marked(int (*f)(const int *, const int *)) { return f == (int (*)(const int *, const int *))-1; }
