/* A library that keeps what it is given: places of a keeper, a name, a note for the process, a box that fills later, another keeper. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 4

typedef struct keeper keeper;
struct keeper {
    const unsigned char *data[PLACES];
    size_t size[PLACES];
    const char *name;
    char *message;
    size_t room;
    const keeper *friend;
};

static const char *note;

keeper *keeper_new(void) {
    return calloc(1, sizeof(keeper));
}

void keeper_free(keeper *k) {
    free(k);
}

/* 1 for a place that is not there; what was there stays then. */
int keeper_set(keeper *k, int at, const void *data, size_t size) {
    if (at < 0 || at >= PLACES)
        return 1;
    k->data[at] = data;
    k->size[at] = size;
    return 0;
}

int keeper_set_number(keeper *k, int at, int number) {
    if (at < 0 || at >= PLACES || number < 0)
        return 1;
    k->data[at] = NULL;
    k->size[at] = 0;
    return 0;
}

void keeper_clear(keeper *k) {
    memset(k->data, 0, sizeof k->data);
}

/* 1 while the keeper has something: it stays open then. */
int keeper_close(keeper *k) {
    for (int at = 0; at < PLACES; at++)
        if (k->data[at])
            return 1;
    free(k);
    return 0;
}

long keeper_sum(const keeper *k) {
    long sum = 0;
    for (int at = 0; at < PLACES; at++)
        for (size_t byte = 0; k->data[at] && byte < k->size[at]; byte++)
            sum += k->data[at][byte];
    return sum + (k->friend ? keeper_sum(k->friend) : 0);
}

void keeper_name(keeper *k, const char *name) {
    k->name = name;
}

size_t keeper_name_length(const keeper *k) {
    return k->name ? strlen(k->name) : 0;
}

void keeper_message(keeper *k, char *room, size_t size) {
    k->message = room;
    k->room = size;
}

/* Writes into the room, if there is one. */
void keeper_say(keeper *k, const char *words) {
    if (k->message && k->room > strlen(words))
        strcpy(k->message, words);
}

void keeper_friend(keeper *k, const keeper *friend) {
    k->friend = friend;
}

/* Gives a keeper with one thing in it; null with EINVAL for nothing. */
keeper *keeper_of(const void *data, size_t size) {
    if (size == 0) {
        errno = EINVAL;
        return NULL;
    }
    keeper *k = keeper_new();
    keeper_set(k, 0, data, size);
    return k;
}

/* Both do their work and call back then. */
int keeper_set_and_tell(keeper *k, int at, const void *data, size_t size, void (*told)(void *), void *context) {
    int code = keeper_set(k, at, data, size);
    told(context);
    return code;
}

void keeper_clear_and_tell(keeper *k, void (*told)(void *), void *context) {
    keeper_clear(k);
    told(context);
}

void note_set(const char *words) {
    note = words;
}

void note_end(void) {
    note = NULL;
}

int note_first(void) {
    return note ? *note : -1;
}

/* Knows itself by its address. */
typedef struct cell {
    const struct cell *self;
    int count;
} cell;

int cell_init(cell *c, int count) {
    if (count < 0)
        return 1;
    c->self = c;
    c->count = count;
    return 0;
}

int cell_add(cell *c, int number) {
    if (c->self != c)
        return -1;
    return c->count += number;
}

void cell_end(cell *c) {
    c->self = NULL;
}

/* The place as a byte, and two keepers of which the second is emptied. */
void keeper_unset(keeper *k, unsigned char at) {
    if (at < PLACES)
        k->data[at] = NULL;
}

void keeper_empty_second(const keeper *first, keeper *second) {
    (void)first;
    keeper_clear(second);
}

/* Two notes under one lock, each with the name of the other's library. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *notes[2];

static void set_locked(int which, const char *words) {
    pthread_mutex_lock(&lock);
    notes[which] = words;
    pthread_mutex_unlock(&lock);
}

void left_set_note(const char *words) {
    set_locked(0, words);
}

void left_end_note(void) {
    set_locked(0, NULL);
}

void right_set_note(const char *words) {
    set_locked(1, words);
}

int left_first(void) {
    return notes[0] ? notes[0][0] : -1;
}
