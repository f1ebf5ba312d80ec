/* Counts the words of a text. The header is made from the Rust functions, when the program is built. */
#include "words.h"

#include <stdio.h>
#include <string.h>

static const char text[] = "The quick brown fox jumps over the lazy dog, and the dog sleeps on.";

struct total {
  size_t letters;
  uint64_t words;
};

static bool print(void *data, const char *word, size_t length, uint64_t count) {
  struct total *total = data;
  total->letters += length;
  total->words += count;
  printf("%.*s: %llu\n", (int)length, word, (unsigned long long)count);
  return true;
}

static bool first(void *data, const char *word, size_t length, uint64_t count) {
  (void)word, (void)count;
  *(size_t *)data = length;
  return false;
}

int main(void) {
  Words *words = words_new();
  if (!words) return 1;
  if (words_add(words, text, strlen(text)) != Added_All) return 2;
  if (words_add(words, "\xff", 1) != Added_NoText) return 3;

  struct total total = {0, 0};
  size_t repeated = words_each(words, Which_Repeated, print, &total);
  printf("%zu words came more than once, %llu times in all\n", repeated, (unsigned long long)total.words);

  /* A callback may end the search. */
  size_t length = 0;
  if (words_each(words, Which_All, first, &length) != 1 || length != 3) return 4;

  char longest[16];
  size_t size = words_longest(words, longest, sizeof longest);
  printf("the longest: %.*s\n", (int)size, longest);
  if (words_longest(words, longest, 2) != 0) return 5;

  words_free(words);
  puts("ok");
  return 0;
}
