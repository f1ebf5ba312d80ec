/* The broken twin of main.c: it lets go of the words too early. */
#include "words.h"

#include <stdio.h>

int main(void) {
  Words *words = words_new();
  if (!words || words_add(words, "a b c", 5) != Added_All) return 1;
  words_free(words);
  /* The bug: there are no words any more. */
  char longest[16];
  printf("%zu letters\n", words_longest(words, longest, sizeof longest));
  return 0;
}
