#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rooms depend only on rooms above them, and go in by the door: the arrows of docs/architecture.md, read off the #includes."""
import pathlib
import re
import sys

ROOMS = "base lexicon input page language world time speech event story record export serve cli".split()
SECOND_DOORS = {"story/digest.h"}  # the digest has one description, which engine and record read as well
PUBLIC = {"annals.h"}
RECORD = {"annals_record.h"}       # for what stands on the record: record, export, serve, cli
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def wrong(room, include, own):
    """Why a file of this room ("engine" for src/*.c) may not include that, or None. `own`: it lies beside the file."""
    if include in PUBLIC:
        return None
    if include in RECORD:
        return None if room in ROOMS[ROOMS.index("record"):] else "the record's header, left of the record"
    if own:
        return None
    if room == "cli":
        return "the command uses the two public headers only"
    there, _, rest = include.partition("/")
    if there not in ROOMS:
        return "no room of that name"
    if there == room:
        return None
    last = ROOMS.index("story") + 1 if room == "engine" else ROOMS.index(room)
    if there not in ROOMS[:last]:
        return "an arrow to the right"
    if there != "base" and rest != there + ".h" and include not in SECOND_DOORS:
        return "past the room's door"
    return None


def check(source):
    """Every wrong include under a folder src/, as (file, include, why)."""
    found = []
    for path in sorted(source.rglob("*.[ch]")):
        parts = path.relative_to(source).parts
        room = parts[0] if len(parts) > 1 else "engine"
        for include in INCLUDE.findall(path.read_text(encoding="utf-8")):
            own = "/" not in include and (path.parent / include).exists()
            why = wrong(room, include, own)
            if why:
                found.append((path.relative_to(source), include, why))
    return found


def selftest():
    """The check itself can fail: each of these must be refused, or let through."""
    for room, include, own, refused in [
            ("page", "language/language.h", False, True), ("language", "page/scan.h", False, True),
            ("language", "page/page.h", False, False), ("base", "lexicon/lexicon.h", False, True),
            ("event", "base/map.h", False, False), ("cli", "base/base.h", False, True), ("cli", "cli.h", True, False),
            ("story", "annals_record.h", False, True), ("serve", "annals_record.h", False, False),
            ("engine", "record/record.h", False, True), ("engine", "story/digest.h", False, False),
            ("page", "pages/page.h", False, True), ("page", "page/inner.h", False, False)]:
        assert (wrong(room, include, own) is not None) == refused, (room, include)


def main():
    selftest()
    found = check(pathlib.Path(__file__).resolve().parents[2] / "src")
    for path, include, why in found:
        print(f"src/{path}: {include}: {why}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
