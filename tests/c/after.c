/* C that says something of what it did, truly or not, and a stream that knows its own address. */
#include <stdlib.h>
#include <string.h>

/* As z_stream is made: the program moves `next` and `left`, the library owns `state`. */
struct after_stream {
  const unsigned char *next;
  size_t left;
  struct after_state *state;
  void *opaque;
  unsigned long total;
};

struct after_state {
  struct after_stream *owner;
  unsigned long sum;
};

int after_open(struct after_stream *stream) {
  stream->state = malloc(sizeof *stream->state);
  if (!stream->state) return -1;
  stream->state->owner = stream;
  stream->state->sum = 0;
  stream->total = 0;
  return 0;
}

/* Sums up what is left; -2 where the stream is not where it was opened. */
long after_sum(struct after_stream *stream) {
  if (!stream->state || stream->state->owner != stream) return -2;
  for (; stream->left; stream->left--, stream->next++, stream->total++) stream->state->sum += *stream->next;
  return (long)stream->state->sum;
}

void after_close(struct after_stream *stream) {
  free(stream->state);
  stream->state = 0;
}

/* A list head that points to itself while it is empty. */
struct after_head {
  struct after_head *first, *last;
};

void after_begin(struct after_head *head) { head->first = head->last = head; }
int after_is_empty(const struct after_head *head) { return head->first == head; }

/* Fills `fill` of `n` bytes with `byte`, and says that it has filled `say`. */
long after_fill(unsigned char *to, size_t n, size_t fill, int byte, long say) {
  memset(to, byte, fill < n ? fill : n);
  return say;
}

struct after_row {
  int number;
  char name[20];
};

/* Writes number and a short name of each row but the last `less`, and says it wrote all. */
int after_rows(struct after_row *rows, int n, int less) {
  for (int at = 0; at < n - less; at++) {
    rows[at].number = at;
    strcpy(rows[at].name, "row");
  }
  return n;
}

/* A place `at` bytes behind the start, wherever that is; null where it is negative. */
const unsigned char *after_at(const unsigned char *from, size_t n, long at) {
  (void)n;
  return at < 0 ? 0 : from + at;
}
/* A name in some encoding. */
const char *after_name(int latin) { return latin ? "gr\xfcn" : "gr\xc3\xbcn"; }
/* As a library of other flags than 0 and 1 might. */
unsigned char after_flag(int value) { return (unsigned char)value; }
const unsigned int *after_word(const unsigned char *from, size_t n, long at) {
  (void)n;
  return at < 0 ? 0 : (const unsigned int *)(from + at);
}

/* A number for an enumeration or a `char` of Rust's, whatever it stands for. */
int after_kind(int value) { return value; }
unsigned after_letter(unsigned value) { return value; }
/* Writes the last `last` of `n` flags, and leaves the others alone. */
int after_flags(unsigned char *flags, int n, int last, int value) {
  memset(flags + n - last, value, (size_t)last);
  return last;
}
/* Leaves both alone where it fails. */
int after_find(int *kind, unsigned *letter, int fails, int value, unsigned character) {
  if (fails) return -1;
  *kind = value;
  *letter = character;
  return 0;
}
struct after_triple {
  long first, second, third;
};
struct after_triple after_triple(long value) { return (struct after_triple){value, value + 1, value + 2}; }
