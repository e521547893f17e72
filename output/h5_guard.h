#ifndef CF_H5_GUARD_H
#define CF_H5_GUARD_H

#include <stddef.h>

/*
 * What is looked at in the bytes of an HDF5 file before the library reads it, because HDF5 1.10
 * does not survive all damage. Both return NULL, or what is wrong.
 *
 * Object headers, from the superblock on along continuations and hard links: each must have the
 * checksum it names. (The library sees a wrong one too, but then leaks the header, and cannot close
 * itself at the end of the process.)
 */
const char *cf_h5_guard_headers(int fd, unsigned long long size);

/*
 * Texts stand in heaps, and a dataset of texts holds 16 bytes an element: length, address of a
 * heap, number of an object in it. The library copies the object, whatever its size, into room for
 * the length. Checks n elements that stand in one piece at `at`; *total: bytes of all the texts.
 */
const char *cf_h5_guard_texts(int fd, unsigned long long size, unsigned long long at, size_t n,
                              size_t *total);

/*
 * Which scale each dim of a dataset has stands in heaps as well, as references that the library
 * would follow wherever they lead. scale[n_dims]: the addresses they name, 0 where there is none.
 */
const char *cf_h5_guard_dimensions(int fd, unsigned long long size, unsigned long long dataset,
                                   int n_dims, unsigned long long *scale);

#endif
