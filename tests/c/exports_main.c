/* A program in C that calls functions of Rust's through the header that was generated from them. */
#include "exports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition)                                                   \
  do {                                                                    \
    if (!(condition)) {                                                   \
      printf("line %d: %s\n", __LINE__, #condition);                      \
      exit(3);                                                            \
    }                                                                     \
  } while (0)

int exports_main_calls_panic(void) { return exports_panic(1) + exports_panic(-1 + 3); }
int exports_main_passes_no_warmth(void) { return exports_warmer((Warmth)7, Answer_Yes); }
int exports_main_calls_unwind(void) { return exports_unwind(1); }

static bool until_three(void *data, int32_t value) {
  *(int *)data += value;
  return value != 3;
}

/* What the compiler must not know to be wrong. */
static void *hidden(void *p) {
  void *volatile kept = p;
  return kept;
}

static size_t hidden_size(size_t n) {
  volatile size_t kept = n;
  return kept;
}

static void legal(void) {
  int32_t values[] = {1, 2, 3, 0};
  MUST(exports_sum(values, 4) == 3);
  MUST(exports_sum(hidden(NULL), 0) == 0);
  MUST(exports_length("four") == 4);
  uint8_t on_stack[] = {1, 2, 3};
  MUST(exports_sum_at((uintptr_t)on_stack, 3) == 6);
  MUST(exports_sum_at(0, 0) == 0);
  Point point = {1, 2, {0}}, by = {10, 20, {0}};
  exports_move(&point, by);
  MUST(point.x == 11 && point.y == 22);
  uint8_t numbers[8];
  MUST(exports_count_up(numbers, 8, 8) == 8 && numbers[7] == 7);
  MUST(exports_count_up(NULL, 0, 0) == 0);
  int sum = 0;
  MUST(!exports_each(values, 4, until_three, &sum) && sum == 6);
  int32_t *owned = exports_new(16);
  MUST(exports_sum(owned, 3) == 2);
  MUST(exports_find(owned, 16) == NULL);
  owned[9] = 0;
  MUST(exports_find(owned, 16) == owned + 9);
  exports_free(owned, 16);
  exports_free(NULL, 0);
  MUST(exports_find(values, 4) == values + 3);
  MUST(exports_pinned()->x == 0);
  MUST(exports_pair(true).second->y == 0);
  MUST(*exports_static(true) == 7 && *exports_static(false) == 0);
  MUST(exports_panic(-5) == -5);
  MUST(exports_warmer(Warmth_Cold, Answer_Yes) == Warmth_Warm && exports_warmer(Warmth_Warm, Answer_Yes) == Warmth_Hot);
  MUST(exports_warmer(Warmth_Hot, Answer_No) == Warmth_Hot && Warmth_Hot == 5 && Answer_Yes == 200);
  MUST(exports_is_most(Large_Most, true) && !exports_is_most(Large_Least, true) && !exports_is_most(Large_Most, false));
}

int main(int count, char **arguments) {
  const char *name = count > 1 ? arguments[1] : "";
  int32_t values[4] = {1, 2, 3, 4};
#define CASE(which) if (strcmp(name, which) == 0)
  CASE("legal") legal();
  else CASE("null") exports_sum(hidden(NULL), 3);
  else CASE("past_end") exports_sum(exports_new(8), 9);
  else CASE("misaligned") exports_sum((int32_t *)(void *)((char *)hidden(values) + 1), 2);
  else CASE("freed") {
    int32_t *owned = exports_new(8);
    exports_free(owned, 8);
    exports_sum(owned, 8);
  }
  else CASE("null_number") exports_sum_at(hidden_size(0), 2);
  else CASE("past_end_of_number") exports_sum_at((uintptr_t)exports_new(8) + 8, 25);
  else CASE("overflow") exports_sum(values, hidden_size(SIZE_MAX / 2));
  else CASE("unterminated") exports_length(memset(exports_new(2), 'a', 8));
  else CASE("overfilled") exports_count_up((uint8_t *)values, hidden_size(4), 5);
  else CASE("unpinned") exports_unpinned();
  else CASE("unpinned_in_structure") exports_pair(false);
  else CASE("unpinned_behind") exports_behind();
  else CASE("dropped") exports_dropped();
  else CASE("own_stack") exports_own_stack();
  else CASE("null_result") (void)exports_never_null();
  else CASE("elsewhere") exports_elsewhere(values, 4);
  else CASE("panic") exports_panic(1);
  else CASE("panic_without_value") exports_panic_without_value(1);
  else CASE("no_warmth") MUST(exports_warmer((Warmth)7, Answer_No) == Warmth_Cold);
  else CASE("no_answer") MUST(exports_warmer(Warmth_Hot, 199) == Warmth_Cold);
  else CASE("no_large") MUST(!exports_is_most(2, true));
  else CASE("log_of_warmth") MUST(exports_wait_for_warmth() == 0);
  else CASE("wait_for_warmth") MUST(exports_wait_for_warmth() == 1);
  else CASE("wait") MUST(exports_wait() == 1);
  else CASE("unwind") MUST(exports_catch() == 1);
  else return 2;
  puts("went on");
  return 0;
}
