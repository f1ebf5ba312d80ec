/* C05: structures that C knows by their address. */
#include <stddef.h>

/* Points into itself, as std::string and luaL_Buffer do. */
struct buffer {
  char *at;
  char own[48];
};
void buffer_init(struct buffer *b) { b->at = b->own; }
void buffer_put(struct buffer *b, int c) { *b->at++ = (char)c; }
void buffer_end(struct buffer *b) { b->at = 0; }
