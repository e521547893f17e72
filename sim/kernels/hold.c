#include "kernels/build.h"

/*
 * Keep each group and age at the persons of the base year, with the levels and statuses of those
 * who are there; where nobody is, with those of the base year, at choice_age and below at school.
 *
 *   next = now (sum base / sum now)
 *
 *   held   in      one              runs of which this is so
 *   base   in      [group][cells]   persons of this area in the base year
 *   stock  in/out  [group][cells]   persons
 *   come   out     one              persons who came less those who went, added up
 *
 * Conserves: sum next == sum now + come.   MODEL.md 9.2.
 */
void CF_K(hold)(const struct cf_extent *e, const lanes_mask *held, const lanes *base, lanes *stock,
                lanes *come)
{
    const lanes none = {0}, one = none + 1.0;
    for (int g = 0; g < e->G; g++)
        for (int x = 0; x <= e->last_x[g]; x++) {
            const size_t at = (size_t)g * cf_cells(e) + cf_cell(e, x);
            const int width = cf_width(e, x), at_school = width > 1 && x <= e->choice_x;
            const lanes *then = base + at;
            lanes *row = stock + at;
            const lanes here = cf_row_sum(row, width), wanted = cf_row_sum(then, width);
            const lanes_mask some = here > none;
            const lanes more = lanes_if(some, wanted / lanes_if(some, here, one), one);
            for (int c = 0; c < width; c++)
                row[c] = lanes_if(*held, row[c] * more, row[c]);
            for (int c = 0; c < width; c++) {
                const int to = at_school ? c / e->S * e->S + e->school : c;
                row[to] += lanes_if(*held & ~some, then[c], none);
            }
            *come += lanes_if(*held, cf_row_sum(row, width) - here, none);
        }
}
