/* Wrong C on purpose: a declaration without its semicolon, and names that nothing declares. */
#ifndef PINNED_FFI_C_ERROR_H
#define PINNED_FFI_C_ERROR_H

int right(int n);
struct pair {
    int first
    int second;
};
missing_type wrong(const struct pair *p, missing_size n);

#endif
