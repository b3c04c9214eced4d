#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench/make_flat.py -o FOLDER [--most BYTES] FILE.json...: the flattened pages of the files (as in ../shared/data/pages/flat: an object
"output" of pages with their "articleBody") as text files, those of at most 7,000 bytes: their mean is about 5 kB."""
import argparse
import json
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
parser.add_argument("--most", type=int, default=7000)
parser.add_argument("files", nargs="+", type=pathlib.Path)
options = parser.parse_args()
options.output.mkdir(parents=True, exist_ok=True)
for file in options.files:
    for name, page in json.loads(file.read_text(encoding="utf-8"))["output"].items():
        text = page["articleBody"].encode()
        if len(text) <= options.most:
            (options.output / f"{file.stem}-{name}.txt").write_bytes(text)
