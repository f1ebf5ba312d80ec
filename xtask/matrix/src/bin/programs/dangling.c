/* C01: arguments that are gone when C is called. */
#include <stddef.h>
#include <string.h>

size_t dangling_length(const char *text) { return strlen(text); }

/* Nothing; but a compiler does not know. */
void dangling_touch(void *memory) { (void)memory; }

/* Prints a frame under a name, as libtcod does: it reads the name. */
int dangling_frame(int width, const char *name) { return width - (int)strlen(name); }
