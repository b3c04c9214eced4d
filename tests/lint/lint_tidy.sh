#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over everything that the clang build compiles of src/ and tools/, with .clang-tidy.
set -eu
cd "$SOURCE_DIR"
command -v clang-tidy >/dev/null || { echo "skipped: no clang-tidy (tools/packages.sh lint)"; exit 77; }
mapfile -t files < <(find src tools -name '*.c' | sort)
printf '%s\0' "${files[@]}" | xargs -0 -n 6 -P "$(nproc)" clang-tidy -p "$ANNALS_BUILD" --quiet 2>/dev/null
