# SPDX-License-Identifier: Apache-2.0
"""What the trainers of data/lexicon's weights share: log-linear models whose weights a penalty holds back, by Newton's method from zero or
from other weights, so that the same rows give the same table everywhere; which rows are left out in turn; how a table is written. Needs numpy.

    tell(matrix(rows, names), right, penalty)                   each row is right or not, whatever the others are (logistic regression)
    choose(questions, right, names, penalty)                    of the options of a question one is meant, or one of several
    for test in folds(pages, 5): ...                            what weights say of rows that they were not learned from"""
import random

import numpy

WIDEST, CLOSE, ROUNDS = 2, 1e-6, 60   # a step moves no weight further; steps smaller than this end it; so many steps at most


def matrix(rows, names):
    """A row of 0 and 1 for each row of signs; signs that have no name weigh nothing."""
    index = {name: i for i, name in enumerate(names)}
    x = numpy.zeros((len(rows), len(names)), dtype=numpy.float32)
    for at, signs in zip(x, rows):
        at[[index[s] for s in signs if s in index]] = 1
    return x


def options(questions, names):
    """The matrix of all options of all questions, each a list of lists of signs, and where each question begins in it."""
    return matrix([signs for q in questions for signs in q], names), numpy.cumsum([0] + [len(q) for q in questions])


def chance(score):
    return 1 / (1 + numpy.exp(-numpy.clip(score, -30, 30)))


def shares(x, begins, weights):
    """How likely each option is the one of its question; the number of its question."""
    score, of = x @ weights, numpy.repeat(numpy.arange(len(begins) - 1), numpy.diff(begins))
    p = numpy.exp(score - numpy.maximum.reduceat(score, begins[:-1])[of])
    return p / numpy.add.reduceat(p, begins[:-1])[of], of


def tell(x, right, penalty, worth=1.0, first=0.0):
    """penalty: of all weights or of each; worth: what a row counts; first: the weights that the penalty draws towards."""
    def slope(weights):
        p = chance(x @ weights)
        return x.T @ (worth * (right - p)), (x * (worth * p * (1 - p))[:, None]).T @ x
    return climb(slope, numpy.broadcast_to(penalty, x.shape[1]), first)


def choose(questions, right, names, penalty, worth=1.0):
    """right: of every option of every question whether it is meant, one at least; worth: what a question counts."""
    x, begins = options(questions, names)
    right, worth = numpy.concatenate(right), numpy.repeat(numpy.ones(len(questions)) * worth, numpy.diff(begins))

    def slope(weights):
        p, of = shares(x, begins, weights)
        q = p * right
        q /= numpy.add.reduceat(q, begins[:-1])[of]
        each = x * (p * numpy.sqrt(worth))[:, None]
        mean = numpy.add.reduceat(each, begins[:-1])
        return x.T @ (worth * (q - p)), (x * (worth * p)[:, None]).T @ x - mean.T @ mean
    return climb(slope, numpy.broadcast_to(penalty, len(names)), 0.0)


def climb(slope, penalty, first):
    """The weights of which no others near have a higher likelihood, less the penalty. slope: the likelihood's gradient at some weights, and its curve."""
    weights = numpy.zeros(len(penalty)) + first
    for _ in range(ROUNDS):
        gradient, curve = slope(weights)
        step = numpy.linalg.solve(curve + numpy.diag(penalty), gradient - penalty * (weights - first))
        weights = weights + step * min(1, WIDEST / max(abs(step).max(), 1e-9))
        if abs(step).max() < CLOSE:
            break
    return weights


def scores(questions, names, weights):
    """Of each question what every option weighs."""
    x, begins = options(questions, names)
    return [(x[b:e] @ weights) for b, e in zip(begins[:-1], begins[1:])]


def best(questions, names, weights, doubt=0.0):
    """The option of each question that weighs most; the first, which is of nothing, weighs `doubt` more."""
    return [int((score + doubt * (numpy.arange(len(score)) == 0)).argmax()) for score in scores(questions, names, weights)]


def judge(questions, right, names, weights):
    """How many questions are told an option other than the first, of nothing; how many of these are right."""
    told = [answer[i] for answer, i in zip(right, best(questions, names, weights)) if i > 0]
    return numpy.array([len(told), sum(told)])


def figures(told, right, of):
    return "told %d, right %d: precision %.3f, recall %.3f" % (told, right, right / max(told, 1), right / max(of, 1))


def folds(groups, count, mixed=False):
    """The groups that are left out, `count` times: every one is once."""
    groups = sorted(set(groups))
    if mixed:
        random.Random(1).shuffle(groups)
    for fold in range(count):
        yield set(groups[fold::count])


def thousandths(weight):
    return round(1000 * weight)


def write(path, about, columns, rows):
    """A table of data/lexicon; `about` becomes the lines of its head."""
    with open(path, "w", encoding="utf-8") as f:
        f.writelines("# %s\n" % line for line in about.split("\n"))
        f.writelines("\t".join(map(str, row)) + "\n" for row in [columns, *rows])
