#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/loglinear.py: at the weights that it finds nothing near is likelier, less the penalty; choosing of two is telling yes or no; every group is left out once."""
import os
import sys

try:
    import numpy
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
import loglinear

NAMES = ["near", "far", "first"]
QUESTIONS = [[["none"], ["near", "first"], ["far"]], [["none"], ["near"]], [["none"], ["far", "first"], ["near"], ["far"]], [["none"], ["far"]]]
RIGHT = [[0, 1, 0], [0, 1], [1, 0, 0, 0], [0, 1]]
WORTH, PENALTY = numpy.array([1, 3, 2, .5]), numpy.array([1, 2, .5])


def likelihood(w):
    x, begins = loglinear.options(QUESTIONS, NAMES)
    p, _ = loglinear.shares(x, begins, w)
    return WORTH @ numpy.log(p[numpy.concatenate(RIGHT) == 1]) - PENALTY @ w ** 2 / 2


best = loglinear.choose(QUESTIONS, RIGHT, NAMES, PENALTY, WORTH)
for i in range(len(NAMES)):
    for step in (-1e-3, 1e-3):
        near = best.copy()
        near[i] += step
        assert likelihood(near) < likelihood(best), (NAMES[i], step)

rows, right = [["near"], ["far"], ["near", "first"], ["far", "first"]], [1, 0, 1, 1]
told = loglinear.tell(loglinear.matrix(rows, NAMES), numpy.array(right), PENALTY, WORTH)
chosen = loglinear.choose([[[], signs] for signs in rows], [[1 - r, r] for r in right], NAMES, PENALTY, WORTH)
assert abs(told - chosen).max() < 1e-6, (told, chosen)
drawn = loglinear.tell(loglinear.matrix(rows, NAMES), numpy.array(right), 1e6, first=numpy.array([1, -1, 0]))
assert abs(drawn - [1, -1, 0]).max() < 1e-3, drawn

assert loglinear.best([[[], ["near"]], [["far"], ["first"]]], NAMES, numpy.array([1, 2, 3])) == [1, 1]
assert loglinear.best([[[], ["near"]], [["far"], ["first"]]], NAMES, numpy.array([1, 2, 3]), doubt=2) == [0, 0]
for mixed in (False, True):
    left_out = [group for fold in loglinear.folds("abcdefga", 3, mixed) for group in fold]
    assert sorted(left_out) == list("abcdefg"), left_out
