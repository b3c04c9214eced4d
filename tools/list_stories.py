#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The stories of a record that two outlets tell, as tools/alike --pages reads them.

    tools/list_stories.py RECORD.db FOLDER > LIST

Only pages whose file name's md5 begins with 0 to 7 (those that may be read); packed ones are unpacked into FOLDER."""
import gzip
import hashlib
import os
import sqlite3
import sys

MOST = 8  # pages of a story


def main():
    record, folder = sys.argv[1:]
    db = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
    os.makedirs(folder, exist_ok=True)
    for (story,) in db.execute("SELECT story FROM story_page GROUP BY story HAVING count(*) > 1").fetchall():
        pages = db.execute("SELECT p.path, coalesce(p.day, '-'), coalesce(p.outlet, p.domain, '?') FROM story_page s JOIN page p ON p.id = s.page "
                           "WHERE s.story = ? AND s.copy_of IS NULL ORDER BY p.path", (story,)).fetchall()
        pages = [p for p in pages if hashlib.md5(os.path.basename(p[0]).encode()).hexdigest()[0] <= "7"]
        if len({outlet for _, _, outlet in pages}) < 2:
            continue
        for path, day, outlet in pages[:MOST]:
            if path.endswith(".gz"):
                plain = os.path.join(folder, os.path.basename(path)[:-3])
                with open(plain, "wb") as f:
                    f.write(gzip.open(path).read())
                path = plain
            print("%s\t%s\t%s\t%s" % (story.hex()[:20] if isinstance(story, bytes) else story, path, day, outlet))


main()
