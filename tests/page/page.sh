#!/usr/bin/env bash
# label: slow
# Proves: in a browser a report asks for nothing, says no error, has no fault that axe-core finds, in
# light, dark, narrow and unfolded, and with hostile labels; the keyboard reaches everything; it is no
# wider than 320 px; it prints to pages. Screenshots and PDF stay in the build folder, page/shots.
. "$(dirname "$0")/../cli/common.sh"
: "${CF_BUILD:?folder of the build}"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || skip "no chromium"
command -v node >/dev/null || skip "no node"
[ -d "$CF_BUILD/page/node_modules/axe-core" ] || skip "no packages of tests/page: ./bootstrap test --all fetches them"

shots=$CF_BUILD/page/shots
rm -rf "$shots"
look() { # PAGE.html
    local said
    said=$(CHROMIUM=$browser NODE_PATH=$CF_BUILD/page/node_modules node "$CF_SOURCE/tests/page/look.js" "$1" "$shots" 2>&1) ||
        fail "$1: $said"
    tail -1 <<<"$said"
}

# With draws and a plan, two scenarios; the plan written by hand.
use_place scenarios/worcestershire
cat >futures/plan.cfg <<'CFG'
extends = "futures.cfg";
title = "Worcestershire: a plan";
actions = (
  { option = "wsfc-business"; year = 2014; units = 1.0; share = 0.9; },
  { option = "ap2-service-worcester"; year = 2014; units = 2.0; share = 0.794; },
  { option = "malvern-creative"; year = 2018; units = 1.0; share = 0.3205; }
);
CFG
run run --quiet futures/futures.cfg futures/plan.cfg --draws 40 -o plan.h5
expect_code 0
run report plan.h5 -o plan.html
expect_code 0
look plan.html

# One scenario, one run.
run template small
run run --quiet small/baseline.cfg -o small.h5
run report small.h5 -o small.html
expect_code 0
look small.html

# Labels meant as harm.
cp -r "$CF_SOURCE/tests/golden/tiny_places" harm
long=$(printf 'x%.0s' $(seq 300))
sed -i -E '2s/,[^,]*/,"<script>alert(1)<\/script> ""quoted"" '"'"'single'"'"' \&amp; =cmd()"/' harm/axes/area.csv
sed -i -E '2s/,[^,]*/,"'"$long"'"/; 3s/,[^,]*/,"'"$(printf '\xe2\x80\xae')"'<img src=x onerror=alert(2)>"/' harm/axes/site.csv
run run --quiet harm/baseline.cfg -o harm.h5
run report harm.h5 -o harm.html
expect_code 0
look harm.html
