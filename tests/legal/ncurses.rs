//! Legal calls of ncurses's own functions: no report, at any level.
