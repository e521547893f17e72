#include "cli/import_place.h"

#include "base/text.h"
#include "output/image.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const sex_code[] = {"female", "male", "persons"};

static void add_cell(struct cf_text *text, const char *cell)
{
    if (!strpbrk(cell, ",\"\r\n")) {
        cf_text_add(text, cell);
        return;
    }
    cf_text_add(text, "\"");
    for (; *cell; cell++)
        cf_text_add_n(text, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
    cf_text_add(text, "\"");
}

static void write_areas(const struct cf_import *p, struct cf_text *text)
{
    const struct cf_csv *csv = &p->mye.areas;
    for (int i = -1; i < csv->n_rows; i++)
        for (int c = 0; c < csv->n_columns; c++) {
            add_cell(text, i < 0 ? csv->column[c] : cf_csv_cell(csv, i, c));
            cf_text_add(text, c + 1 < csv->n_columns ? "," : "\n");
        }
}

static void write_groups(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "code,label,sex\n");
    cf_text_add(text, p->ask.persons ? "persons,Young people,\n"
                                     : "female,Young women,female\nmale,Young men,male\n");
}

static void write_levels(const struct cf_import *p, struct cf_text *text)
{
    (void)p;
    cf_text_add(text, "code,label\nall,All levels\n");
}

static void write_statuses(const struct cf_import *p, struct cf_text *text)
{
    (void)p;
    cf_text_add(text, "code,label,kind,participates,provided,fallback\n"
                      "school,At school,school,1,0,0\nother,Elsewhere,other,0,0,1\n");
}

static void write_population(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "area,group,age,value\n");
    for (size_t i = 0; i < p->mye.n_rows; i++) {
        const struct cf_mye_row *row = &p->mye.row[i];
        if (row->age < 0 || row->entity >= p->mye.n_areas || row->year != p->ask.base_year ||
            row->age < p->first_age - !p->as_given)
            continue;
        add_cell(text, p->mye.entity.name[row->entity]);
        cf_text_format(text, ",%s,%d,", sex_code[row->sex], row->age);
        cf_text_number(text, row->population);
        cf_text_add(text, "\n");
    }
}

/* Who comes to first_age later: the children of the base year aged on as they are, births held. */
static void write_entrants(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "year,area,group,value\n");
    for (size_t i = 0; i < p->mye.n_rows; i++) {
        const struct cf_mye_row *row = &p->mye.row[i];
        if (row->age < 0 || row->age > p->first_age || (row->age == p->first_age && row->age > 0) ||
            row->entity >= p->mye.n_areas || row->year != p->ask.base_year)
            continue;
        const int from = row->year + (p->first_age > row->age ? p->first_age - row->age : 1);
        for (int t = from; t <= (row->age > 0 ? from : p->end_year) && t <= p->end_year; t++) {
            cf_text_format(text, "%d,", t);
            add_cell(text, p->mye.entity.name[row->entity]);
            cf_text_format(text, ",%s,", sex_code[row->sex]);
            cf_text_number(text, row->population);
            cf_text_add(text, "\n");
        }
    }
}

static void head(const struct cf_import *p, const struct cf_mye_row *row, struct cf_text *text)
{
    cf_text_format(text, "%d,", row->year);
    add_cell(text, p->mye.entity.name[row->entity]);
    if (row->age >= 0)
        cf_text_format(text, ",%s,%d", sex_code[row->sex], row->age);
}

static void write_past(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "year,area,group,age,value\n");
    for (size_t i = 0; i < p->mye.n_rows; i++) {
        const struct cf_mye_row *row = &p->mye.row[i];
        if (row->age < 0)
            continue;
        head(p, row, text);
        cf_text_add(text, ",");
        cf_text_number(text, row->population);
        cf_text_add(text, "\n");
    }
}

static void write_moves(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "year,area,group,age,deaths,net\n");
    for (size_t i = 0; i < p->mye.n_rows; i++) {
        const struct cf_mye_row *row = &p->mye.row[i];
        if (row->age < 0 || !(row->parts & CF_MYE_MOVES))
            continue;
        head(p, row, text);
        cf_text_add(text, ",");
        cf_text_number(text, row->deaths);
        cf_text_add(text, ",");
        cf_text_number(text, row->net);
        cf_text_add(text, "\n");
    }
}

static void write_totals(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "year,area,population,births,moved\n");
    for (size_t i = 0; i < p->mye.n_rows; i++) {
        const struct cf_mye_row *row = &p->mye.row[i];
        if (row->age >= 0)
            continue;
        head(p, row, text);
        cf_text_add(text, ",");
        cf_text_number(text, row->population);
        cf_text_add(text, ",");
        cf_text_number(text, row->parts & CF_MYE_BIRTHS ? row->births : NAN);
        cf_text_add(text, ",");
        cf_text_number(text, row->parts & CF_MYE_MOVES ? row->net : NAN);
        cf_text_add(text, "\n");
    }
}

