#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/make_world.py gives the committed tables byte for byte, where the frozen facts are at hand (../shared)."""
import filecmp
import glob
import os
import subprocess
import sys
import tempfile

ROOT = os.environ.get('SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..', '..'))
FACTS = os.path.join(ROOT, '..', 'shared', 'data', 'world')


def main():
    if not os.path.exists(os.path.join(FACTS, 'terms.tsv')):
        print('no facts in ../shared/data/world')
        sys.exit(77)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, os.path.join(ROOT, 'tools', 'make_world.py'), '--facts', FACTS, '--out', out],
                       check=True, stderr=subprocess.DEVNULL)
        made = sorted(glob.glob(os.path.join(out, '*.tsv')))
        other = [os.path.basename(m) for m in made
                 if not filecmp.cmp(m, os.path.join(ROOT, 'data', 'world', os.path.basename(m)), shallow=False)]
    print(f'{len(made)} tables made, not as committed: {" ".join(other) or "none"}')
    sys.exit(1 if other or len(made) < 8 else 0)


if __name__ == '__main__':
    main()
