/* Makes lists of arguments, which Rust cannot. */
#include <stdarg.h>

/* Calls back with a list of what follows. */
int lists_with(int (*use)(va_list, void *), void *data, ...) {
  va_list list;
  va_start(list, data);
  int result = use(list, data);
  va_end(list);
  return result;
}
