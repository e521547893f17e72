#include "cli/front.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Messages of one severity that are printed before "and N more". */
#define MOST_MESSAGES 100
#define MOST_LETTERS 64

/* Values that getopt_long returns for long options: beyond any letter. */
enum { LONG_HELP = 1000, LONG_QUIET, LONG_COLOUR, LONG_FIRST };

static void print_version(const struct cf_front *front)
{
    printf("%s %s\n", front->program, CF_VERSION);
}

static void print_options(const struct cf_flag *options)
{
    for (const struct cf_flag *o = options; o->name; o++) {
        char left[64];
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : "",
                 o->letter ? o->letter : ' ', o->letter ? ", " : "   ", o->name,
                 o->value_name ? " " : "", o->value_name ? o->value_name : "");
        printf("  %-26s %s\n", left, o->help);
    }
}

static const struct cf_flag common_options[] = {
    {"quiet", 'q', NULL, 0, "errors only"},
    {"color", 0, "WHEN", 0, "auto, always or never; NO_COLOR is honoured"},
    {"help", 'h', NULL, 0, "this help"},
    {0},
};

static int offers(const struct cf_front *front, const struct cf_command *command)
{
    return !front->only || !strcmp(front->only, command->name);
}

/* All commands, under headings where more than one is offered. */
static void print_commands(const struct cf_front *front)
{
    for (int i = 0; i < cf_n_commands; i++) {
        const struct cf_command *command = &cf_commands[i];
        if (!offers(front, command))
            continue;
        for (const struct cf_command_group *g = cf_command_groups; g->first && !front->only; g++)
            if (!strcmp(g->first, command->name))
                printf("%s%s\n", i ? "\n" : "", g->heading);
        printf("  %-11s %-21s %s\n", command->name, command->operands, command->summary);
    }
}

static void print_help(const struct cf_front *front, const struct cf_command *command)
{
    if (command) {
        printf("usage: %s %s %s [options]\n\n%s.\n", front->program, command->name,
               command->operands, command->summary);
        if (command->more)
            printf("\n%s\n", command->more);
        printf("\noptions:\n");
        print_options(command->options);
        print_options(common_options);
        return;
    }
    printf("Cohortflow %s: futures for education and training from 14 to 19.\n\n"
           "usage: %s COMMAND ...\n\n",
           CF_VERSION, front->program);
    print_commands(front);
    printf("\n  %s COMMAND --help, %s --version\n%s\n"
           "exit: 0 ok, 1 findings, 2 usage, 3 bad input, 4 failed invariant or more\n"
           "      than 1%% of draws, 5 no plan holds all limits, 70 internal, 73 cannot create,\n"
           "      74 input/output, 75 stopped and resumable, 130 stopped at once\n",
           front->program, front->program, front->more ? front->more : "");
}

static enum cf_status usage_error(const struct cf_front *front, const struct cf_call *call)
{
    if (call->silent)
        return CF_USAGE;
    cf_diag_print(call->diag, stderr, CF_ERROR, 0, call->colour);
    if (call->command)
        fprintf(stderr, "usage: %s %s %s [options]; --help tells more\n", front->program,
                call->command->name, call->command->operands);
    else
        fprintf(stderr, "usage: %s COMMAND ...; --help lists the commands\n", front->program);
    return CF_USAGE;
}

/* The command's options as getopt_long wants them. */
static void getopt_tables(const struct cf_command *command, struct option *longs, char *letters)
{
    int n = 0;
    size_t at = 0;
    letters[at++] = ':';
    letters[at++] = 'q';
    letters[at++] = 'h';
    longs[n++] = (struct option){"help", no_argument, NULL, LONG_HELP};
    longs[n++] = (struct option){"quiet", no_argument, NULL, LONG_QUIET};
    longs[n++] = (struct option){"color", required_argument, NULL, LONG_COLOUR};
    for (int i = 0; command->options[i].name; i++) {
        const struct cf_flag *o = &command->options[i];
        longs[n++] = (struct option){o->name, o->value_name ? required_argument : no_argument, NULL,
                                     LONG_FIRST + i};
        if (o->letter) {
            letters[at++] = o->letter;
            if (o->value_name)
                letters[at++] = ':';
        }
    }
    letters[at] = '\0';
    longs[n] = (struct option){0};
}

