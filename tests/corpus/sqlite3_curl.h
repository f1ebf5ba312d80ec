/* safe: fcntl_setfd|mine_first */
/* Functions whose typed forms packs know, and constants in each place where C has them. */
#include <stddef.h>

#define F_GETFD 1
#define F_SETFD (F_GETFD + 1)
/* Not a plain number: the form is left out. */
#define F_GETFL mine_number()

struct flock {
  short l_type;
  long l_start;
};
enum { F_GETLK = 5 };

int fcntl(int fd, int cmd, ...);
int open(const char *path, int flags, ...);

typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_bind_blob(sqlite3_stmt *, int, const void *, int, void (*)(void *));

typedef void CURL;
typedef enum { CURLE_OK } CURLcode;
typedef enum { CURLOPT_WRITEDATA = 10001, CURLOPT_URL = 10002, CURLOPT_VERBOSE = 41 } CURLoption;
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...);
char *curl_easy_escape(CURL *handle, const char *string, int length);

#define MINE_HOW 2
int mine_keep(const void *data, size_t n, size_t size, int how);
int mine_first(int how);
