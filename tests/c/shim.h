/* Functions and macros that no library holds. */
#ifndef PROBE_SHIM_H
#define PROBE_SHIM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>

/* Adds up what the pointer points to. */
static inline int64_t shim_sum(const int32_t *values, size_t count) {
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum;
}

/* Arrays and functions among the parameters, a function as the result. */
typedef int (*shim_callback)(int);
static inline int shim_each(int values[4], int (*f)(int), shim_callback g, int type) {
  int sum = type;
  for (int i = 0; i < 4; i++) sum += g(f(values[i]));
  return sum;
}
static inline int (*shim_same(int (*f)(int)))(int) { return f; }
/* The byte as it comes, whatever it is. */
static inline bool shim_flag(unsigned char byte) {
  union {
    unsigned char byte;
    bool flag;
  } either = {byte};
  return either.flag;
}
static inline void shim_flag_to(bool *flag, unsigned char byte) { *(unsigned char *)flag = byte; }
typedef enum shim_kind { SHIM_NONE, SHIM_SOME } shim_kind_t;
struct shim_state {
  shim_kind_t kind;
  union {
    void *place;
    int number;
  } either;
  struct {
    bool flags[2];
    void *data;
  } inner;
};
static inline void shim_state_to(struct shim_state *state, unsigned char byte) {
  *(unsigned char *)&state->inner.flags[1] = byte;
}
static inline void shim_nothing(void) {}

static inline int shim_variadic(int count, ...) { return count; }
static inline int shim_unasked(int value) { return value; }

#define SHIM_LARGER(a, b) ((a) > (b) ? (a) : (b))
#define SHIM_FIRST(pointer) (*(pointer))
#endif
