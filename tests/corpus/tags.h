/* Types that share a name: C keeps tags and typedefs apart. */
typedef struct tags_list {
    struct tags_list *next;
} tags_item;
struct tags_item {
    int count;
    char *name;
};

/* A structure inside another has a tag like any other. */
struct tags_outer {
    struct inner {
        int z;
    } in;
};
struct tags_outer_inner {
    char c[3];
};

typedef union tags_pick *tags_pick;
union tags_pick {
    int a;
    char *b;
};

typedef enum { TAGS_ONE, TAGS_TWO } tags_kind;
typedef struct tags_plain tags_plain;
struct tags_plain {
    enum tags_colour { TAGS_RED } colour;
    union {
        int i;
        float f;
    } value;
};

typedef int type;
struct type {
    int t;
};

int tags_all(tags_item *list, struct tags_item *item, struct inner *inner, struct tags_outer_inner *other, tags_pick pick,
             tags_kind kind, tags_plain *plain, type number, struct type *type);
