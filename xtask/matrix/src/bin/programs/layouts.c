/* C21: structures and numbers that are larger than their binding. */
#include <stdint.h>
#include <string.h>

struct layout_wide {
  int32_t values[8];
};
void layouts_fill(struct layout_wide *out) {
  for (int at = 0; at < 8; at++) out->values[at] = at;
}

/* stat of another version of the system. */
struct stat_new {
  uint64_t dev, ino, mode, links, size, times[8];
};
int layouts_stat(const char *path, struct stat_new *out) {
  memset(out, 0, sizeof *out);
  out->size = strlen(path);
  return 0;
}

/* A counter of 64 bits. */
int layouts_count(int64_t *count) {
  *count = -1;
  return 0;
}
