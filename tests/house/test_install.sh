#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `make install` puts down is used from outside: by pkg-config and by CMake, with the examples' program.
set -eu
[ "$ANNALS_PRESET" = release ] || { echo "skipped: the release build is what is installed"; exit 77; }
[ -f "$ANNALS_DATA/english.an" ] || { echo "skipped: no compiled model of English"; exit 77; }
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
page=$(find "$SOURCE_DIR/examples/pages" -name '01-*' | head -1)
(
  flock 9 # the install prefix is compiled into the files: one at a time
  cmake --install "$ANNALS_BUILD" --prefix "$there/usr" >/dev/null
) 9>"$ANNALS_BUILD/install.lock"

PKG_CONFIG_PATH=$(dirname "$(find "$there" -name annals.pc)")
export PKG_CONFIG_PATH
# The files name the configured prefix; here they lie elsewhere.
# shellcheck disable=SC2046 # words on purpose
cc -std=c17 -Wall -Wextra -Werror "$SOURCE_DIR/examples/events.c" \
  $(pkg-config --define-variable=prefix="$there/usr" --cflags --libs annals) -o "$there/events"
LD_LIBRARY_PATH=$(dirname "$(find "$there" -name libannals.so)")
export LD_LIBRARY_PATH
"$there/events" "$there/usr/share/annals" "$page" >"$there/events.out"
grep -q ' by ' "$there/events.out" || { echo "no event came out:"; cat "$there/events.out"; exit 1; }

# shellcheck disable=SC2046
cc -std=c17 -Wall -Wextra -Werror "$SOURCE_DIR/examples/conflicts.c" \
  $(pkg-config --define-variable=prefix="$there/usr" --cflags --libs annals-record) -o "$there/conflicts"
"$there/usr/bin/annals" build -q "$SOURCE_DIR/examples/pages" -o "$there/r.db" >"$there/build.out" || [ $? -eq 1 ]
"$there/conflicts" "$there/r.db" "$("$there/usr/bin/annals" show "$there/r.db" | sed -n 's/.*"story":"\([0-9a-f]*\)".*"pages":"[2-9]".*/\1/p' | head -1)" >"$there/conflicts.out"
grep -q ', by ' "$there/conflicts.out" || { echo "no comparison came out:"; cat "$there/conflicts.out"; exit 1; }

# libannals-record finds libannals beside itself: a program's own path to the one is enough.
lib=$LD_LIBRARY_PATH
# shellcheck disable=SC2046
cc -std=c17 -Wall -Wextra -Werror "$SOURCE_DIR/examples/conflicts.c" $(pkg-config --define-variable=prefix="$there/usr" --cflags annals-record) \
  -Wl,--as-needed -L"$lib" -Wl,-rpath,"$lib" -lannals-record -o "$there/alone"
[ "$(readelf -d "$there/alone" | grep -c 'NEEDED.*libannals\.so')" -eq 0 ] || echo "the example needs libannals itself: nothing is shown here"
env -u LD_LIBRARY_PATH "$there/alone" "$there/none.db" 0 >/dev/null 2>"$there/alone.err" || true
! grep -q 'shared libraries' "$there/alone.err" || { cat "$there/alone.err"; exit 1; }

mkdir "$there/project"
cp "$SOURCE_DIR/examples/events.c" "$there/project/"
cat >"$there/project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.22)
project(outside C)
find_package(annals REQUIRED)
add_executable(events events.c)
target_link_libraries(events PRIVATE annals::annals)
END
cmake -S "$there/project" -B "$there/project/build" -DCMAKE_PREFIX_PATH="$there/usr" >/dev/null
cmake --build "$there/project/build" >/dev/null
"$there/project/build/events" "$there/usr/share/annals" "$page" | cmp - "$there/events.out"

# The installed program finds the installed data beside itself.
unset ANNALS_DATA
"$there/usr/bin/annals" read "$page" >"$there/reading.json"
grep -q '"annals"' "$there/reading.json"
