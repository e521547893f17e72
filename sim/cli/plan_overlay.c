#include "cli/plan_overlay.h"

#include "base/digest.h"
#include "base/text.h"
#include "input/load.h"
#include "output/image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The first words of the file, by which one may be replaced by another. */
static const char mark[] = "// A plan by `cohortflow plan`";

int cf_overlay_may_go(const char *path, cf_diag *diag)
{
    struct stat is;
    char *bytes = NULL;
    size_t length = 0;
    if (stat(path, &is) != 0)
        return 1;
    const int ours = S_ISREG(is.st_mode) &&
                     cf_read_file(path, (size_t)64 << 20, &bytes, &length) == 0 &&
                     (length == 0 || cf_text_starts(bytes, mark));
    free(bytes);
    if (!ours)
        cf_report(diag, CF_ERROR, "output.foreign", (struct cf_at){.path = path},
                  "choose another name with -o, or remove the file",
                  "something that is no plan stands under this name");
    return ours;
}

int cf_overlay_is_apart(const char *path, struct cf_model *model, cf_diag *diag)
{
    char *bytes = NULL, sha256[CF_DIGEST_HEX];
    size_t length = 0;
    int apart = 1;
    if (cf_read_file(path, (size_t)64 << 20, &bytes, &length) == 0) {
        const char *name = cf_model_file_name(model, path);
        cf_digest_of(bytes, length, sha256);
        for (int k = 0; k < model->n_files; k++)
            apart &= !cf_text_same(model->file[k].name, name) ||
                     !cf_text_same(model->file[k].sha256, sha256);
    }
    free(bytes);
    if (!apart)
        cf_report(diag, CF_ERROR, "output.own", (struct cf_at){.path = path},
                  "choose another name with -o",
                  "the scenario is made of this file: a plan in its place would extend itself");
    return apart;
}

/* The file as seen from the folder of another: from where that really lies, since `..` of a link
 * leads elsewhere. */
static const char *from_folder_of(struct cf_arena *arena, const char *path, const char *file)
{
    const char *given = cf_path_plain(arena, cf_path_folder(arena, cf_path_absolute(arena, path)));
    char *real = realpath(given, NULL);
    const char *folder = real ? cf_arena_copy(arena, real) : given;
    free(real);
    const char *to = cf_path_plain(arena, cf_path_absolute(arena, file));
    size_t same = 0;
    for (size_t k = 0; folder[k] == to[k] || (!folder[k] && to[k] == '/'); k++) {
        if (to[k] == '/')
            same = k + 1;
        if (!folder[k] || !to[k])
            break;
    }
    struct cf_text text = {0};
    cf_text_add(&text, "");
    if (same <= strlen(folder))
        for (const char *rest = folder + same; *rest;) {
            cf_text_add(&text, "../");
            rest += strcspn(rest, "/");
            rest += *rest == '/';
        }
    cf_text_add(&text, to + same);
    const char *kept = cf_arena_copy(arena, text.data);
    cf_text_free(&text);
    return kept;
}

static void add_quoted(struct cf_text *to, const char *text)
{
    cf_text_add(to, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            cf_text_add(to, "\\");
        cf_text_add_n(to, text, 1);
    }
    cf_text_add(to, "\"");
}

static void add_setting(struct cf_text *to, const char *key, const char *text)
{
    cf_text_format(to, "%s = ", key);
    add_quoted(to, text);
    cf_text_add(to, ";\n");
}

/* The text may hold anything: what would end the comment is left out. */
static void add_comment(struct cf_text *to, const char *text)
{
    cf_text_add(to, "// ");
    for (; *text; text++)
        cf_text_add_n(to, (unsigned char)*text < ' ' ? " " : text, 1);
    cf_text_add(to, "\n");
}

static void add_real(struct cf_text *to, double value)
{
    char text[CF_NUMBER_ROOM];
    cf_number_text(text, value);
    cf_text_format(to, "%s%s", text, text[strcspn(text, ".e")] ? "" : ".0");
}

static void add_actions(struct cf_text *to, const struct cf_overlay *o)
{
    const struct cf_decision *d = &o->linear->model->scenario.decision;
    const struct cf_plan *plan = o->plan;
    cf_text_add(to, "actions = (\n");
    for (int k = 0; k < plan->n_actions; k++) {
        const struct cf_action *a = &plan->action[k];
        cf_text_add(to, "  { option = ");
        add_quoted(to, d->option[a->option].code);
        cf_text_format(to, "; year = %d; units = ", a->year);
        add_real(to, a->units);
        if (!isnan(a->share)) {
            cf_text_add(to, "; share = ");
            add_real(to, a->share);
        }
        cf_text_format(to, "; }%s  ", k + 1 < plan->n_actions ? "," : "");
        add_comment(to, d->option[a->option].label);
    }
    cf_text_add(to, ");\n");
}

enum cf_status cf_overlay_write(const struct cf_overlay *o, cf_diag *diag)
{
    const struct cf_scenario *s = &o->linear->model->scenario;
    const struct cf_plan_solution *found = &o->plan->solution;
    struct cf_text text = {0};
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_text_format(&text, "%s, for the scenario it extends: %s.\n", mark,
                   o->linear->programme.regret ? "the largest regret is least"
                                               : "expected cost is least");
    cf_text_format(&text,
                   "// %s; objective %.2f, bound %.2f, gap %.2g; relief planned %.2f, simulated "
                   "%.2f learner-years, %d futures, %d draws.\n",
                   cf_plan_status_names[found->status], found->value, found->bound, found->gap,
                   o->plan->planned_all, o->plan->simulated_all, o->linear->futures->n,
                   o->linear->judges->n);
    for (int k = 0; k < o->n_set; k++)
        add_comment(&text,
                    cf_arena_format(&arena, "made, and to be run, with --set '%s'", o->set[k]));
    add_setting(&text, "extends", from_folder_of(&arena, o->path, o->scenario));
    add_setting(&text, "title", cf_arena_format(&arena, "%s: plan", s->title ? s->title : s->name));
    if (o->options)
        add_setting(&text, "options", from_folder_of(&arena, o->path, o->options));
    if (o->budget)
        add_setting(&text, "budget", from_folder_of(&arena, o->path, o->budget));
    add_actions(&text, o);
    const enum cf_status status = cf_write_image(o->path, text.data, text.length, diag);
    cf_text_free(&text);
    cf_arena_free(&arena);
    return status;
}
