/* C02: C keeps a pointer for longer than its memory lives. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

static unsigned char *kept;

void kept_keep(void *data, size_t n) {
  (void)n;
  kept = data;
}
int kept_read(size_t at) { return kept[at]; }
void kept_write(size_t at, int byte) { kept[at] = (unsigned char)byte; }
void kept_forget(void) { kept = 0; }

/* RocksDB's chain: an iterator knows its options, and the options know the caller's bound. */
struct read_options {
  const char *upper;
  size_t upper_len;
};
struct rocks_iterator {
  const struct read_options *options;
};
struct read_options *rocks_options(void) { return calloc(1, sizeof(struct read_options)); }
void rocks_set_upper_bound(struct read_options *options, const char *key, size_t n) {
  options->upper = key;
  options->upper_len = n;
}
struct rocks_iterator *rocks_iterate(const struct read_options *options) {
  struct rocks_iterator *it = calloc(1, sizeof *it);
  it->options = options;
  return it;
}
int rocks_valid(const struct rocks_iterator *it, const char *key, size_t n) {
  size_t least = n < it->options->upper_len ? n : it->options->upper_len;
  for (size_t at = 0; at < least; at++)
    if (key[at] != it->options->upper[at]) return key[at] < it->options->upper[at];
  return 0;
}
void rocks_free(struct rocks_iterator *it, struct read_options *options) {
  free(it);
  free(options);
}

/* nmount: names and values in pairs; the value of errmsg is written. */
int kept_mount(struct iovec *iov, unsigned n) {
  for (unsigned at = 0; at + 1 < n; at += 2)
    if (strcmp(iov[at].iov_base, "errmsg") == 0) memset(iov[at + 1].iov_base, 'e', iov[at + 1].iov_len);
  return -1;
}

/* A prepared statement of MySQL's client: results go where they were bound to, at each execution. */
struct my_statement {
  void *buffer;
  size_t length;
};
struct my_statement *my_prepare(void) { return calloc(1, sizeof(struct my_statement)); }
void my_bind_result(struct my_statement *s, void *buffer, size_t length) {
  s->buffer = buffer;
  s->length = length;
}
void my_execute(struct my_statement *s) {
  if (s->buffer) memset(s->buffer, 'r', s->length);
}
void my_close(struct my_statement *s) { free(s); }
