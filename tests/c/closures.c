/* A library that calls back: during a call, until it is told, once, for ever, too late, twice at once, on a thread of its own. */
#include <pthread.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef int (*visitor)(const int *at, size_t count, void *data);

/* During the call: pieces of at most `step` numbers; stops at a result that is not 0. */
int closures_each(const int *numbers, size_t count, size_t step, visitor visit, void *data) {
  for (size_t at = 0; at < count; at += step) {
    int code = visit(numbers + at, count - at < step ? count - at : step, data);
    if (code) return code;
  }
  return 0;
}

/* How often the two below have come to their end on this thread. */
static _Thread_local int finished;
int closures_finished(void) { return finished; }

/* Does not stop: calls as often as it was asked to. */
int closures_repeat(int times, int (*call)(void *data, int number), void *data) {
  int sum = 0;
  for (int number = 0; number < times; number++) sum += call(data, number);
  finished++;
  return sum;
}

/* No userdata. */
int closures_plain(int times, int (*call)(int number)) {
  int sum = 0;
  for (int number = 0; number < times; number++) sum += call(number);
  finished++;
  return sum;
}

/* A text, an object that may be written, and null where it is asked for. */
void closures_typed(const char *text, int *object, int is_null, void (*call)(const char *text, int *object, void *data),
                    void *data) {
  call(is_null ? NULL : text, is_null ? NULL : object, data);
}

/* On another thread, during the call. */
struct started {
  int (*call)(void *, int);
  void *data;
  int result;
};
static void *start(void *at) {
  struct started *started = at;
  started->result = started->call(started->data, 1);
  return NULL;
}
int closures_thread(int (*call)(void *data, int number), void *data) {
  struct started started = {call, data, 0};
  pthread_t thread;
  if (pthread_create(&thread, NULL, start, &started)) return -2;
  pthread_join(thread, NULL);
  return started.result;
}

/* A source of events, which keeps what it is given. */
struct source {
  int (*call)(void *, int);
  void *data;
  void (*destroy)(void *);
};
struct source *source_new(void) { return calloc(1, sizeof(struct source)); }
static void forget(struct source *source) {
  struct source old = *source;
  memset(source, 0, sizeof *source);
  if (old.destroy) old.destroy(old.data);
}
/* Fails for a code that is not 0; `destroys` says whether it lets go of the data then. */
int source_connect(struct source *source, int code, int destroys, int (*call)(void *data, int number), void *data,
                   void (*destroy)(void *data)) {
  if (code) {
    if (destroys && destroy) destroy(data);
    return code;
  }
  forget(source);
  *source = (struct source){call, data, destroy};
  return 0;
}
/* The same without a destroy function: gives back the old data, as sqlite3_update_hook does. */
void *source_hook(struct source *source, int (*call)(void *data, int number), void *data) {
  void *old = source->data;
  *source = (struct source){call, data, NULL};
  return old;
}
int source_fire(struct source *source, int number) { return source->call ? source->call(source->data, number) : -1; }
size_t source_data(struct source *source) { return (size_t)source->data; }
void source_disconnect(struct source *source) { forget(source); }
void source_free(struct source *source) {
  forget(source);
  free(source);
}

/* Ends the data twice. */
void source_forget_twice(struct source *source) {
  if (source->destroy) source->destroy(source->data);
  forget(source);
}

/* Reads on when it has called. */
int closures_reads(const int *numbers, size_t count, int (*call)(void *data), void *data) {
  int sum = call(data);
  for (size_t at = 0; at < count; at++) sum += ((const volatile int *)numbers)[at];
  return sum;
}

/* Calls, and once more when the first call has jumped back. */
static jmp_buf back;
int closures_jump(int (*call)(void *data, int number), void *data) {
  if (!setjmp(back)) return call(data, 0);
  return call(data, 1);
}
void closures_jump_back(void) { longjmp(back, 1); }

/* Keeps what it got for one call, and calls later. */
static int (*kept_call)(void *, int);
static void *kept_data;
int closures_keep(int (*call)(void *data, int number), void *data) {
  kept_call = call;
  kept_data = data;
  return call(data, 0);
}
int closures_call_kept(int number) { return kept_call ? kept_call(kept_data, number) : -1; }
int closures_call_forged(int number, size_t data) { return kept_call(number ? (void *)data : kept_data, number); }
/* No userdata, and kept; and one that it is given now. */
static int (*kept_plain)(int);
void closures_set_plain(int (*call)(int number)) { kept_plain = call; }
int closures_fire_plain(int number) { return kept_plain ? kept_plain(number) : -1; }
int closures_ask(int (*call)(const int *at), int number) { return call(&number); }
/* Once, later. */
void closures_later(int (*call)(void *data, int number), void *data) {
  kept_call = call;
  kept_data = data;
}
