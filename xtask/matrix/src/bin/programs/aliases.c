/* C12: memory that two hold. */
#include <stddef.h>
#include <string.h>

void *aliases_copy(void *to, const void *from, size_t n) { return memcpy(to, from, n); }

/* LMDB: what a get gives is the page itself, and a put writes into it. */
static char page[64] = "the first value";
const char *lmdb_get(void) { return page; }
void lmdb_put(const char *value, size_t n) {
  memmove(page + 8, page, sizeof page - 8);
  memcpy(page, value, n < 8 ? n : 8);
}
