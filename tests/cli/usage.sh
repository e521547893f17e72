#!/usr/bin/env bash
# Proves: a wrong call is told with the nearest name, exits 2 and writes nothing.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
before=$(tree_hash .)

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
    expect_err "usage: cohortflow"
    expect_err "--help"
    [ "$(tree_hash .)" = "$before" ] || fail "$command_line: something on disk has changed"
}

wrong "unknown command 'rnu'" rnu baseline.cfg
expect_err "did you mean 'run'?"
wrong "unknown command ''" ''
wrong "unknown option '--thraeds'" run baseline.cfg --thraeds 2
expect_err "did you mean 'threads'?"
wrong "unknown option '--ouptut'" run baseline.cfg --ouptut=a.h5
expect_err "did you mean 'output'?"
wrong "unknown option '-x'" check -x baseline.cfg
wrong "option '--dry-run' takes no value" run baseline.cfg --dry-run=yes
wrong "option '--threads' wants a value" run baseline.cfg --threads
wrong "option '-o' wants a value" run baseline.cfg -o
wrong "option '--set' wants a value" check baseline.cfg --set
wrong "--output is given twice" run baseline.cfg -o a.h5 --output b.h5
for number in 0 -1 two 2.5 1025 99999999999999999999 ''; do
    wrong "--threads wants a whole number from 1 to 1024, not '$number'" run baseline.cfg --threads="$number"
done
for number in 0 -1 many 2147483647; do
    wrong "--draws wants a whole number from 1 to 2147483646, not '$number'" run baseline.cfg --draws="$number"
done
for number in -1 1.5 0x7 7L 1234567890123456789 ''; do
    wrong "--seed wants a whole number of at most 18 digits, not '$number'" run baseline.cfg --seed="$number"
done
wrong "unknown option '--draws'" check baseline.cfg --draws 3
wrong "kernels 'fast'" run baseline.cfg --kernels fast
wrong "--color wants auto, always or never" check baseline.cfg --color=blue
wrong "'check' wants SCENARIO.cfg..." check
wrong "'info' wants FILE.h5" info
wrong "'info' wants FILE.h5" info a.h5 b.h5
wrong "'schema' wants no operands" schema baseline.cfg
wrong "--variable is needed" export a.h5
wrong "--csv and --json are both given" export a.h5 --variable population --csv --json
wrong "--year wants a number or a range like 2013-2015, not 'soon'" export a.h5 --variable population --year soon
for age in '' - 18-16 16-17-18 18+ 16.5; do
    wrong "--age wants a number or a range like 16-18, not '$age'" export a.h5 --variable population --age="$age"
done
many=()
for i in {1..65}; do many+=(--set "title=t$i"); done
wrong "--set is given more than 64 times" check baseline.cfg "${many[@]}"

# Options may follow operands, be shortened where it is plain which is meant, and be ended by --.
run check baseline.cfg --qui --
expect_code 0
cp baseline.cfg ./-x.cfg
run check -q -- -x.cfg
expect_code 0
