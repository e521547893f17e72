#!/usr/bin/env bash
# Proves: text is UTF-8 with LF and no blanks at line ends, and no file names a folder of somebody's
# own machine. Cases of bad input are bad on purpose and left out.
. "$(dirname "$0")/common.sh"

mapfile -t files <<<"$(project_files | grep -vE '\.(png|ico|gz|xlsx|bin)$' |
    awk '!/^tests\/golden\/bad_input\// || /^tests\/golden\/bad_input\/base\//')"
bad=0
complain() { # TITLE FINDINGS
    [ -n "$2" ] || return 0
    echo "$1:"
    awk '{ print "    " $0 }' <<<"$2"
    bad=1
}
search() { LC_ALL=C grep -nHP "$1" "${files[@]}" || true; }
each() { # COMMAND: the files for which it fails
    local file
    for file in "${files[@]}"; do
        "$1" "$file" >/dev/null 2>&1 || echo "$file:"
    done
}
is_utf8() { iconv -f UTF-8 -t UTF-8 "$1"; }
ends_in_newline() { [ -z "$(tail -c 1 "$1")" ]; }

complain "not UTF-8 (Windows-1252 perhaps)" "$(each is_utf8)"
complain "no line end at the end of the file" "$(each ends_in_newline)"
complain "carriage return" "$(search '\r$')"
complain "blanks at the end of a line" "$(search '[ \t]+$')"
# A path that begins at a folder where people keep their own things, but not the path of an address.
complain "a path of one machine" "$(
    search '(?<![\w.~}/-])/(home|root|Users|work|mnt|srv|media)/'
    search "$(printf '\\Q%s\\E\\b' "$PWD")"
)"
exit $bad
