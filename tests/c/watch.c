/* C that does with the memory of its arguments what it should not. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned char *kept_text;
static unsigned char **kept_on_heap;
static unsigned char *first_of_two;

/* Keeps its argument in a static. */
void watch_keep(const void *data, size_t n) {
  (void)n;
  kept_text = data;
}

/* What is kept, if it is there; forgets it. */
int watch_kept(void) {
  int first = kept_text ? kept_text[0] : -1;
  kept_text = 0;
  return first;
}

/* Lets go of it. */
void watch_forget(void) { kept_text = 0; }

/* Keeps its argument where no search looks. */
void watch_keep_on_heap(unsigned char *data, size_t n) {
  if (!kept_on_heap) kept_on_heap = malloc(sizeof *kept_on_heap);
  *kept_on_heap = data;
  if (n) data[0] = 1;
}

/* Uses what was kept there. */
int watch_read_kept(size_t at) { return (*kept_on_heap)[at]; }
void watch_write_kept(size_t at, int byte) { (*kept_on_heap)[at] = (unsigned char)byte; }

/* Writes a byte of what it said it would only read. */
void watch_spoil(const char *text, size_t at, int byte) { ((char *)text)[at] = (char)byte; }

struct watch_pair {
  int left, right;
};

/* The same for a structure. */
int watch_swap(const struct watch_pair *pair) {
  struct watch_pair *mine = (struct watch_pair *)pair;
  int left = mine->left;
  mine->left = mine->right;
  mine->right = left;
  return left;
}

/* Fills n bytes and `more` behind them, in front of them where it is negative. */
void watch_fill(unsigned char *buffer, size_t n, int byte, long more) {
  memset(buffer, byte, n);
  for (long at = 0; at < more; at++) buffer[n + (size_t)at] = (unsigned char)byte;
  for (long at = more; at < 0; at++) buffer[at] = (unsigned char)byte;
}

/* Reads `more` bytes behind the n it was given. */
int watch_sum(const unsigned char *buffer, size_t n, size_t more) {
  int sum = 0;
  for (size_t at = 0; at < n + more; at++) sum += buffer[at];
  return sum;
}

/* As strtol tells where it stopped. */
long watch_number(const char *text, char **end) { return strtol(text, end, 10); }

/* A place in its argument. */
char *watch_find(const char *text, int byte) { return strchr(text, byte); }

/* Two calls of one buffer: the second is allowed to use what the first kept. */
void watch_lend(unsigned char *data, size_t n) {
  if (n) first_of_two = data;
}
void watch_use_lent(int byte) { first_of_two[0] = (unsigned char)byte; }

/* Whether neither the page in front of its argument's nor the one behind it can be read: the kernel is asked, one byte of each. */
int watch_is_guarded(const void *data, size_t n) {
  uintptr_t page = 4096, first = (uintptr_t)data / page, last = ((uintptr_t)data + n - 1) / page;
  const void *neighbours[] = {(const void *)((first - 1) * page), (const void *)((last + 1) * page)};
  int ends[2], guarded = 1;
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) guarded &= write(ends[1], neighbours[i], 1) < 0;
  close(ends[0]);
  close(ends[1]);
  return guarded;
}