static int set_colour(struct cf_call *call, const char *when)
{
    if (!strcmp(when, "always") || !strcmp(when, "never"))
        call->colour = !strcmp(when, "always");
    else if (strcmp(when, "auto") != 0) {
        cf_report(call->diag, CF_ERROR, "call.color", (struct cf_at){0}, NULL,
                  "--color wants auto, always or never, not '%s'", when);
        return 0;
    }
    return 1;
}

static int keep_option(struct cf_call *call, int i, const char *value)
{
    const struct cf_flag *o = &call->command->options[i];
    if (call->value[i] && !o->many) {
        cf_report(call->diag, CF_ERROR, "call.twice", (struct cf_at){0}, NULL,
                  "--%s is given twice", o->name);
        return 0;
    }
    call->value[i] = value ? value : "";
    if (!o->many)
        return 1;
    if (call->n_many == CF_MOST_SET) {
        cf_report(call->diag, CF_ERROR, "call.many", (struct cf_at){0}, NULL,
                  "--%s is given more than %d times", o->name, CF_MOST_SET);
        return 0;
    }
    call->many[call->n_many++] = value;
    return 1;
}

static int unknown_option(struct cf_call *call, int found, char **argv)
{
    const char *names[CF_MOST_OPTIONS + 3] = {"help", "quiet", "color"};
    const char *wrong = argv[optind - 1];
    size_t n = 3, length = strcspn(wrong, "=");
    if (found == ':') {
        cf_report(call->diag, CF_ERROR, "call.value", (struct cf_at){0}, NULL,
                  "option '%s' wants a value", wrong);
        return 0;
    }
    for (int i = 0; call->command->options[i].name; i++)
        names[n++] = call->command->options[i].name;
    if (!cf_text_starts(wrong, "--")) {
        cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
                  "unknown option '-%c'", optopt);
        return 0;
    }
    char *name = strndup(wrong + 2, length - 2); /* without what stands behind '=' */
    for (size_t i = 0; name && i < n; i++)
        if (!strcmp(name, names[i])) {
            cf_report(call->diag, CF_ERROR, "call.value", (struct cf_at){0}, NULL,
                      "option '--%s' takes no value", name);
            free(name);
            return 0;
        }
    cf_report_near(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, name, names, n,
                   "unknown option '--%s'", name ? name : "");
    free(name);
    return 0;
}

