#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""export --format html: one file without script that needs no other; it has every report, checksum, verdict and quoted word of its
story, and the words of a hostile page stay words."""

import html.parser
import os
import sqlite3
import subprocess
import sys
import tempfile

from records import ANNALS, ENVIRONMENT, PAGES, SOURCE, annals, build, check, failures, has_data

ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "dl", "dt", "dd", "table", "tr", "td", "th", "ul", "li", "small", "span", "code", "a", "br"}
VOID = {"meta", "br"}


class Page(html.parser.HTMLParser):
    """The tags and words of a page; fails where one is not closed or is none of ours."""
    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.links = [], [], []
        self.feed(text)
        self.close()
        check(self.open == [], f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        check(tag in ALLOWED, f"a tag {tag}")
        check(all(name in ("lang", "charset", "name", "content", "http-equiv", "class", "href", "rel") for name, _ in attrs), f"attributes {attrs}")
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        check(self.open and self.open[-1] == tag, f"</{tag}> in {self.open}")
        if self.open:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def read(record, story):
    text = annals("export", record, "--format", "html", "--story", story)
    check(text.count("default-src 'none'") == 1 and "url(" not in text and "@import" not in text, "something from outside")
    return Page(text), text


def has_all(db, story, page):
    words = " ".join("".join(page.words).split())
    for sql in ("SELECT sha256 FROM page JOIN story_page n ON n.page = page.id WHERE n.story = ?", "SELECT coalesce(outlet, domain) FROM page JOIN story_page n ON n.page = page.id WHERE n.story = ?",
                "SELECT text FROM compared_value WHERE story = ?", "SELECT why FROM comparison WHERE story = ?", "SELECT x.evidence FROM told_in t JOIN event x USING(page, ref) WHERE t.story = ?",
                "SELECT content FROM statement JOIN story_page n USING(page) WHERE n.story = ? AND repeats IS NULL"):
        rows = [r[0] for r in db.execute(sql, (story,)) if r[0]]
        lost = [r for r in rows if " ".join(r.split()) not in words and not any(ord(c) in (*range(0x202a, 0x202f), *range(0x2066, 0x206a)) for c in r)]
        check(rows and not lost, f"not there: {lost[:2]} of {sql}")
    for verdict, in db.execute("SELECT DISTINCT verdict FROM comparison WHERE story = ?", (story,)):
        check(verdict in words, f"no {verdict}")


def main():
    if not has_data():
        print("skipped: no compiled data")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        hostile = os.path.join(SOURCE, "tests/web/hostile.html")
        copy = os.path.join(folder, "again.html")
        with open(hostile, encoding="utf-8") as f, open(copy, "w", encoding="utf-8") as to:
            to.write(f.read().replace("3 agreements", "more than 5 agreements").replace("Post", "Times"))
        record = build(os.path.join(folder, "r.db"), PAGES, hostile, copy)
        db = sqlite3.connect(record)
        db.execute("UPDATE page SET url = 'javascript:alert(1)//' || id WHERE path LIKE '%again.html'")
        db.commit()
        story = db.execute("SELECT story FROM story_page GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1").fetchone()[0]
        page, text = read(record, story)
        has_all(db, story, page)
        check(read(record, story[:8])[1] == text, "the beginning of an id is the story")
        story = db.execute("SELECT n.story FROM story_page n JOIN page ON page.id = n.page WHERE path LIKE '%again.html'").fetchone()[0]
        page, text = read(record, story)
        check("<script" not in text and "onerror=window" not in "".join(page.links) and "<script>window.hit=1</script>" in "".join(page.words), "words of a hostile page")
        check(all(link.startswith(("http://", "https://")) for link in page.links), f"links {page.links}")
        check(not any(mark in text for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "marks of direction come out")
        for args in ((), ("--story", "nosuch")):
            done = subprocess.run([ANNALS, "export", record, "--format", "html", *args], capture_output=True, env=ENVIRONMENT, timeout=60)
            check(done.returncode == 2 and done.stderr, f"html {args}: status {done.returncode}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
