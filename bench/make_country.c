/*
 * Write the reference country as a place, to run it as users do:
 *
 *   make_country FOLDER [areas [sites]]
 *
 * 350 areas in a square of 188 km, 2 sexes x 3 needs, ages 0-24, 10 statuses and 3 levels from 14
 * on, 6 routes of one line each, 500 sites of which about 40 are within reach of an area, places
 * for 1.10 times the demand, 2009 to 2020. baseline.cfg is the central run; futures.cfg draws five
 * uncertain entries and keeps the indicators. Made-up numbers, always the same.
 */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROUTES = 6, FIRST = 14, LAST = 24, GROUPS = 6 };
#define SIDE 188000.0
#define PEOPLE 300.0 /* of an age in an area, all groups */

static const char *folder;

static FILE *begin(const char *name, const char *header)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "make_country: %s: %s\n", path, strerror(errno));
        exit(73);
    }
    fputs(header, file);
    return file;
}

static void text(const char *name, const char *content)
{
    fclose(begin(name, content));
}

/* Random numbers of a fixed sequence (splitmix64). */
static double uniform(void)
{
    static uint64_t state = 2009;
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* What they do from 14 on: six routes, higher education, work, not in education or work. */
static const char *const status[] = {"r1", "r2", "r3", "r4", "r5", "r6", "he", "work", "neet"};
static const double share[] = {0.30, 0.12, 0.10, 0.08, 0.06, 0.04, 0.08, 0.14, 0.08};
enum { STATUSES = 9 };

static void write_axes(int areas, int sites)
{
    FILE *f = begin("axes/area.csv", "code,label,authority,region,easting,northing\n");
    for (int a = 0; a < areas; a++)
        fprintf(f, "a%03d,Area %d,h%02d,country,%.0f,%.0f\n", a, a, a / 7, SIDE * uniform(),
                SIDE * uniform());
    fclose(f);
    f = begin("axes/site.csv", "code,label,authority,easting,northing\n");
    for (int j = 0; j < sites; j++)
        fprintf(f, "j%03d,Site %d,h%02d,%.0f,%.0f\n", j, j, j % 50, SIDE * uniform(),
                SIDE * uniform());
    fclose(f);
    f = begin("axes/line.csv", "code,label,route,entitlement,viable_group\n");
    for (int i = 0; i < ROUTES; i++)
        fprintf(f, "i%d,Line %d,%s,1,12\n", i + 1, i + 1, status[i]);
    fclose(f);
    text("axes/group.csv",
         "code,label,sex,lldd,last_age\n"
         "f-lldd,Young women with LLDD,female,1,24\nf-fsm,Young women with FSM,female,0,24\n"
         "f-other,Other young women,female,0,24\nm-lldd,Young men with LLDD,male,1,24\n"
         "m-fsm,Young men with FSM,male,0,24\nm-other,Other young men,male,0,24\n");
    text("axes/level.csv", "code,label\nl1,Below level 2\nl2,Level 2\nl3,Level 3\n");
    text("axes/grade.csv", "code,label,good\ngood,Good,1\nnot,Not good yet,0\n");
    f = begin("axes/status.csv", "code,label,kind,participates,provided,fallback\n"
                                 "school,At school,school,1,0,0\n");
    for (int s = 0; s < STATUSES; s++)
        fprintf(f, "%s,%s,%s,%d,%d,%d\n", status[s], status[s],
                s <= ROUTES         ? "learning"
                : s == STATUSES - 1 ? "neet"
                                    : "work",
                s <= ROUTES, s < ROUTES, s == STATUSES - 1);
    fclose(f);
}

static void write_people(int areas)
{
    FILE *f = begin("tables/population.csv", "area,age,value\n");
    for (int a = 0; a < areas; a++)
        for (int x = 0; x <= LAST; x++)
            fprintf(f, "a%03d,%d,%.0f\n", a, x, PEOPLE * (0.8 + 0.4 * uniform()));
    fclose(f);
    f = begin("tables/entrants.csv", "year,area,value\n");
    for (int a = 0; a < areas; a++)
        fprintf(f, "2010-,a%03d,%.0f\n", a, PEOPLE * (0.8 + 0.4 * uniform()));
    fclose(f);
    text("tables/survival.csv", "value\n0.9997\n");
    text("tables/out_rate.csv", "value\n0.03\n");
    f = begin("tables/in_share.csv", "area,value\n");
    for (int a = 0; a < areas; a++)
        fprintf(f, "a%03d,%.9f\n", a, 0.98 / areas);
    fclose(f);
}

/* Shares that do not drift: who chooses anew, three in ten, does so as the whole cohort is spread.
 */
static void write_choice(void)
{
    text("tables/level_share.csv", "age,level,value\n14,l1,1\n15,l1,1\n16,l1,0.3\n16,l2,0.7\n17,l1,"
                                   "0.25\n17,l2,0.65\n17,l3,0.1\n"
                                   "18-24,l1,0.2\n18-24,l2,0.35\n18-24,l3,0.45\n");
    text("tables/gain.csv", "age,level,level_to,value\n15,l1,l2,0.7\n16,l1,l2,0.16\n16,l2,l3,0.14\n"
                            "17,l1,l2,0.2\n17,l2,l3,0.53\n");
    FILE *f = begin("tables/status_share.csv", "status,value\n");
    for (int s = 0; s < STATUSES; s++)
        fprintf(f, "%s,%.2f\n", status[s], share[s]);
    fclose(f);
    f = begin("tables/progression.csv", "status,status_to,value\n");
    for (int s = 0; s < STATUSES; s++)
        fprintf(f, "school,%s,%.2f\n", status[s], share[s]);
    for (int s = 0; s < STATUSES; s++)
        for (int to = 0; to < STATUSES; to++)
            fprintf(f, "%s,%s,%.3f\n", status[s], status[to],
                    0.3 * share[to] + (s == to ? 0.7 : 0));
    fclose(f);
}

static void write_places(int areas, int sites)
{
    FILE *f = begin("tables/places.csv", "site,line,value\n");
    double *size = calloc((size_t)sites, sizeof *size);
    if (!size)
        abort();
    for (int i = 0; i < ROUTES; i++) {
        double sum = 0;
        for (int j = 0; j < sites; j++)
            sum += size[j] = 0.3 + uniform();
        for (int j = 0; j < sites; j++)
            fprintf(f, "j%03d,i%d,%.0f\n", j, i + 1,
                    1.10 * PEOPLE * (LAST - FIRST + 1) * areas * share[i] * size[j] / sum);
    }
    fclose(f);
    free(size);
    text("tables/beta.csv", "value\n0.08\n");
    text("tables/reach.csv", "value\n45\n");
    text("tables/grade_share.csv", "grade,value\ngood,0.7\nnot,0.3\n");
}

static void write_sources(void)
{
    static const char *const tables[] = {
        "population",   "entrants",    "survival", "out_rate", "in_share", "level_share", "gain",
        "status_share", "progression", "places",   "beta",     "reach",    "grade_share"};
    FILE *f =
        begin("sources.csv", "table,publisher,title,year,licence,nature,age_reference,note\n");
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
        fprintf(f, "%s,bench,The reference country,2009,CC0,illustrative,,\n", tables[k]);
    fclose(f);
}

static void write_scenarios(void)
{
    text("baseline.cfg",
         "title = \"Reference country\";\n"
         "base_year = 2009; end_year = 2020; report_years = [ 2013, 2015, 2020 ];\n"
         "first_age = 0; last_age = 24; choice_age = 14; protected = \"lldd:1\";\n"
         "indicators = (\n"
         "  { code = \"participation\"; label = \"Participating, 16-17\";\n"
         "    numerator = { where = { age = \"16-17\"; status = \"participates:1\"; }; };\n"
         "    denominator = { where = { age = \"16-17\"; }; }; },\n"
         "  { code = \"neet\"; label = \"NEET, 16-18\";\n"
         "    numerator = { where = { age = \"16-18\"; status = \"neet\"; }; };\n"
         "    denominator = { where = { age = \"16-18\"; }; }; }\n"
         ");\n");
    text("futures.cfg", "extends = \"baseline.cfg\";\n"
                        "title = \"Reference country, drawn\";\n"
                        "uncertain = (\n"
                        "  { name = \"entrants\"; field = \"entrants\"; op = \"scale\"; dist = "
                        "\"lognormal\"; median = 1.0;\n"
                        "    sd = 0.1; by = [ \"area\" ]; shared = 0.5; },\n"
                        "  { name = \"trend of r3\"; field = \"trend\"; where = { status = \"r3\"; "
                        "}; op = \"set\";\n"
                        "    dist = \"normal\"; mean = 0.0; sd = 0.02; },\n"
                        "  { name = \"mobility\"; field = \"out_rate\"; op = \"scale\"; dist = "
                        "\"lognormal\"; median = 1.0;\n"
                        "    sd = 0.2; ar1 = 0.7; },\n"
                        "  { name = \"places\"; field = \"places\"; op = \"scale\"; dist = "
                        "\"triangular\"; low = 0.9;\n"
                        "    mode = 1.0; high = 1.05; },\n"
                        "  { name = \"outside\"; field = \"outside\"; op = \"set\"; dist = "
                        "\"uniform\"; low = 0.001;\n"
                        "    high = 0.004; }\n"
                        ");\n"
                        "design = { kind = \"montecarlo\"; draws = 1000; seed = 2009; };\n"
                        "retain = [ \"-*\", \"indicator_value\" ];\n");
}

int main(int argc, char **argv)
{
    const int areas = argc > 2 ? atoi(argv[2]) : 350, sites = argc > 3 ? atoi(argv[3]) : 500;
    char path[4096];
    if (argc < 2 || areas < 1 || sites < 1) {
        fprintf(stderr, "usage: make_country FOLDER [areas [sites]]\n");
        return 2;
    }
    folder = argv[1];
    static const char *const parts[] = {"", "/axes", "/tables"};
    for (int k = 0; k < 3; k++) {
        snprintf(path, sizeof path, "%s%s", folder, parts[k]);
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            fprintf(stderr, "make_country: %s: %s\n", path, strerror(errno));
            return 73;
        }
    }
    write_axes(areas, sites);
    write_people(areas);
    write_choice();
    write_places(areas, sites);
    write_sources();
    write_scenarios();
    return 0;
}
