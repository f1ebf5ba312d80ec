/* What the cases of cmd/cgo ask of C: that it takes a pointer. */
#include <stddef.h>
#include <stdlib.h>

struct cgo_text {
  const char *p;
  size_t n;
};

/* Takes whatever it is given, and looks at nothing. */
void cgo_take(const void *p) { (void)p; }
void cgo_take_many(const void *p, size_t n) {
  (void)p;
  (void)n;
}
void cgo_take_two(const void *p, const void *q) {
  (void)p;
  (void)q;
}

/* Adds up the bytes of a text that is passed by value. */
int cgo_sum_text(struct cgo_text text) {
  int sum = 0;
  for (size_t at = 0; at < text.n; at++) sum += (unsigned char)text.p[at];
  return sum;
}

/* Exported functions of Rust's, and C that calls them. */
extern int *cgo_give_number(void);
extern int *cgo_give_c_number(void);
extern struct cgo_text cgo_give_text(void);

void cgo_export1(void) { cgo_take(cgo_give_number()); }
int cgo_exportok(void) {
  int *number = cgo_give_c_number();
  int value = *number;
  free(number);
  return value;
}
void cgo_retstring(void) { cgo_take(cgo_give_text().p); }
