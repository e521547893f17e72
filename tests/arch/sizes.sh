#!/usr/bin/env bash
# Proves: no source file has more than 500 lines. Says the median, which should stay under 200.
. "$(dirname "$0")/common.sh"

mapfile -t files <<<"$(files_named c h sh; echo bootstrap)"
wc -l "${files[@]}" | awk '$2 != "total"' | sort -n | awk '
    { lines[NR] = $1 }
    $1 > 500 { print $2 ":" $1 ": more than 500 lines"; bad = 1 }
    END { print NR " files, median " lines[int((NR + 1) / 2)] " lines, longest " lines[NR]; exit bad }'
