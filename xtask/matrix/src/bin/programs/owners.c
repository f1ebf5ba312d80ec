/* C14 to C17: who frees what. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void owners_take(void *memory) { free(memory); }
void *owners_give(size_t n) { return calloc(1, n); }

/* Loses what it makes. */
int owners_lose(size_t n) {
  char *lost = malloc(n);
  if (!lost) return -1;
  memset(lost, 1, n);
  return lost[n / 2];
}
/* The same, and gives it back. */
int owners_use(size_t n) {
  char *used = malloc(n);
  if (!used) return -1;
  memset(used, 1, n);
  int result = used[n / 2];
  free(used);
  return result;
}

int owners_sum(const unsigned char *bytes, size_t n) {
  int sum = 0;
  while (n) sum += bytes[--n];
  return sum;
}

/* htslib: a sequence of malloc's memory. */
char *faidx_fetch(long *length) {
  *length = 40;
  char *sequence = malloc(41);
  memset(sequence, 'A', 40);
  sequence[40] = 0;
  return sequence;
}

/* A handle of a library: a value, and how often it is closed is the caller's business. */
struct value {
  char *text;
};
struct value *value_new(const char *text) {
  struct value *v = malloc(sizeof *v);
  v->text = strdup(text);
  return v;
}
void value_free(struct value *v) {
  free(v->text);
  free(v);
}

/* libalpm: a text inside a larger one, which is the library's. */
struct package {
  char *desc;
};
struct package *alpm_package(void) {
  struct package *p = malloc(sizeof *p);
  p->desc = strdup("name=pinned;version=1");
  return p;
}
const char *alpm_version(const struct package *p) { return strchr(p->desc, ';') + 1; }
void alpm_free(struct package *p) {
  free(p->desc);
  free(p);
}