static void write_sources(const struct cf_import *p, struct cf_text *text)
{
    cf_text_add(text, "table,publisher,title,year,licence,nature,age_reference,note\n"
                      "population,Office for National Statistics,");
    struct cf_text title = {0}, note = {0};
    cf_text_format(&title, "Mid-year population estimates: mid-%d", p->ask.base_year);
    add_cell(text, title.data);
    cf_text_format(text, ",%s,OGL v3.0,real,%s,", p->vintage ? p->vintage : "",
                   p->as_given ? "" : "30 June");
    cf_text_add(&note, p->as_given ? "Ages are those at 30 June, as published. From " : "From ");
    for (int k = 0; k < p->n_files; k++) {
        const char *slash = strrchr(p->file[k], '/');
        cf_text_format(&note, "%s%s", k ? ", " : "", slash ? slash + 1 : p->file[k]);
    }
    cf_text_add(&note, ". Contains public sector information licensed under the Open Government "
                       "Licence v3.0.");
    add_cell(text, note.data);
    cf_text_add(text, "\nentrants,Cohortflow,");
    add_cell(text, "Children of the base year aged on");
    cf_text_format(text, ",%s,OGL v3.0,estimated,,", p->vintage ? p->vintage : "");
    add_cell(
        text,
        "The children below first_age in the base year as they come to it, nobody moving; births "
        "held. `calibrate` makes better ones.");
    cf_text_add(text, "\n");
    cf_text_free(&title);
    cf_text_free(&note);
}

static void write_scenario(const struct cf_import *p, struct cf_text *text)
{
    cf_text_format(text,
                   "// Made by `cohortflow import`: %d areas, demography alone.\n"
                   "base_year    = %d;\nend_year     = %d;\nfirst_age    = %d;\nlast_age     = "
                   "%d;\nchoice_age   = %d;   // nobody chooses\n",
                   p->mye.n_areas, p->ask.base_year, p->end_year, p->first_age, p->ask.last_age,
                   p->ask.last_age + 1);
}

/* What a place is made of; a file that somebody may have worked on is not written again. */
static const struct {
    const char *name;
    void (*write)(const struct cf_import *import, struct cf_text *text);
    int once;
} parts[] = {
    {"axes", NULL, 0},
    {"axes/area.csv", write_areas, 1},
    {"axes/group.csv", write_groups, 1},
    {"axes/level.csv", write_levels, 1},
    {"axes/status.csv", write_statuses, 1},
    {"tables", NULL, 0},
    {"tables/population.csv", write_population, 0},
    {"tables/entrants.csv", write_entrants, 0},
    {"history", NULL, 0},
    {"history/population.csv", write_past, 0},
    {"history/components.csv", write_moves, 0},
    {"history/totals.csv", write_totals, 0},
    {"sources.csv", write_sources, 1},
    {"baseline.cfg", write_scenario, 1},
};

static enum cf_status make_folder(const char *path, cf_diag *diag)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return CF_OK;
    cf_report(diag, CF_ERROR, "output.folder", (struct cf_at){.path = path}, NULL,
              "cannot make the folder: %s", strerror(errno));
    return CF_CANNOT_CREATE;
}

enum cf_status cf_import_write(struct cf_import *p, cf_diag *diag)
{
    p->kept = "";
    enum cf_status status = make_folder(p->folder, diag);
    for (size_t k = 0; status == CF_OK && k < sizeof parts / sizeof *parts; k++) {
        const char *path = cf_path_join(p->arena, p->folder, parts[k].name);
        struct stat is;
        struct cf_text text = {0};
        if (!parts[k].write) {
            status = make_folder(path, diag);
            continue;
        }
        if (parts[k].once && stat(path, &is) == 0) {
            p->kept =
                cf_arena_format(p->arena, "%s%s%s", p->kept, *p->kept ? ", " : "", parts[k].name);
            continue;
        }
        parts[k].write(p, &text);
        status = cf_write_image(path, text.data, text.length, diag);
        cf_text_free(&text);
    }
    return status;
}

void cf_import_print(const struct cf_import *p)
{
    int first = p->ask.base_year;
    for (size_t i = 0; i < p->mye.n_rows; i++)
        if (p->mye.row[i].year < first)
            first = p->mye.row[i].year;
    for (int k = 0; k < p->n_files; k++)
        printf("%s: %s\n", p->file[k], p->mye.layout[k]);
    printf("%s: %d areas, %zu figures of %d to %d; left out: %zu rows of later years, %zu of older "
           "ages, %zu of other areas\n",
           p->folder, p->mye.n_areas, p->mye.n_rows, first, p->ask.base_year, p->mye.n_later,
           p->mye.n_older, p->mye.n_others);
    if (*p->kept)
        printf("there already, and left as they were: %s\n", p->kept);
}
