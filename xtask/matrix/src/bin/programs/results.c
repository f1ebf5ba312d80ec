/* C18 to C20: what C gives back. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int results_bool(int which) { return which; }
size_t results_length(const char *text) { return strlen(text); }

/* Two or fewer are states; later versions have more. */
int results_state(int version) { return version > 1 ? 7 : 1; }

/* A struct of the system, read out of bytes. */
struct file_name_info {
  uint32_t length;
  uint16_t name[30];
};
int console_name(struct file_name_info *info) {
  info->length = 4;
  return 1;
}

/* LMDB: a value is bytes, whatever was put. */
static const unsigned char stored[] = {1, 0, 3, 1};
const unsigned char *lmdb_flags(int good) { return good ? (const unsigned char *)"\1\0\1\1" : stored; }

/* libgit2: an empty buffer has no memory. */
struct git_buf {
  char *ptr;
  size_t size;
};
void git_message(struct git_buf *buf, int empty) {
  buf->ptr = empty ? 0 : "message";
  buf->size = empty ? 0 : 7;
}

/* SQLite: aligned to 8, whatever is put there. */
static uint64_t aggregate[8];
void *aggregate_context(int n) { return n > 0 ? (char *)aggregate + 8 * (((uintptr_t)aggregate & 15) == 0) : 0; }