/* Parse what follows the command's name. 1: go on; 0: wrong, said in diag; -1: help was asked. */
static int parse(struct cf_call *call, int argc, char **argv)
{
    struct option longs[CF_MOST_OPTIONS + 4];
    char letters[MOST_LETTERS];
    int good = 1, found;
    getopt_tables(call->command, longs, letters);
    opterr = 0;
    optind = 1;
    while ((found = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (found == 'h' || found == LONG_HELP)
            return -1;
        if (found == 'q' || found == LONG_QUIET)
            call->quiet = 1;
        else if (found == LONG_COLOUR)
            good &= set_colour(call, optarg);
        else if (found >= LONG_FIRST)
            good &= keep_option(call, found - LONG_FIRST, optarg);
        else if (found == '?' || found == ':')
            good &= unknown_option(call, found, argv);
        else
            for (int i = 0; call->command->options[i].name; i++)
                if (call->command->options[i].letter == found)
                    good &= keep_option(call, i, optarg);
    }
    call->operand = (const char *const *)argv + optind;
    call->n_operands = argc - optind;
    if (good &&
        (call->n_operands < call->command->least || call->n_operands > call->command->most)) {
        cf_report(call->diag, CF_ERROR, "call.operands", (struct cf_at){0}, NULL, "'%s' wants %s",
                  call->command->name,
                  *call->command->operands ? call->command->operands : "no operands");
        good = 0;
    }
    return good;
}

static const struct cf_command *find_command(const struct cf_front *front, const char *name,
                                             cf_diag *diag)
{
    const char *names[32];
    for (int i = 0; i < cf_n_commands; i++) {
        names[i] = cf_commands[i].name;
        if (!strcmp(name, cf_commands[i].name) && offers(front, &cf_commands[i]))
            return &cf_commands[i];
        if (!strcmp(name, cf_commands[i].name)) {
            cf_report(diag, CF_ERROR, "call.only", (struct cf_at){0}, NULL,
                      "%s does '%s' only; '%s' is a command of cohortflow", front->program,
                      front->only, name);
            return NULL;
        }
    }
    cf_report_near(diag, CF_ERROR, "call.command", (struct cf_at){0}, name, names,
                   (size_t)cf_n_commands, "unknown command '%s'", name);
    return NULL;
}

/* The call as typed, for the sidecar. */
static char *typed(const struct cf_front *front, int argc, char **argv)
{
    struct cf_text text = {0};
    for (int i = 0; i < argc; i++)
        cf_text_format(&text, "%s%s", i ? " " : "", i ? argv[i] : front->program);
    return text.data;
}

static enum cf_status run_command(const struct cf_front *front, struct cf_call *call, int argc,
                                  char **argv)
{
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        const struct cf_command *about = argc > 2 ? find_command(front, argv[2], call->diag) : NULL;
        if (argc > 2 && !about)
            return usage_error(front, call);
        print_help(front, about);
        return CF_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        print_version(front);
        return CF_OK;
    }
    call->command = find_command(front, argv[1], call->diag);
    if (!call->command)
        return usage_error(front, call);
    const int parsed = parse(call, argc - 1, argv + 1);
    if (parsed < 0) {
        print_help(front, call->command);
        return CF_OK;
    }
    if (!parsed)
        return usage_error(front, call);
    const enum cf_status status =
        front->run ? front->run(front->self, call) : call->command->run(call);
    if (status == CF_USAGE)
        return usage_error(front, call);
    /* Beside errors, what was merely done with the tables would hide them. */
    const enum cf_severity least = call->quiet                           ? CF_ERROR
                                   : cf_diag_count(call->diag, CF_ERROR) ? CF_WARNING
                                                                         : CF_NOTICE;
    if (!call->silent)
        cf_diag_print(call->diag, stderr, least, MOST_MESSAGES, call->colour);
    return status;
}

/* A standard stream that is closed would give its number to the next file opened, and what is
 * printed would go there. Its place is kept by a file that cannot be used the way it would be. */
static void keep_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int cf_front(const struct cf_front *front, int argc, char **argv)
{
    keep_streams();
    struct cf_call call = {.diag = cf_diag_open(), .silent = front->silent};
    const char *no_colour = getenv("NO_COLOR");
    call.colour = isatty(STDERR_FILENO) && !(no_colour && *no_colour);
    /* A full file or a closed pipe comes back as an error of the write, and is dealt with there. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    if (!call.diag)
        return CF_INTERNAL;
    if (argc < 2) {
        print_help(front, NULL);
        cf_diag_close(call.diag);
        return CF_USAGE;
    }
    char *line = typed(front, argc, argv);
    call.line = line;
    enum cf_status status = run_command(front, &call, argc, argv);
    /* Whoever closes a pipe has seen enough, and is told by the exit code alone. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == CF_OK) {
        status = CF_IO;
        if (errno != EPIPE)
            fprintf(stderr, "error: writing to standard output failed: %s\n", strerror(errno));
    }
    free(line);
    cf_diag_close(call.diag);
    return (int)status;
}
