/* C13: memory that nobody has written. */
#include <stddef.h>
#include <string.h>

static int seen;
static void large(void) { seen++; }
int unwritten_branch(const unsigned char *flags, size_t n) {
  if (flags[n / 2] > 100) large();
  return seen;
}

/* Decides by a number. */
void unwritten_decide(int number) {
  if (number > 20) large();
}

/* decNumber: a number of two digits writes two. */
int dec_digits(int value, unsigned char *digits, size_t n) {
  size_t at = 0;
  for (; value && at < n; value /= 10) digits[at++] = (unsigned char)(value % 10);
  return (int)at;
}

/* minimap2: a null preset means "all defaults"; any other pointer names one. */
struct mm_options {
  int k, w, flags[6];
};
int mm_set_opt(const char *preset, struct mm_options *options) {
  if (!preset) {
    memset(options, 0, sizeof *options);
    options->k = 15;
    return 0;
  }
  return -1;
}

/* libfuse: copies the table of operations. */
static unsigned char table[64];
int fuse_session(const void *operations, size_t n) {
  memcpy(table, operations, n < sizeof table ? n : sizeof table);
  return table[0];
}
