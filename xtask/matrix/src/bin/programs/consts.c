/* C11: C writes what it is said to read only. */
#include <stddef.h>
#include <stdint.h>

void consts_bump(const int *numbers, size_t n) {
  for (size_t at = 0; at < n; at++) ((int *)numbers)[at]++;
}

/* g_variant_get_child: the last argument is a place to write to. */
void variant_get_child(int index, void *place) { *(const char **)place = index ? "child" : 0; }

/* An ioctl that fills in what it is given. */
struct create_device {
  uint32_t type;
  uint32_t fd;
  uint32_t flags;
};
int kvm_create_device(struct create_device *device) {
  device->fd = 42;
  return 0;
}

/* blitsort: sorts in place. */
void blit_sort(const uint32_t *array, size_t n) {
  uint32_t *mine = (uint32_t *)array;
  for (size_t end = n; end > 1; end--)
    for (size_t at = 1; at < end; at++)
      if (mine[at] < mine[at - 1]) {
        uint32_t other = mine[at];
        mine[at] = mine[at - 1];
        mine[at - 1] = other;
      }
}
