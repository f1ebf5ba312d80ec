/* C that uses memory which a structure of its caller's leads to. */
#include <stddef.h>

struct owners_place {
  unsigned char *at;
  size_t n;
};

/* Adds up the bytes there. */
unsigned long owners_sum(const struct owners_place *place) {
  unsigned long sum = 0;
  for (size_t i = 0; i < place->n; i++) sum += place->at[i];
  return sum;
}

/* Adds one to each byte there. */
void owners_add(const struct owners_place *place) {
  for (size_t i = 0; i < place->n; i++) place->at[i]++;
}
