#!/usr/bin/env bash
# Proves: text is UTF-8 with LF and no blanks at line ends, and no file names a folder of somebody's
# own machine. Cases of bad input are bad on purpose and left out.
. "$(dirname "$0")/common.sh"

mapfile -t files < <(project_files | grep -vE '\.(png|ico|gz|xlsx|bin)$' |
    awk '!/^tests\/golden\/bad_input\// || /^tests\/golden\/bad_input\/base\//')
bad=0
complain() { # TITLE, findings on stdin
    local found
    found=$(cat)
    [ -n "$found" ] || return 0
    echo "$1:"
    awk '{ print "    " $0 }' <<<"$found"
    bad=1
}
search() { grep -nHP "$1" "${files[@]}" || true; }

complain "not UTF-8 (Windows-1252 perhaps)" < <(
    for file in "${files[@]}"; do
        iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || echo "$file:"
    done)
complain "carriage return" < <(grep -lP '\r$' "${files[@]}" || true)
complain "blanks at the end of a line" < <(LC_ALL=C search '[ \t]+$')
complain "no line end at the end of the file" < <(
    for file in "${files[@]}"; do
        [ -z "$(tail -c 1 "$file")" ] || echo "$file:"
    done)
# A path that begins at a folder where people keep their own things, but not the path of an address.
complain "a path of one machine" < <(
    LC_ALL=C search '(?<![\w.~}/-])/(home|root|Users|work|mnt|srv|media)/'
    LC_ALL=C search "$(printf '\\Q%s\\E\\b' "$PWD")")
exit $bad
