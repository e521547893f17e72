#include "cli/command.h"

#include "base/text.h"
#include "output/image.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A small place that is whole, people, choices and places: a folder or a file a row, in the order
 * they are made. */
static const struct {
    const char *name, *text; /* NULL: a folder */
} parts[] = {
    {"axes", NULL},
    {"axes/area.csv", "code,label\n"
                      "north,North\n"
                      "south,South\n"},
    {"axes/group.csv", "code,label,last_age\n"
                       "f,Young women,18\n"
                       "m,Young men,18\n"},
    {"axes/level.csv", "code,label\n"
                       "all,All levels\n"},
    {"axes/status.csv", "code,label,kind,participates,provided,fallback\n"
                        "school,At school,school,1,0,0\n"
                        "college,Sixth form or college,learning,1,1,0\n"
                        "work,Work,work,0,0,0\n"
                        "notknown,Not known,unknown,0,0,1\n"},
    {"axes/line.csv", "code,label,route,viable_group\n"
                      "alevel,A levels,college,12\n"
                      "craft,Crafts and trades,college,10\n"},
    {"axes/site.csv", "code,label,area\n"
                      "hill,Hill College,north\n"
                      "quay,Quay College,south\n"},
    {"tables", NULL},
    {"tables/population.csv", "area,group,age,value\n"
                              "north,f,14,500\nnorth,f,15,510\nnorth,f,16,505\n"
                              "north,f,17,490\nnorth,f,18,480\n"
                              "north,m,14,525\nnorth,m,15,530\nnorth,m,16,520\n"
                              "north,m,17,515\nnorth,m,18,500\n"
                              "south,f,14,300\nsouth,f,15,295\nsouth,f,16,310\n"
                              "south,f,17,305\nsouth,f,18,290\n"
                              "south,m,14,315\nsouth,m,15,320\nsouth,m,16,305\n"
                              "south,m,17,310\nsouth,m,18,300\n"},
    {"tables/entrants.csv", "year,area,group,value\n"
                            "2010-2015,north,f,495\n2010-2015,north,m,520\n"
                            "2010-2015,south,f,305\n2010-2015,south,m,320\n"},
    {"tables/level_share.csv", "level,value\n"
                               "all,1\n"},
    {"tables/status_share.csv", "age,status,value\n"
                                "16,college,0.85\n16,work,0.1\n16,notknown,0.05\n"
                                "17,college,0.75\n17,work,0.17\n17,notknown,0.08\n"
                                "18,college,0.5\n18,work,0.38\n18,notknown,0.12\n"},
    {"tables/progression.csv",
     "age,status,status_to,value\n"
     "16,school,college,0.85\n16,school,work,0.1\n16,school,notknown,0.05\n"
     "17,college,college,0.86\n17,college,work,0.1\n17,college,notknown,0.04\n"
     "17,work,college,0.1\n17,work,work,0.8\n17,work,notknown,0.1\n"
     "17,notknown,college,0.18\n17,notknown,work,0.1\n17,notknown,notknown,0.72\n"
     "18,college,college,0.64\n18,college,work,0.3\n18,college,notknown,0.06\n"
     "18,work,college,0.08\n18,work,work,0.84\n18,work,notknown,0.08\n"
     "18,notknown,college,0.08\n18,notknown,work,0.15\n18,notknown,notknown,0.77\n"},
    {"tables/line_share.csv", "line,value\n"
                              "alevel,0.55\n"
                              "craft,0.45\n"},
    {"tables/places.csv", "site,line,value\n"
                          "hill,alevel,1300\nhill,craft,1050\n"
                          "quay,alevel,750\nquay,craft,640\n"},
    {"tables/minutes.csv", "area,site,value\n"
                           "north,hill,15\nnorth,quay,40\n"
                           "south,hill,40\nsouth,quay,15\n"},
    {"tables/reach.csv", "status,value\n"
                         "college,60\n"},
    {"tables/beta.csv", "status,value\n"
                        "college,0.06\n"},
    {"sources.csv",
     "table,publisher,title,year,licence,nature,age_reference,note\n"
     "population,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,31 August,Replace them\n"
     "entrants,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "level_share,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "status_share,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "progression,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "line_share,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "places,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "minutes,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "reach,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"
     "beta,Nobody,Made-up numbers,2009,CC0-1.0,illustrative,,Replace them\n"},
    {"baseline.cfg",
     "// The years and ages of this place. Other scenarios start from it: extends = "
     "\"baseline.cfg\";\n"
     "title        = \"My place: baseline\";\n"
     "base_year    = 2009;            // autumn 2009: population.csv is of 31 August 2009\n"
     "end_year     = 2015;\n"
     "report_years = [ 2013, 2015 ];\n"
     "first_age    = 14;              // entrants.csv brings those who are 14 in each later year\n"
     "last_age     = 18;\n"
     "choice_age   = 16;              // from here on young people choose; 19: demography only\n"},
    {"README.md",
     "# My place\n"
     "\n"
     "Two areas, two groups, ages 14 to 18, two colleges with two lines of learning each, 2009 to\n"
     "2015. All numbers are made up: replace them.\n"
     "\n"
     "    cohortflow check baseline.cfg\n"
     "    cohortflow run baseline.cfg -o my-place.h5\n"
     "\n"
     "| file | what |\n"
     "|---|---|\n"
     "| `baseline.cfg` | years and ages; a scenario |\n"
     "| `sources.csv` | where each table is from, and whether it is real, estimated or "
     "illustrative |\n"
     "| **who is there** | |\n"
     "| `axes/area.csv` | where young people live; a column more (`consortium`, `authority`) is a "
     "tier to add up to |\n"
     "| `axes/group.csv` | who they are: every person is in exactly one group; `last_age` is the "
     "last age at which the group is followed |\n"
     "| `tables/population.csv` | residents at the start, a row for each area, group and age |\n"
     "| `tables/entrants.csv` | who comes to first_age in each later year |\n"
     "| **what they do** | |\n"
     "| `axes/level.csv` | what they have attained; one level will do to begin with |\n"
     "| `axes/status.csv` | what they do this year; `provided` needs a place, `fallback` is where "
     "those go who find none |\n"
     "| `tables/level_share.csv`, `tables/status_share.csv` | at which level and in which status "
     "they start |\n"
     "| `tables/progression.csv` | from status to status, at the new age |\n"
     "| **what is provided** | |\n"
     "| `axes/line.csv` | lines of learning, each within one provided status |\n"
     "| `axes/site.csv` | where they are taught |\n"
     "| `tables/places.csv` | how many places, by site and line |\n"
     "| `tables/line_share.csv` | of those in a status, which line they want |\n"
     "| `tables/minutes.csv` | from home to site, door to door |\n"
     "| `tables/reach.csv`, `tables/beta.csv` | the longest journey, and how much a minute "
     "deters |\n"
     "\n"
     "`cohortflow schema` lists every other table, such as `net_rate`, `survival` and `changes`\n"
     "(places to come): each has a default until you give it.\n"},
};
#define N_PARTS (sizeof parts / sizeof *parts)

