//! Pointer contracts of `<locale.h>, <langinfo.h>, <iconv.h>, <libintl.h>, <wchar.h>`.
