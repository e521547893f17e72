#!/usr/bin/env bash
# Proves: --draws and --seed are settings of the design, whatever the scenario says; check tells how
# much there is to be done; futures can be set and extended part by part.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = (
  { name = "stay"; field = "net_rate"; op = "add"; dist = "normal"; mean = 0.0; sd = 0.01; },
  { name = "births"; field = "entrants"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.05; by = "area"; }
);
risks = ( { code = "R1"; probability = 0.2; onset = [ 2010, 2011 ]; duration = 1;
            levers = ( { name = "leave"; field = "net_rate"; op = "add"; value = -0.05; } ); } );
design = { kind = "lhs"; draws = 4; seed = 3; };
CFG

run check futures.cfg
expect_code 0
expect_out '1 lever, 2 uncertain, 1 risk, 4 draws (lhs), '
run check futures.cfg --set design.kind=morris --set 'sweep=({name="t"; field="external"; op="scale"; values=[0,1,2];})'
expect_code 0
expect_out '3 sweep points, 12 draws (morris), '
run check futures.cfg --set 'uncertain=( )' --set 'design={kind="none";}'
expect_code 0
expect_out '1 lever, 1 risk, '
run check baseline.cfg --set design.draws=7
expect_code 0
expect_out '7 draws (montecarlo)'
expect_err 'all draws will be alike'

# The same inputs, the same bytes: what the call gives is a setting.
run run -q futures.cfg --draws 5 --seed 12345678901 -o futures.h5
expect_code 0
mv futures.h5 by-option.h5
run run -q futures.cfg --set design.draws=5 --set design.seed=12345678901L -o futures.h5
expect_code 0
cmp futures.h5 by-option.h5 || fail "--draws and --seed are not what --set makes of the design"
run run -q futures.cfg --draws 5 -o futures.h5
expect_code 0
cmp -s futures.h5 by-option.h5 && fail "--seed changes nothing"
run run -q baseline.cfg --draws 2 -o b.h5
expect_code 0

# A risk that is certain does what its levers do from its onset on, for as many years as it lasts: the
# draw is what a lever with these years comes to, year by year.
for when in "2010 1" "2010 2" "2011 1"; do
    read -r onset years <<<"$when"
    cat >risk.cfg <<CFG
extends = "baseline.cfg";
levers = ( { name = "leave"; field = "net_rate"; op = "add"; value = 0.0; } );
risks = ( { code = "R1"; probability = 1.0; onset = [ $onset, $onset ]; duration = $years;
            levers = ( { name = "go"; field = "net_rate"; op = "add"; value = -0.05; } ); } );
retain = [ "population" ];
design = { draws = 1; };
CFG
    cat >lever.cfg <<CFG
extends = "baseline.cfg";
levers = ( { name = "leave"; field = "net_rate"; op = "add"; value = -0.05; from = $onset;
             until = $((onset + years - 1)); } );
CFG
    run run -q risk.cfg -o risk.h5
    expect_code 0
    run run -q lever.cfg -o lever.h5
    expect_code 0
    run export risk.h5 --variable population_draws
    grep '^1,' <<<"$out" | cut -d, -f 3- >as_a_risk
    run export lever.h5 --variable population
    grep '^0,' <<<"$out" | cut -d, -f 3- >as_a_lever
    [ -s as_a_risk ] || fail "there is no draw"
    cmp as_a_risk as_a_lever || fail "a risk of $years years from $onset is not a lever of these years"
done

# A point of a sweep is what levers of its values come to, of every pair of two dimensions; sweep_value
# says which they are.
cat >sweep.cfg <<'CFG'
extends = "baseline.cfg";
sweep = ( { name = "outside"; field = "external"; op = "scale"; values = [ 0.0, 2.0 ]; },
          { name = "moves"; field = "net_rate"; op = "scale"; values = [ 0.5, 1.0, 1.5 ]; } );
CFG
run run -q sweep.cfg -o sweep.h5
expect_code 0
run export sweep.h5 --variable population
printf '%s\n' "$out" >sweep_population
run export sweep.h5 --variable sweep_value
printf '%s\n' "$out" >sweep_values
point=0
for outside in 0.0 2.0; do
    for moves in 0.5 1.0 1.5; do
        cat >point.cfg <<CFG
extends = "baseline.cfg";
levers = ( { name = "outside"; field = "external"; op = "scale"; value = $outside; },
           { name = "moves"; field = "net_rate"; op = "scale"; value = $moves; } );
CFG
        run run -q point.cfg -o point.h5
        expect_code 0
        run export point.h5 --variable population
        grep '^0,' <<<"$out" | cut -d, -f 3- >as_levers
        grep "^$point," sweep_population | cut -d, -f 3- >as_a_point
        grep -qx "sweep,$point,outside,${outside%.0}" sweep_values && grep -qx "sweep,$point,moves,${moves%.0}" sweep_values ||
            fail "sweep_value names other values of point $point"
        [ -s as_a_point ] || fail "there is no point $point"
        cmp as_levers as_a_point || fail "point $point is not external x $outside with net_rate x $moves"
        point=$((point + 1))
    done
done

# A later file changes an entry and a risk by name and leaves the others.
cat >over.cfg <<'CFG'
extends = "futures.cfg";
uncertain = ( { name = "births"; sd = -0.1; } );
risks = ( { code = "R1"; levers = ( { name = "leave"; value = -0.02; } ); } );
CFG
run check over.cfg
expect_code 3
expect_err "error: uncertain entry 'births': 'sd', of the log, must be above 0"
expect_err '--> over.cfg:2:39'
run check over.cfg --set uncertain.births.sd=0.1 --set risks.R1.probability=0.5
expect_code 0
expect_out '2 uncertain, 1 risk, 4 draws (lhs)'

# The table of distributions is what the program has.
run schema
expect_out 'DISTRIBUTIONS'
for dist in 'normal         mean, sd' 'triangular     low, mode, high' 'discrete       values, weights' 'empirical      values '; do
    expect_out "  $dist"
done
exit 0
