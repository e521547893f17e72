#include "output/publication.h"

#include "base/text.h"
#include "output/dictionary.h"

static int same_source(const struct cf_source_text *a, const struct cf_source_text *b)
{
    return cf_text_same(a->table, b->table) && cf_text_same(a->publisher, b->publisher) &&
           cf_text_same(a->title, b->title) && cf_text_same(a->year, b->year);
}

static const char *text_at(const char *const *list, size_t n, size_t i)
{
    return list && i < n ? list[i] : "";
}

/* The sources of one results file behind those that stand there already, *n of them. */
static void add_sources(const cf_results *results, struct cf_source_text *source, int *n)
{
    static const char *const names[] = {"source_table", "source_publisher", "source_title",
                                        "source_year",  "source_licence",   "source_nature",
                                        "source_note"};
    const char *const *list[sizeof names / sizeof *names];
    size_t size[sizeof names / sizeof *names];
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        list[k] = cf_results_list(results, names[k], &size[k]);
    for (size_t i = 0; list[0] && i < size[0]; i++) {
        const struct cf_source_text s = {text_at(list[0], size[0], i), text_at(list[1], size[1], i),
                                         text_at(list[2], size[2], i), text_at(list[3], size[3], i),
                                         text_at(list[4], size[4], i), text_at(list[5], size[5], i),
                                         text_at(list[6], size[6], i)};
        int known = 0;
        for (int k = 0; k < *n; k++)
            known |= same_source(&source[k], &s);
        if (!known)
            source[(*n)++] = s;
    }
}

int cf_publication_sources(const struct cf_publication *of, struct cf_arena *arena,
                           const struct cf_source_text **source)
{
    size_t room = 0, size;
    int n = 0;
    for (int k = 0; k < of->n_results; k++)
        if (cf_results_list(of->results[k], "source_table", &size))
            room += size;
    struct cf_source_text *all = CF_TAKE(arena, room, struct cf_source_text);
    for (int k = 0; k < of->n_results; k++)
        add_sources(of->results[k], all, &n);
    *source = all;
    return n;
}

int cf_publication_tables(const struct cf_publication *of, struct cf_arena *arena,
                          const struct cf_placed_table **table)
{
    int n = 0, at = 0;
    for (int s = 0; s < of->report->n_sections; s++)
        n += of->report->sections[s].n_tables;
    struct cf_placed_table *all = CF_TAKE(arena, (size_t)n, struct cf_placed_table);
    for (int s = 0; s < of->report->n_sections; s++)
        for (int t = 0; t < of->report->sections[s].n_tables; t++)
            all[at++] = (struct cf_placed_table){&of->report->sections[s],
                                                 &of->report->sections[s].tables[t]};
    *table = all;
    return n;
}

const char *cf_column_heading(const struct cf_report_table *said, const struct cf_column *column)
{
    for (const struct cf_report_column *c = said->columns; c && c->name; c++)
        if (cf_text_same(c->name, column->name))
            return c->heading;
    return column->name;
}

const char *cf_column_meaning(const struct cf_column *column)
{
    const struct cf_word *word = cf_find_word(column->name);
    return word ? word->meaning : "";
}
