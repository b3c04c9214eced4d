#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stories that look alike, of our own (data/alike): how many pairs of pages come together and how many look-alikes are joined. Fails
under the floors below, which are a little under what docs/accuracy.md tells."""
import sys
import tempfile

import measure_sets as sets

LEAST_RIGHT, LEAST_PRECISION, MOST_JOINED = 85, 0.75, 9


def main():
    right = given = joined = 0
    for s in (sets.of_alike(name) for name in sets.ALIKE):
        with tempfile.TemporaryDirectory() as folder:
            groups, _ = sets.read(s, folder)
        story, every = [p[2] for p in s.pages], range(len(s.pages))
        got = sets.pairs(groups, every)
        right += len(got & sets.pairs(story, every))
        given += len(got)
        joined += sum(any({story[a], story[b]} == set(apart) for a, b in got) for apart in s.apart)
    print("%d pairs of pages right of %d given, look-alikes joined %d of 36" % (right, given, joined))
    return 0 if right >= LEAST_RIGHT and right >= LEAST_PRECISION * given and joined <= MOST_JOINED else 1


if __name__ == "__main__":
    sys.exit(main())
