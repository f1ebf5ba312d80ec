/* Declarations that are right, and whose contracts nothing completes. */
int remove_label(const char *path, const char *name);
int print_line(const char *format, ...);
