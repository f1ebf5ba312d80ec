/* C07: pointers inside structures. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct create_info {
  int count;
  const int *formats;
};
/* vkCreate*: the arrays inside are read during the call. */
int vk_create(const struct create_info *info) {
  int sum = 0;
  for (int at = 0; at < info->count; at++) sum += info->formats[at];
  return sum;
}

/* glShaderSource: the texts are copied during the call. */
size_t gl_shader_source(int count, const char *const *texts) {
  size_t length = 0;
  for (int at = 0; at < count; at++) length += strlen(texts[at]);
  return length;
}

/* MYSQL_BIND: the structure is copied, and what its pointers lead to is not. */
struct my_bind {
  void *buffer;
  unsigned long buffer_length;
};
static struct my_bind *bound;
void my_bind_param(const struct my_bind *bind) {
  if (!bound) bound = malloc(sizeof *bound);
  *bound = *bind;
}
int my_send(void) {
  int sum = 0;
  for (unsigned long at = 0; at < bound->buffer_length; at++) sum += ((char *)bound->buffer)[at];
  return sum;
}
void my_done(void) {
  free(bound);
  bound = 0;
}
