#!/usr/bin/env bash
# Case (e) of bench/EVIDENCE.md: Level 2 and 3 by 19 by local authority, cohorts to 2009 known.
#
#   bench/evidence-attainment.sh            writes results/evidence/attainment-2009.csv and prints its scores
#
# Reads $COHORTFLOW_SHARED/data (default ../shared/data) and programs of $CF_BUILD (default build). The projection is
# made by a call of its own, which looks at no cohort after the base; the scoring is another.
set -eu
cd "$(dirname "$0")/.."
data=${COHORTFLOW_SHARED:-../shared}/data build=${CF_BUILD:-build} to=${EVIDENCE_TO:-results/evidence}
base=2009 last=2022
table=$data/attainment_by_19_la_cohort_2005_2025.csv
[ -r "$table" ] || { echo "skipped: there is no $table" >&2; exit 77; }
[ -x "$build/bench/attainment" ] || { echo "$build/bench/attainment is not built" >&2; exit 70; }

mkdir -p "$to"
"$build/bench/attainment" project "$table" $base $last >"$to/attainment-$base.csv.new"
mv "$to/attainment-$base.csv.new" "$to/attainment-$base.csv"
"$build/bench/attainment" score "$table" $base "$to/attainment-$base.csv"
