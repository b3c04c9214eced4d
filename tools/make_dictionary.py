#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derive the verb dictionary of last resort from PETRARCH's CAMEO.2.0.txt (MIT).

    tools/make_dictionary.py ../shared/data/petrarch data/lexicon

Writes petrarch_verbs.tsv (verb, block, default code), petrarch_patterns.tsv (block, words that must stand right of the verb,
code) and petrarch_sets.tsv (word, synonym sets). Only what a frame cannot say is asked of it (src/event/dictionary.c): patterns
with words on the left, with actors inside, or of roots 01 are left out.
"""
import re
import sys

NOTICE = """# Derived by tools/make_dictionary.py from CAMEO.2.0.txt of openeventdata/petrarch2 at 676801cd.
# The MIT License (MIT). Copyright (c) 2014, 2015 Open Event Data Alliance. Permission is hereby granted, free of charge, to any
# person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without
# restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
# copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:
# The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
# OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
# LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
# CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def code_of(text):
    first = text.strip().split(":")[0]
    return first if re.fullmatch(r"\d{2,4}", first) and not first.startswith("01") else ""


def singular(word):
    """Patterns are compared with lemmas."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] not in "sui" else word


def read(path):
    sets, verbs, patterns = {}, [], []
    block, block_code, current = 0, "", None
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            line = line.split("#")[0].rstrip()
            if not line:
                continue
            if line.startswith("&"):
                current = line[1:].split()[0].strip("_")
                continue
            if line.startswith("+") and block == 0:
                word = line[1:].strip().strip("_").lower()
                if current and "_" not in word and word:
                    sets.setdefault(word, set()).add(current)
                continue
            head = re.match(r"---\s+(\S+)\s+\[(.*?)\]\s+---", line)
            if head:
                block, block_code, current = block + 1, code_of(head.group(2)), None
                continue
            if block == 0:
                continue
            code = re.search(r"\[(.*?)\]", line)
            if line.startswith("- "):
                body = line[2:].split("[")[0]
                left, star, right = body.partition("*")
                words = re.sub(r"[(){}]", " ", right).split()
                if not star or left.strip() or not words or not code or not code_of(code.group(1)):
                    continue
                if any(w[0] in "+$%^~" for w in words):
                    continue
                words = ["&" + w[1:].strip("_") if w[0] == "&" else singular(w.strip("_").lower()) for w in words]
                patterns.append(("b%d" % block, " ".join(words), code_of(code.group(1))))
            elif line[0].isalpha() or line[0] == "+":
                name = re.split(r"[\s\[{]", line.lstrip("+"))[0].strip("_").lower().replace("_", " ")
                if "re " == name[:3]:
                    continue
                explicit = code is not None
                verbs.append((name, "b%d" % block, code_of(code.group(1)) if explicit else block_code))
    return sets, verbs, patterns


def write(path, header, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.write(NOTICE + header + "\n")
        for row in rows:
            f.write("\t".join(row) + "\tPETRARCH (MIT)\n")


def main():
    source, target = sys.argv[1:3]
    sets, verbs, patterns = read(source + "/CAMEO.2.0.txt")
    used = {w[1:] for _, words, _ in patterns for w in words.split() if w[0] == "&"}
    write(target + "/petrarch_verbs.tsv", "key\tblock\tcameo\tsrc", sorted(set(verbs)))
    write(target + "/petrarch_patterns.tsv", "key\twords\tcameo\tsrc", sorted(set(patterns)))
    write(target + "/petrarch_sets.tsv", "key\tsets\tsrc",
          [(w, " ".join(sorted(s & used))) for w, s in sorted(sets.items()) if s & used])


if __name__ == "__main__":
    main()
