/* Functions of known behaviour, of which the header says nothing. */
#ifndef LEARN_H
#define LEARN_H
#include <stddef.h>

struct learn_box { int width, height; };

long learn_sum(int *values, size_t n);
void learn_fill(unsigned char *to, size_t n, int first);
void learn_add(int *values, int n, int by);
size_t learn_some(unsigned char *to, size_t cap);
int learn_pack(unsigned char *to, size_t *to_len, unsigned char *from, size_t from_len);
int learn_words(char *text);
const char *learn_behind(const char *text, int which);
void learn_keep(unsigned char *data, size_t n);
void learn_grow(struct learn_box *box, int by);
const char *learn_name(int number);
void *learn_make(int number);
int learn_number(void *made);
void learn_drop(void *made);
int learn_open(int number, void **to);
void learn_close(void *opened);
long learn_scan(const char *text, const char **end);
void learn_word(int number, const char **to);
void learn_either(int number, void **to);
int learn_maybe(int *value);
int learn_rare(unsigned char *data, size_t n);
int learn_same(unsigned char *data, size_t n);
int learn_twins(unsigned char *data, size_t n, size_t m);
void learn_flag(unsigned char *data, size_t n, int writes);
/* What is said of these is wrong. */
void learn_liar(unsigned char *data, size_t n, int extra);

#endif
