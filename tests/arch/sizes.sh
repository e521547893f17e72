#!/usr/bin/env bash
# Proves: no source file has more than 500 lines, scripts without an ending among them. Says the median, which should stay under 200.
. "$(dirname "$0")/common.sh"

scripts=$(project_files | grep -E '(^|/)[^/.]+$' | xargs -d '\n' grep -lE -m1 '^#!' || true)
mapfile -t files <<<"$(files_named c h sh awk js py; printf '%s\n' "$scripts")"
wc -l "${files[@]}" | awk '$2 != "total"' | sort -n | awk '
    { lines[NR] = $1 }
    $1 > 500 { print $2 ":" $1 ": more than 500 lines"; bad = 1 }
    END { print NR " files, median " lines[int((NR + 1) / 2)] " lines, longest " lines[NR]; exit bad }'
