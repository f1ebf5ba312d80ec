#include "hello.h"

#include <stdio.h>
#include <string.h>

long hello_sum(const int *values, size_t count) {
  long sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum;
}

size_t hello_greet(const char *name, char *to, size_t size) {
  int length = snprintf(to, size, "hello, %s", name);
  if (length < 0) return 0;
  return (size_t)length < size ? (size_t)length : size ? size - 1 : 0;
}

long hello_join(const struct hello_part *parts, size_t count, char *to, size_t size) {
  size_t used = 0;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].length > size - used) return -1;
    memcpy(to + used, parts[i].text, parts[i].length);
    used += parts[i].length;
  }
  return (long)used;
}

const struct hello_part *hello_longest(const struct hello_part *parts, size_t count) {
  const struct hello_part *longest = NULL;
  for (size_t i = 0; i < count; i++)
    if (!longest || parts[i].length > longest->length) longest = &parts[i];
  return longest;
}
