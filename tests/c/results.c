/* A small library whose functions give, take and keep things. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct shelf { int live; char label[32]; };
struct item { struct shelf *shelf; int value; };

static int live = 0;

/* How many shelves and items there are. */
int shelf_live(void) { return live; }

struct shelf *shelf_new(const char *label) {
  if (!label[0]) { errno = EINVAL; return NULL; }
  struct shelf *shelf = calloc(1, sizeof *shelf);
  strncpy(shelf->label, label, sizeof shelf->label - 1);
  live++;
  return shelf;
}

/* 0, or a number of its own that tells why. */
int shelf_open(const char *label, struct shelf **out) {
  if (!label[0]) return 7;
  *out = shelf_new(label);
  return 0;
}

void shelf_free(struct shelf *shelf) { live--; free(shelf); }

/* Refuses while something stands on it. */
int shelf_close(struct shelf *shelf) {
  if (shelf->live) return 5;
  shelf_free(shelf);
  return 0;
}

const char *shelf_label(struct shelf *shelf) { return shelf->label; }
int shelf_rename(struct shelf *shelf, const char *label) {
  strncpy(shelf->label, label, sizeof shelf->label - 1);
  return 0;
}

struct item *item_new(struct shelf *shelf, int value) {
  struct item *item = malloc(sizeof *item);
  item->shelf = shelf;
  item->value = value;
  shelf->live++;
  live++;
  return item;
}

void item_free(struct item *item) { item->shelf->live--; live--; free(item); }
int item_value(const struct item *item) { return item->value; }
struct shelf *item_shelf(struct item *item) { return item->shelf; }

/* Text of the caller's. */
char *results_upper(const char *text) {
  char *copy = strdup(text);
  for (char *at = copy; *at; at++) if (*at >= 'a' && *at <= 'z') *at -= 32;
  return copy;
}

/* The first place of a letter. */
char *results_find(const char *text, int letter) { return strchr(text, letter); }

int *results_squares(size_t n) {
  int *squares = malloc((n ? n : 1) * sizeof *squares);
  for (size_t i = 0; i < n; i++) squares[i] = (int)(i * i);
  return squares;
}

/* The tail of the numbers from a place on. */
const int *results_tail(const int *numbers, size_t n, size_t from) { return from <= n ? numbers + from : NULL; }
const char *results_name(int n) { return n == 0 ? "zero" : NULL; }

/* Copies what fits; says through len how much that was, 1 if it is not all. */
int results_copy(void *to, size_t *len, const void *from, size_t n) {
  size_t count = n < *len ? n : *len;
  memcpy(to, from, count);
  *len = count;
  return count < n;
}

/* Lies about how much it has written. */
int results_lie(unsigned char *to, size_t *len) { (void)to; *len += 1; return 0; }

/* Like fread: whole things of some size. */
size_t results_read(void *to, size_t size, size_t n) { memset(to, 7, size * (n / 2)); return n / 2; }

/* Adds up the first *n numbers. */
long results_sum(const int *numbers, const size_t *n) {
  long sum = 0;
  for (size_t i = 0; i < *n; i++) sum += numbers[i];
  return sum;
}

/* Two numbers where it succeeds, else a reason below zero. */
int results_divide(int a, int b, int *quotient, int *rest) {
  if (!b) return -2;
  *quotient = a / b;
  *rest = a % b;
  return 1;
}

void results_free(void *memory) { free(memory); }
