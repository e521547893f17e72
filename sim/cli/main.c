#include "cli/front.h"

int main(int argc, char **argv)
{
    return cf_front(&(struct cf_front){.program = "cohortflow"}, argc, argv);
}
