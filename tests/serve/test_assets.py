#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table that cmake/assets.cmake makes of a folder: every file byte for byte, under its path and with its type; none of no folder."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
FILES = {"index.html": b"<!doctype html>;\n", "app.js": bytes(range(256)) * 3 + b'"\\;[x]', "empty.css": b"", "assets/deep.css": b".x{}", "map.json": b"[1]", "app.js.map": b"no"}
WANTED = {"/index.html": ("index.html", "text/html; charset=utf-8"), "/assets/app.js": ("app.js", "text/javascript; charset=utf-8"),
          "/assets/empty.css": ("empty.css", "text/css; charset=utf-8"), "/assets/deep.css": ("assets/deep.css", "text/css; charset=utf-8"),
          "/assets/map.json": ("map.json", "application/json; charset=utf-8")}


def table(folder, output):
    subprocess.run(["cmake", f"-DFOLDER={folder}", f"-DOUTPUT={output}", "-P", os.path.join(SOURCE, "cmake/assets.cmake")], check=True)
    with open(output, encoding="utf-8") as f:
        text = f.read()
    arrays = {name: bytes(int(b, 16) for b in re.findall(r"0x(..)", body)) for name, body in re.findall(r"char (asset_\d+)\[\] = \{(.*?)0\};", text, re.S)}
    rows = {path: (kind, etag, arrays[name]) for path, kind, etag, name in re.findall(r'\{"(.*?)", "(.*?)", "\\"(.*?)\\"", (asset_\d+),', text)}
    assert int(re.search(r"sv_asset_count = (\d+);", text).group(1)) == len(rows)
    return rows


def main():
    if not shutil.which("cmake"):
        print("skipped: no cmake")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        dist = os.path.join(folder, "dist")
        os.makedirs(os.path.join(dist, "assets"))
        for name, content in FILES.items():
            with open(os.path.join(dist, name), "wb") as f:
                f.write(content)
        rows = table(dist, os.path.join(folder, "assets.c"))
        assert set(rows) == set(WANTED), set(rows)
        for path, (name, kind) in WANTED.items():
            assert rows[path] == (kind, hashlib.sha256(FILES[name]).hexdigest()[:32], FILES[name]), (path, rows[path][:2])
        assert table(os.path.join(folder, "nothing"), os.path.join(folder, "none.c")) == {}
    return 0


if __name__ == "__main__":
    sys.exit(main())
