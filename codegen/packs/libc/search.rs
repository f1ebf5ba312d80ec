//! Pointer contracts of `<search.h>, <regex.h>, <glob.h>, <fnmatch.h>, <ftw.h>, <dirent.h>`.
