#!/usr/bin/env bash
# Proves: C files are as .clang-format lays them out. Version 14 (Debian 12), because versions differ.
. "$(dirname "$0")/common.sh"

tool=
for name in clang-format-14 clang-format; do
    if command -v $name >/dev/null && $name --version | grep -q 'version 14\.'; then
        tool=$name
        break
    fi
done
[ -n "$tool" ] || skip "no clang-format 14"
mapfile -t files <<<"$(files_named c h)"
"$tool" --dry-run -Werror "${files[@]}"
