/* What a header says by attributes, in the spellings of Clang and GCC. */
typedef __SIZE_TYPE__ size_t; /* no header of the compiler: they differ from version to version */

#if defined(__clang__)
#define NOESCAPE __attribute__((noescape))
#define NONNULL _Nonnull
#define NULLABLE _Nullable
#else
#define NOESCAPE
#define NONNULL
#define NULLABLE
#endif

long attributes_sum(const int *NONNULL NOESCAPE values, size_t n) __attribute__((access(read_only, 1, 2)));

int attributes_nullable(const char *NULLABLE name, int *NONNULL out);

int attributes_all(void *a, void *b) __attribute__((nonnull));

int attributes_second(void *a, void *b) __attribute__((nonnull(2)));

/**
 * Copies.
 * @param[out] to   where it goes
 * @param[in]  from where it comes from
 */
void attributes_documented(char *to, const char *from, size_t n);

int attributes_static(int numbers[static 3]);

void *attributes_fresh(size_t n) __attribute__((malloc, returns_nonnull));
