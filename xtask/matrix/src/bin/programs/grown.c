/* C06: memory that is reallocated under a pointer. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The next subscript, if it fits; else how long it is. */
int grown_next(const char *current, size_t used, char *next, size_t room) {
  size_t needed = used + 40;
  if (room < needed) return (int)needed;
  memcpy(next, current, used);
  memset(next + used, 's', needed - used);
  return 0;
}

/* ODBC: lengths are read where they were bound to, when the statement is executed. */
struct odbc_statement {
  const long *indicator;
};
struct odbc_statement *odbc_new(void) { return calloc(1, sizeof(struct odbc_statement)); }
void odbc_bind(struct odbc_statement *s, const long *indicator) { s->indicator = indicator; }
long odbc_execute(struct odbc_statement *s) { return *s->indicator; }
void odbc_free(struct odbc_statement *s) { free(s); }

/* bibtex: makes room, wherever the memory came from. */
void *grown_xrealloc(void *memory, size_t n) {
  void *moved = realloc(memory, n);
  if (!moved) abort();
  return moved;
}
