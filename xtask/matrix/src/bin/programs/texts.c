/* C10: texts without an end. */
#include <stddef.h>
#include <string.h>

size_t texts_length(const char *text) { return strlen(text); }

/* CPython's conversion: bytes until the zero. */
long texts_hash(const char *text) {
  long hash = 5381;
  while (*text) hash = hash * 33 + *text++;
  return hash;
}
