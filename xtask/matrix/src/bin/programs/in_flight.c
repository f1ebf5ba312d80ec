/* C04: requests that take their memory now and use it later. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A ring of requests in memory of its own, as the kernel's. */
struct ring {
  void *buffer;
  size_t bytes;
  const long *timeout;
};
struct ring *ring_new(void) {
  struct ring *ring = mmap(0, sizeof *ring, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return ring == MAP_FAILED ? 0 : ring;
}
void ring_prep_read(struct ring *ring, void *buffer, size_t bytes) {
  ring->buffer = buffer;
  ring->bytes = bytes;
}
void ring_prep_timeout(struct ring *ring, const long *timeout) { ring->timeout = timeout; }
/* The entry is consumed, and its completion comes. */
long ring_complete(struct ring *ring) {
  long result = ring->timeout ? *ring->timeout : 0;
  if (ring->buffer) memset(ring->buffer, 'k', ring->bytes);
  memset(ring, 0, sizeof *ring);
  return result;
}
