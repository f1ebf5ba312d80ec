/* C whose contracts are learnt from its calls. */
#include "learn.h"
#include <stdlib.h>
#include <string.h>

static unsigned char *kept;
static const char *const names[] = {"zero", "one", "two", "three", "four", "five", "six", "seven"};

long learn_sum(int *values, size_t n) {
  long sum = 0;
  for (size_t i = 0; i < n; i++) sum += values[i];
  return sum;
}

void learn_fill(unsigned char *to, size_t n, int first) {
  for (size_t i = 0; i < n; i++) to[i] = (unsigned char)(first + i) | 1;
}

void learn_add(int *values, int n, int by) {
  for (int i = 0; i < n; i++) values[i] += by;
}

size_t learn_some(unsigned char *to, size_t cap) {
  size_t wanted = cap / 2 + 1;
  memset(to, 0x11, wanted);
  return wanted;
}

int learn_pack(unsigned char *to, size_t *to_len, unsigned char *from, size_t from_len) {
  size_t half = from_len / 2;
  if (half > *to_len) return -1;
  for (size_t i = 0; i < half; i++) to[i] = from[2 * i] ^ 0xff;
  *to_len = half;
  return 0;
}

int learn_words(char *text) {
  int words = 0;
  for (; *text; text++) words += *text == ' ';
  return words + 1;
}

const char *learn_behind(const char *text, int which) { return strchr(text, which); }

void learn_keep(unsigned char *data, size_t n) {
  (void)n;
  kept = data;
}

void learn_grow(struct learn_box *box, int by) {
  box->width += by;
  box->height += by;
}

const char *learn_name(int number) { return names[number & 7]; }

void *learn_make(int number) {
  int *made = malloc(64);
  if (made) *made = number;
  return made;
}

int learn_number(void *made) { return *(int *)made; }

void learn_drop(void *made) { free(made); }

int learn_open(int number, void **to) {
  *to = learn_make(number);
  return *to ? 0 : -1;
}

void learn_close(void *opened) { free(opened); }

long learn_scan(const char *text, const char **end) {
  long count = 0;
  while (text[count] && text[count] != ' ') count++;
  *end = text + count;
  return count;
}

void learn_word(int number, const char **to) { *to = names[number & 7]; }

void learn_either(int number, void **to) { *to = number & 1 ? (void *)names[number & 7] : learn_make(number); }

int learn_maybe(int *value) { return value ? *value : -1; }

int learn_rare(unsigned char *data, size_t n) { return n ? data[0] : 0; }

int learn_same(unsigned char *data, size_t n) { return n ? data[0] : 0; }

int learn_twins(unsigned char *data, size_t n, size_t m) { return n == m && n ? data[0] : 0; }

void learn_flag(unsigned char *data, size_t n, int writes) {
  if (writes && n) data[0] ^= 0x55;
}

void learn_liar(unsigned char *data, size_t n, int extra) {
  data[n - 1 + extra] ^= 0x55;
}
