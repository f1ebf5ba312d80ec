/* What the pages of `pinned-ffi explain` call and do not show. */
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

/* As zlib does: the state leads back to the stream. */
int open_stream(void *stream) {
  *(void **)stream = stream;
  return 0;
}
int feed_stream(void *stream) { return stream == NULL; }

/* Says how long the whole name is. */
size_t read_name(char *to, size_t n) {
  const char *name = "a long name";
  if (n > 0) {
    strncpy(to, name, n - 1);
    to[n - 1] = 0;
  }
  return strlen(name);
}

/* At the end of the data. */
ssize_t read_block(unsigned char *to, size_t n) {
  (void)to;
  return (ssize_t)n;
}

