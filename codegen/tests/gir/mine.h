#include <stddef.h>
typedef struct { int x; } mine_point;
typedef struct mine_hidden mine_hidden;
typedef struct { int shown; } mine_window;
typedef struct { int code; char *message; } mine_error;
typedef void (*mine_each)(const mine_point *point, void *data);
typedef void (*mine_done)(void *data);
void mine_point_free(mine_point *point);
mine_point *mine_point_copy(const mine_point *point);
mine_window *mine_window_new(const char *title);
const char *mine_window_title(mine_window *window);
int mine_window_write(mine_window *window, const void *data, size_t count, size_t *written, mine_error **error);
void mine_window_read_async(mine_window *window, void *into, size_t count, mine_each ready, void *data);
void mine_window_take(mine_window *window, char **names, int *numbers, mine_hidden *hidden);
void mine_each_point(const mine_point *points, int count, mine_each each, void *data, mine_done done);
char *mine_find(const char *text, long len, const char *needle);
void mine_middle(const mine_point *from, mine_point *to, mine_point **moved);
char **mine_unlooked(const char *text, ...);
void mine_odd(const char *text, int more);
