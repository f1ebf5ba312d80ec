/* C08, C09: lengths that are not those of the memory. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Fills n bytes and `more` behind them. */
void lengths_fill(unsigned char *buffer, size_t n, size_t more) {
  for (size_t at = 0; at < n + more; at++) buffer[at] = 7;
}

/* Fills n bytes, and marks one at a place of its own. */
void lengths_mark(unsigned char *buffer, size_t n, ptrdiff_t at) {
  memset(buffer, 1, n);
  buffer[at] = 9;
}

/* RocksDB: one time to live for each family. */
long rocks_open_with_ttl(int families, const int *ttls) {
  long sum = 0;
  for (int at = 0; at < families; at++) sum += ttls[at];
  return sum;
}

/* getgrouplist: as many groups as there are, if the count says that they fit. */
int group_list(unsigned first, unsigned *groups, int *count) {
  int room = *count;
  *count = 12;
  if (room < 12) return -1;
  for (int at = 0; at < 12; at++) groups[at] = first + (unsigned)at;
  return 12;
}

/* libwebp: width times height times channels. */
unsigned webp_encode(const uint8_t *pixels, int width, int height, int channels) {
  unsigned sum = 0;
  for (long at = 0; at < (long)width * height * channels; at++) sum += pixels[at];
  return sum;
}

/* XCB: the elements are as wide as the format says. */
unsigned xcb_change(uint8_t format, uint32_t length, const void *data) {
  unsigned sum = 0;
  for (uint32_t at = 0; at < length * (format / 8); at++) sum += ((const uint8_t *)data)[at];
  return sum;
}

/* libntru: as many bytes as the key's own parameters ask for. */
struct ntru_key {
  uint16_t degree;
};
void ntru_export(const struct ntru_key *key, uint8_t *out) { memset(out, 'k', 2 + key->degree * 2u); }

/* libmnl: messages one behind another, each with its length in front. */
int mnl_run(const void *buffer, size_t n) {
  const uint8_t *at = buffer;
  const uint8_t *end = at + n;
  int sum = 0;
  while (at + 4 <= end) {
    uint32_t length;
    memcpy(&length, at, 4);
    if (length < 4) break;
    for (uint32_t byte = 4; byte < length; byte++) sum += at[byte];
    at += length;
  }
  return sum;
}

/* KVM: a header, and as many entries behind it as it says. */
struct kvm_list {
  uint32_t count;
  uint32_t pad;
};
int kvm_get_list(struct kvm_list *list) {
  uint32_t *entries = (uint32_t *)(list + 1);
  for (uint32_t at = 0; at < list->count; at++) entries[at] = at;
  return 0;
}

/* libmseed: a record of so many bytes. */
unsigned mseed_parse(const char *record, size_t n) {
  unsigned sum = 0;
  for (size_t at = 0; at < n; at++) sum += (unsigned char)record[at];
  return sum;
}

/* ncurses: a line without a bound, and no zero where the line is full. */
int curses_line(char *text, int n) {
  memset(text, 'x', (size_t)n);
  return n;
}
