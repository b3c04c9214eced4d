#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The labelled examples are sound (tools/check_examples.py) and near none of the sets that only measure; the check does find a wrong
line, a near copy and, where ../shared stands, a sentence of the founding pages; m.tsv is what its phrases make."""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["SOURCE_DIR"])
SEEDS, PLV = SOURCE / "../shared/seeds", SOURCE / "../shared/data/plv"
HEADER = "sentence\ttype\tmode\trealis\tnegated\tnote"


def run(tool, *arguments):
    return subprocess.run([sys.executable, SOURCE / "tools" / tool, *arguments], capture_output=True, text=True)


def planted():
    """Lines and what must be said of each."""
    yield "<s>Oman</s> met <t>Iran</t> in Muscat on Friday\tMEETING\t-\thappened\t0\t", "type MEETING"
    yield "<s>Oman</s> met <t>Iran</t> in Salalah to speak of the ferry\tCONSULT\tfirearms\thappened\t0\t", "mode firearms"
    yield "<s>Oman met <t>Iran</t> in Sohar about dates and goats\tCONSULT\t-\thappened\t0\t", "marks"
    yield "<s>Chad</s> gave <t>Togo</t> forty lorries of rice before the harvest feast\tAID\t-\thappened\t0\t", None
    yield "Chad gave <t>Togo</t> forty lorries of rice before the harvest feast began\tAID\t-\thappened\t0\t", "near copy of"
    if SEEDS.is_dir():
        text = " ".join(p.read_text(encoding="utf-8", errors="replace") for p in sorted(SEEDS.glob("*.txt")))
        copied = next(s for s in text.replace("\n", " ").split(". ") if 12 < len(s.split()) < 25 and s.isascii() and "<" not in s and "\t" not in s)
        yield f"<s>Mali</s> said {copied}\tCONSULT\t-\thappened\t0\t", "near copy of an outside sentence"


def main():
    done = run("check_examples.py")
    assert done.returncode == 0, done.stdout[:2000]
    lines = list(planted())
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "wrong.tsv"
        file.write_text("\n".join([HEADER, *(line for line, _ in lines)]) + "\n", encoding="utf-8")
        done = run("check_examples.py", file)
    assert done.returncode == 1
    for number, (_, reason) in enumerate(lines, 2):
        told = [fault for fault in done.stdout.splitlines() if fault.startswith(f"wrong.tsv:{number}: ")]
        assert bool(told) == (reason is not None) and all(reason in fault for fault in told), (number, reason, told)
    if SEEDS.is_dir() and PLV.is_dir():   # a sentence that comes near those is drawn again
        made = run("make_phrases.py", "data/examples/phrases.txt")
        assert made.returncode == 0, made.stderr
        assert made.stdout == (SOURCE / "data/examples/m.tsv").read_text(encoding="utf-8"), "m.tsv is not what tools/make_phrases.py makes of phrases.txt: make it again"
    print("ok")


main()
