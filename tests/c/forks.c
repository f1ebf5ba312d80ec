/* What a library does around a fork that was there before the program's own code: it allocates, last before it and first after it. */
#include <pthread.h>
#include <stdlib.h>

static int seen;
static void (*rusts)(void);
static void *kept[100];

static void allocate(void) {
  void *block = malloc(40);
  void *grown = realloc(block, 4000);
  free(grown ? grown : block);
  free(calloc(3, 700));
  for (int i = 0; i < 30; i++) {
    void **place = &kept[(seen * 30 + i) % 100];
    free(*place);
    *place = 0;
  }
  if (rusts) rusts();
  seen++;
}

__attribute__((constructor(101))) static void early(void) { pthread_atfork(allocate, allocate, allocate); }

/* How often such a handler ran; from here on each calls this function too. */
int forks_seen(void (*function)(void)) {
  rusts = function;
  for (int i = 0; function && i < 100; i++)
    if (!kept[i]) kept[i] = malloc(100 + i);
  return seen;
}