static enum cf_status refuse(const struct cf_call *call, const char *path, const char *why)
{
    cf_report(call->diag, CF_ERROR, "template.folder", (struct cf_at){.path = path}, NULL,
              "a place cannot be made here: %s", why);
    return CF_CANNOT_CREATE;
}

/* Make the folder, or take one with nothing in it. *made: it was not there. */
static enum cf_status take_folder(const struct cf_call *call, const char *path, int *made)
{
    *made = mkdir(path, 0777) == 0;
    if (*made)
        return CF_OK;
    if (errno != EEXIST)
        return refuse(call, path, strerror(errno));
    DIR *folder = opendir(path);
    if (!folder)
        return refuse(call, path, strerror(errno));
    int empty = 1;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        empty &= cf_text_same(entry->d_name, ".") || cf_text_same(entry->d_name, "..");
    closedir(folder);
    return empty ? CF_OK : refuse(call, path, "the folder is not empty");
}

static enum cf_status make_part(const struct cf_call *call, const char *path, const char *text)
{
    if (text)
        return cf_write_image(path, text, strlen(text), call->diag);
    return mkdir(path, 0777) == 0 ? CF_OK : refuse(call, path, strerror(errno));
}

/* All of it, or nothing: what was made before a failure is taken away again. */
static enum cf_status make_place(const struct cf_call *call, struct cf_arena *arena,
                                 const char *folder)
{
    int made;
    size_t k = 0;
    enum cf_status status = take_folder(call, folder, &made);
    if (status != CF_OK)
        return status;
    for (; k < N_PARTS && status == CF_OK; k++)
        status = make_part(call, cf_path_join(arena, folder, parts[k].name), parts[k].text);
    if (status == CF_OK)
        return CF_OK;
    for (k--; k-- > 0;)
        (void)!remove(cf_path_join(arena, folder, parts[k].name));
    if (made)
        (void)!rmdir(folder);
    return status;
}

enum cf_status cf_cmd_template(const struct cf_call *call)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const char *folder = call->operand[0];
    const enum cf_status status = make_place(call, &arena, folder);
    if (status == CF_OK && !call->quiet)
        printf("a place to begin with is in %s; next: cohortflow check %s\n", folder,
               cf_path_join(&arena, folder, "baseline.cfg"));
    cf_arena_free(&arena);
    return status;
}
