/* Right C, and a pointer that its type's name hides. */
#ifndef PINNED_FFI_ALIAS_H
#define PINNED_FFI_ALIAS_H

typedef int *alias;
int use_alias(alias value);

#endif
