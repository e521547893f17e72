#!/usr/bin/env bash
# Proves: what `run` does with records it finds, what `merge` refuses, what `status` counts, how many
# failed runs are too many, what --dry-run prints and when it refuses.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >rooms.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = ( { name = "rooms"; field = "places"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.5; by = [ "site", "line" ]; } );
design = { kind = "montecarlo"; draws = 100; seed = 1; };
CFG
run run -q rooms.cfg -o whole.h5
expect_code 0

# ---- shards and status ----
run run rooms.cfg --shard 1/3 -o out.h5
expect_code 0
expect_err 'shard 1 of 3: 32 runs, 0 failed; records in out.h5.part'
[ ! -e out.h5 ] || fail "a shard made a results file"
run status out.h5 # of a file that is not there its records are meant
expect_code 0
expect_out 'out.h5.part: records of runs'
expect_out 'runs           101'
expect_out 'done            32'
expect_out 'missing         69'
expect_out '0/3                37          0          0         37'
expect_out '1/3                32         32          0          0'
run status out.h5.part --json
expect_out '"kind": "records"'
expect_out '"missing": 69,'
expect_out '"of": 3,'
run status whole.h5
expect_out 'whole.h5: results, whole'
run status whole.h5 --json
expect_out '"done": 101,'
expect_out '"shards": []'
run status nowhere.h5
expect_code 3
# A scenario that is reached by a link is read again by its name.
ln -s rooms.cfg by-link.cfg
run run by-link.cfg --shard 0/1 -o by-link.h5
expect_code 0
run merge by-link.h5.part
expect_code 0
mkdir empty
run status empty
expect_code 3
expect_err 'the manifest cannot be read'
for shard in 3/3 -1/3 1 / 1/0 x/2 1/2x 1/1000001 ''; do
    run run rooms.cfg --shard "$shard" -o other.h5
    expect_code 2
done
run run rooms.cfg --shard 1/3 --restart -o out.h5
expect_code 2
run run rooms.cfg --shard 1/3 --write-push a.csv -o out.h5
expect_code 2

# ---- merge ----
before=$(tree_hash out.h5.part)
run merge out.h5.part
expect_code 3
expect_err '69 of 101 runs are missing'
[ ! -e out.h5 ] || fail "an incomplete set made a file"
run merge out.h5.part --allow-missing --json
expect_code 0
expect_err '69 of 101 runs are missing'
expect_out '"missing": 69'
[ "$(tree_hash out.h5.part)" = "$before" ] || fail "merging what is not whole changed the records"
run status out.h5
expect_out 'out.h5: results, with runs missing'
expect_out 'done            32'
run verify out.h5
expect_code 4
run export out.h5 --variable run_status
[ "$(grep -c ',1$' <<<"$out")" = 69 ] || fail "run_status does not mark 69 runs"
run merge empty -o other.h5
expect_code 3
run merge nowhere.part -o other.h5
expect_code 3
mv out.h5.part records
run merge records
expect_code 2
expect_err "-o FILE.h5 has to say where the results go"
# Of other runs, or of inputs that have changed.
run run -q rooms.cfg --seed 2 --shard 0/3 -o other.h5
expect_code 0
run merge records other.h5.part -o x.h5
expect_code 3
expect_err 'they differ in the seed'
cp rooms.cfg kept.cfg
echo '// a word more' >>rooms.cfg
run merge records -o x.h5
expect_code 3
expect_err "the inputs are not those that the records were made from: they differ in"
echo 'nothing = 1;' >>rooms.cfg
run merge records -o x.h5
expect_code 3
expect_err "unknown setting 'nothing'"
rm rooms.cfg
run merge records -o x.h5
expect_code 3
mv kept.cfg rooms.cfg

# ---- what run finds ----
mv records out.h5.part
rm out.h5 out.h5.json
run run rooms.cfg --seed 2 -o out.h5
expect_code 73
expect_err 'this folder holds records of other runs: they differ in the seed'
[ ! -e out.h5 ] && [ "$(tree_hash out.h5.part)" = "$before" ] || fail "a refused run changed something"
printf '\377' | dd of=out.h5.part/shard-1-of-3.0.rec bs=1 seek=5000 conv=notrunc status=none
cp out.h5.part/shard-1-of-3.0.rec out.h5.part/shard-0-of-1.0.rec
truncate -s -100 out.h5.part/shard-0-of-1.0.rec # torn, and a second time the same
run run rooms.cfg -o out.h5
expect_code 0
expect_err 'of 101 runs are there already, in out.h5.part'
cmp out.h5 whole.h5 || fail "records that are damaged, torn and there twice make another file"
[ ! -e out.h5.part ] || fail "the folder of records is still there"
run run -q rooms.cfg --shard 0/2 --seed 2 -o out.h5
run run -q rooms.cfg --restart -o out.h5
expect_code 0
cmp out.h5 whole.h5 || fail "--restart makes another file"
[ ! -e out.h5.part ] || fail "--restart leaves the folder"
mkdir mine.h5.part && echo mine >mine.h5.part/notes
for more in '' --restart '--shard 0/2'; do
    # shellcheck disable=SC2086
    run run -q rooms.cfg $more -o mine.h5
    expect_code 73
    [ "$(cat mine.h5.part/notes)" = mine ] && [ ! -e mine.h5 ] || fail "a folder of somebody's own was touched"
done

# ---- runs that fail ----
run run rooms.cfg --set max_rounds=15 -o failed.h5
expect_code 4
expect_err '9 of 101 runs failed, more than 1%'
expect_err "failed in"
expect_err 'placing did not converge'
run status failed.h5
expect_out 'failed           9'
expect_out '9  placing did not converge'
[ ! -e failed.h5.part ] || fail "the records of a file that is there were kept"
cp failed.h5 first.h5
for k in 0 1; do # the same of shards, and told by the merge
    run run -q rooms.cfg --set max_rounds=15 --shard $k/2 -o failed.h5
    expect_code 0
done
run merge failed.h5.part
expect_code 4
cmp failed.h5 first.h5 || fail "shards of runs that fail make another file"
run run rooms.cfg --set max_rounds=2 -o central.h5
expect_code 4
[ ! -e central.h5 ] && [ ! -e central.h5.part ] || fail "a central run that fails left something"

# ---- how large, how long ----
run run -q rooms.cfg --dry-run --json -o dry.h5
expect_code 0
expect_out '"runs": 101,'
expect_out '"batches": 13,'
said=$(sed -n 's/^  "bytes": \([0-9]*\),$/\1/p' <<<"$out")
is=$(stat -c %s whole.h5)
[ $((said * 100)) -ge $((is * 98)) ] && [ $((said * 100)) -le $((is * 102)) ] ||
    fail "--dry-run says $said bytes, the file has $is"
run run -q rooms.cfg --dry-run --shard 2/3 -o dry.h5
expect_out 'runs     32'
expect_out 'seconds  about'
[ ! -e dry.h5 ] && [ ! -e dry.h5.part ] || fail "--dry-run leaves something"
for more in --dry-run '' '--shard 0/2'; do
    # shellcheck disable=SC2086
    run run -q rooms.cfg --draws 2000000000 $more -o dry.h5
    expect_code 74
    expect_err 'are free there'
    [ ! -e dry.h5 ] && [ ! -e dry.h5.part ] || fail "what does not fit was begun"
done
exit 0
