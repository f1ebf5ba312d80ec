/* Declarations that a generator stumbles over. */
typedef __SIZE_TYPE__ size_t; /* no header of the compiler: they differ from version to version */

struct odd_bits {
  unsigned a : 3;
  unsigned b : 13;
  int *p;
};
void odd_bits(struct odd_bits *bits);

struct odd_flexible {
  size_t n;
  int items[];
};
int odd_flexible(const struct odd_flexible *flexible);

union odd_union {
  long number;
  void *pointer;
};
void odd_union(union odd_union *u);

struct odd_pair {
  int x, y;
};
struct odd_pair odd_by_value(struct odd_pair pair);

int odd_variadic(const char *format, ...);

static inline int odd_inline(int x) { return x + 1; }

typedef int (*odd_function)(void *data, int n);
int odd_callback(odd_function f, void *data);

int odd_keyword(int type, int match, const char *self, int fn);

typedef struct odd_hidden *odd_handle_t;
odd_handle_t odd_handle(odd_handle_t handle);

int odd_array(int numbers[static 4], const int matrix[2][3]);

struct odd_list {
  struct odd_list *next;
  struct odd_list *all[2];
  const char *name;
};
int odd_list(const struct odd_list *list);

void odd_unnamed(int, char *, const void *);

typedef union {
  struct odd_pair *pair;
  struct odd_list *list;
} odd_either __attribute__((transparent_union));
int odd_transparent(odd_either either);

typedef struct {
  int n;
} __pinned_ffi_wrappers;
extern int __PINNED_FFI_TYPES;
int odd_names(__pinned_ffi_wrappers *wrappers);
