/* Structures with structures, enumerations and arrays inside. */
#include <stddef.h>
#include <stdint.h>

struct inside_part {
  uint32_t len;
  const uint8_t *base;
};
typedef const void *inside_data;
struct inside_message {
  int kind;
  struct inside_part parts[2];
  const char *name;
  inside_data data;
};

/* All bytes of the parts. */
long inside_sum(const struct inside_message *messages, size_t count) {
  long sum = 0;
  for (size_t i = 0; i < count; i++)
    for (int part = 0; part < 2; part++)
      for (uint32_t at = 0; at < messages[i].parts[part].len; at++) sum += messages[i].parts[part].base[at];
  return sum;
}

/* Looks at nothing. */
int inside_kind(const struct inside_message *message) { return message->kind; }

struct inside_lazy {
  int kind;
  struct inside_part later;
};
int inside_kind_of_lazy(const struct inside_lazy *message) { return message->kind; }

struct inside_state {
  int kind;
  unsigned char flags[2][3];
};
struct inside_entry {
  uint32_t number;
  struct inside_state state;
};

/* Sets one field of one entry: the kind, or a flag. */
void inside_set(struct inside_entry *entries, size_t count, size_t at, int flag, int value) {
  if (at >= count) return;
  if (flag < 0)
    entries[at].state.kind = value;
  else
    entries[at].state.flags[flag / 3][flag % 3] = (unsigned char)value;
}
