#!/usr/bin/env bash
# Proves: each public header stands alone, and twice over, in C17 and C++17, with every compiler
# there is.
. "$(dirname "$0")/common.sh"

checked=0 bad=0
warnings=(-Wall -Wextra -Wpedantic -Wconversion -Werror -fsyntax-only -Iinclude)
for compiler in gcc clang g++ clang++; do
    command -v $compiler >/dev/null || { echo "no $compiler here"; continue; }
    case $compiler in
    *++) language=(-x c++ -std=c++17) ;;
    *) language=(-x c -std=c17 -Wstrict-prototypes) ;;
    esac
    for header in include/cohortflow/*.h; do
        name=cohortflow/${header##*/}
        printf '#include <%s>\n#include <%s>\n' "$name" "$name" |
            "$compiler" "${language[@]}" "${warnings[@]}" - || {
            echo "$header:1: does not stand alone with $compiler ${language[1]}"
            bad=1
        }
        checked=$((checked + 1))
    done
done
[ $checked -gt 0 ] || skip "no compiler"
echo "$checked combinations of header and compiler"
exit $bad
