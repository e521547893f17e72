# Shared by the tests of many runs: a place with draws and a sweep, and how to run it. Sourced.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/common.sh"

# Two scenarios of Worcestershire, two sweep points, draws that move what is light and what is heavy.
# futures DRAWS: in the current folder.
futures() {
    use_place scenarios/worcestershire
    cat >futures.cfg <<CFG
extends = "baseline.cfg";
uncertain = (
  { name = "far"; field = "beta"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.2; },
  { name = "births"; field = "population"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.05; by = "area"; shared = 0.5; },
  { name = "stay"; field = "progression"; op = "scale"; where = { status = "school"; status_to = "school"; };
    dist = "uniform"; low = 0.9; high = 1.0; ar1 = 0.5; }
);
design = { kind = "lhs"; draws = $1; seed = 2009; };
sweep = ( { name = "pull"; field = "good_pull"; op = "set"; values = [ 0.0, 0.4 ]; } );
retain = [ "-*", "indicator_value@report", "unplaced@report" ];
CFG
    printf 'extends = "futures.cfg";\ntitle = "Dear"; levers = ( { name = "dear"; field = "reach"; op = "scale"; value = 0.7; } );\n' >dear.cfg
}
together=(futures.cfg dear.cfg)

now() { echo $((${EPOCHREALTIME/[.,]/})); } # microseconds

# How many runs `status` counts: count done FILE.
count() { "$COHORTFLOW" status "$2" --json | sed -n "s/^  \"$1\": \([0-9]*\),*$/\1/p"; }

# Wait for a share, from 0 to 32767, of so many microseconds.
sleep_share() {
    local us=$(($2 * $1 / 32768))
    sleep "$(printf '%d.%06d' $((us / 1000000)) $((us % 1000000)))"
}
