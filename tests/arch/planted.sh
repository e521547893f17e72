#!/usr/bin/env bash
# Proves: the tests of the source tree do see what they are for. Each is given a tree with one fault
# and must fail and name the file and line.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
bad=0

# planted TEST FILE LINE, the file's text on stdin
planted() {
    local said code=0
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/$(dirname "$2")" "$tree"/{sim/{base,engine,input,kernels},output,include/cohortflow}
    echo '#define CF_BASE 1' >"$tree/sim/base/base.h"
    echo '#define CF_ENGINE 1' >"$tree/sim/engine/step.h"
    touch "$tree/bootstrap"
    cat >"$tree/$2"
    said=$(CF_SOURCE=$tree bash "$here/$1.sh" 2>&1) || code=$?
    if [ "$1" = format ] && [ $code = 77 ]; then return; fi
    if [ $code != 1 ] && [ $code != 123 ] || ! grep -qF "$2:$3" <<<"$said"; then
        echo "$1.sh does not see a fault in $2 (exit $code):" "$said"
        bad=1
    fi
}

planted layers sim/base/a.c 2 <<<$'\n#include "engine/step.h"'
planted layers sim/kernels/a.c 1 <<<'#include "base/base.h"'
planted layers sim/engine/a.c 1 <<<'#include "../base/base.h"'
planted layers output/a.c 1 <<<'#include "engine/step.h"'
planted layers sim/other/a.c 1 <<<'int a;'
planted quarantine sim/engine/a.c 1 <<<'#include <hdf5.h>'
planted quarantine sim/engine/a.c 3 <<<$'\n\n    #pragma omp parallel'
planted quarantine sim/input/a.c 1 <<<'#include <csv.h>'
planted sizes sim/base/a.c 501 <<<"$(printf '//%.0s\n' {1..501})"
planted headers include/cohortflow/a.h 1 <<<'size_t cf_a(void);'
planted headers include/cohortflow/a.h 1 <<<'enum cf_a *cf_b(int class);'
planted format sim/base/a.c 1 <<<'int   a;'
planted paths sim/base/a.c "" <<<$'/* caf\351 */'
planted paths sim/base/a.c 1 <<<'int a; '
planted paths sim/base/a.c 1 <<<"/* see /""home/somebody/notes */"
planted scripts sim/a.sh ' line 2' <<<$'if true; then\nfi fi'
exit $bad
