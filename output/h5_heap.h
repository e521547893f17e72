#ifndef CF_H5_HEAP_H
#define CF_H5_HEAP_H

#include <stddef.h>

/*
 * Texts in an HDF5 file stand in heaps, and a dataset of texts holds 16 bytes an element: length,
 * address of a heap, number of an object in it. HDF5 1.10 copies the object, whatever its size,
 * into room for the length; a damaged file would write past it. So both are compared first.
 *
 * Check n elements that stand in one piece at `at` of a file of `size` bytes. Returns NULL, or
 * what is wrong; *total: bytes of all the texts.
 */
const char *cf_h5_heap_check(int fd, unsigned long long size, unsigned long long at, size_t n,
                             size_t *total);

#endif
