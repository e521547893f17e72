#include "kernels/build.h"

const struct cf_kernels CF_K(kernels) = {
    .build = CF_TEXT(CF_BUILD),
#define KERNEL(name, parameters) .name = CF_K(name),
#include "kernels/kernels.def"
};
