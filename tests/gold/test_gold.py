#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gold files keep their own formats, and their scorers tell a good answer from an empty or a spoilt one. What annals
scores on them is no test here: it is measured and written down, and no figure is promised."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    failed = 0
    for scorer in ("score_paragraphs.py", "score_names.py"):
        failed |= subprocess.run([sys.executable, str(HERE / scorer), "--selfcheck"], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
