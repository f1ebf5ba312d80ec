/* What is called, by Rust and by Go: as little work as a function of its kind can do. */
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

int work_scalar(int value) { return value + 1; }

int work_slice(const int *values, size_t n) { return n ? values[0] + values[n - 1] : 0; }

size_t work_bytes(const void *bytes, size_t n) { return n ? ((const unsigned char *)bytes)[0] : 0; }

size_t work_text(const char *text) { return (size_t)(unsigned char)text[0]; }

size_t work_fill(void *room, size_t n) {
  if (!n) return 0;
  *(unsigned char *)room = 1;
  return 1;
}

/* One byte of each buffer, as a vectored read of which C looks at nothing else. */
long work_vector(const struct iovec *vector, int n) {
  long bytes = 0;
  for (int i = 0; i < n; i++) {
    *(unsigned char *)vector[i].iov_base = 1;
    bytes += (long)vector[i].iov_len;
  }
  return bytes;
}

long work_message(const struct msghdr *message) {
  long bytes = message->msg_namelen ? ((const unsigned char *)message->msg_name)[0] : 0;
  for (size_t i = 0; i < message->msg_iovlen; i++)
    bytes += ((const unsigned char *)message->msg_iov[i].iov_base)[0] + (long)message->msg_iov[i].iov_len;
  return bytes;
}

static const void *kept[4];

/* Keeps it at its place until another comes. */
int work_keep(int at, const void *bytes, size_t n) {
  if (at < 0 || at >= 4) return 1;
  kept[at] = n ? bytes : NULL;
  return 0;
}

int work_repeat(int times, int (*call)(void *, int), void *data) {
  int sum = 0;
  for (int i = 0; i < times; i++) sum += call(data, i);
  return sum;
}
