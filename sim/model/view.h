#ifndef CF_VIEW_H
#define CF_VIEW_H

#include <stddef.h>

/* Offsets of row-major arrays, slowest index first. */
#define VIEW2(i, j, J) ((size_t)(i) * (size_t)(J) + (size_t)(j))
#define VIEW3(i, j, J, k, K) (VIEW2(i, j, J) * (size_t)(K) + (size_t)(k))
#define VIEW4(i, j, J, k, K, l, L) (VIEW3(i, j, J, k, K) * (size_t)(L) + (size_t)(l))

#endif
