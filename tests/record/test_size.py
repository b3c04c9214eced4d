#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much room a page takes in a record, and that what is packed comes out as it went in. The pages of examples/pages, twelve times each,
so that what a record takes however small it is (some 300 kB) counts little. MOST is what was measured, and a tenth of play."""
import glob
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
TIMES, MOST = 12, 21200


def run(*args):
    return subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=240)


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        pages, record = os.path.join(folder, "pages"), os.path.join(folder, "record.db")
        os.mkdir(pages)
        for path in sorted(glob.glob(os.path.join(SOURCE, "examples/pages/[0-9]*"))):
            for i in range(TIMES):
                name = os.path.join(pages, f"{i:02}-{os.path.basename(path)}")
                with open(path, "rb") as page, open(name, "wb") as out:
                    out.write(page.read() + (b"\n<!-- %d -->\n" % i if name.endswith("html") else b"\n" * i))
        run("build", "-q", pages, "-o", record)
        db = sqlite3.connect(record)
        count = db.execute("SELECT count(*) FROM page").fetchone()[0]
        each = os.path.getsize(record) // count
        print(f"{count} pages, {each} bytes a page")
        if count < 100 or each > MOST:
            failures.append(f"{each} bytes a page of {count}, at most {MOST}")
        read = [json.loads(line) for line in run("read", pages).stdout.splitlines()]
        kept = [json.loads(line) for line in run("export", record, "--format", "readings").stdout.splitlines()]
        one = {r["page"]["sha256"]: r for r in kept}
        if len(one) != count or any(one.get(r["page"]["sha256"], {}).get("events") != r["events"] for r in read):
            failures.append("readings come out otherwise than they went in")
        if any(one[r["page"]["sha256"]] != r for r in read if r["page"]["path"] == one[r["page"]["sha256"]]["page"]["path"]):
            failures.append("a reading is not what was read")
        run("build", "-q", "--keep-pages", pages, "-o", record)
        for sha, path in db.execute("SELECT sha256, path FROM page ORDER BY id LIMIT 5"):
            with open(path, "rb") as page:
                out = run("show", record, "page", sha).stdout
                if out != page.read() or hashlib.sha256(out).hexdigest() != sha:
                    failures.append(f"the bytes of {path} come out otherwise")
        with db:
            packed = db.execute("SELECT json FROM reading WHERE page = 1").fetchone()[0]
            db.execute("UPDATE reading SET json = ? WHERE page = 1", (packed[:-1] + bytes([packed[-1] ^ 1]),))
        broken = run("export", record, "--format", "readings")
        if broken.returncode != 2 or b"damaged" not in broken.stderr:
            failures.append(f"a damaged reading is not told: {broken.returncode} {broken.stderr}")
        db.close()
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
