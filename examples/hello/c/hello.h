/* A small library with the ways in which C takes memory: counted, terminated, filled, and nested. */
#ifndef HELLO_H
#define HELLO_H

#include <stddef.h>

#if defined(__clang__)
#define HELLO_NOESCAPE __attribute__((noescape))
#else
#define HELLO_NOESCAPE
#endif

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 10
#define HELLO_READS(pointer, count) __attribute__((access(read_only, pointer, count)))
#else
#define HELLO_READS(pointer, count)
#endif

/** The sum of `count` numbers. */
long hello_sum(const int *HELLO_NOESCAPE values, size_t count) HELLO_READS(1, 2);

/** Writes a greeting of at most `size` bytes, with its terminator, and returns its length without it. */
size_t hello_greet(const char *name, char *to, size_t size);

/** A piece of text, not terminated. */
struct hello_part {
  const char *text;
  size_t length;
};

/** Joins the pieces into `to` and returns the bytes written, or -1 where `size` does not suffice. */
long hello_join(const struct hello_part *parts, size_t count, char *to, size_t size);

/** The longest of the pieces: a pointer into `parts`, or NULL where there is none. */
const struct hello_part *hello_longest(const struct hello_part *parts, size_t count);

#endif
