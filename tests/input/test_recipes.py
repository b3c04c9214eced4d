# SPDX-License-Identifier: Apache-2.0
"""Runs the recipes of docs/getting-pages.md as they stand, against a server of this machine: only the addresses are replaced,
and the second between two pages is not waited for."""
import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from pages import good, html, http as answer, member, record, words, write

SOURCE = pathlib.Path(os.environ["SOURCE_DIR"])
ANNALS = os.path.abspath(os.environ["ANNALS"])
if shutil.which("wget") is None:
    print("skipped: no wget (tools/packages.sh check)")
    sys.exit(77)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def blocks():
    """Heading → the blocks of shell under it."""
    found, heading = {}, None
    text = (SOURCE / "docs/getting-pages.md").read_text()
    for part in re.finditer(r"^## ([^\n]*)$|^```sh\n(.*?)^```$", text, re.M | re.S):
        if part.group(1) is not None:
            heading = part.group(1)
        else:
            found.setdefault(heading, []).append(part.group(2))
    return found


def site(folder):
    """What the server gives: pages that link to each other, a feed, a month of CC-NEWS with one file."""
    os.makedirs(folder / "news/more")
    links = {"index": ["1", "2", "more/3"], "1": ["2"], "2": ["missing", "photo.png"], "more/3": ["../1"]}
    for n, (name, to) in enumerate(links.items()):
        page = html(n).replace(b"</article>", b"</article>" + b"".join(b'<a href="%s">x</a>' % (t if "." in t and "/" not in t else t + ".html").encode() for t in to))
        write(folder / "news" / (name + ".html"), page)
    write(folder / "news/photo.png", b"\x89PNG\r\n\x1a\n")
    write(folder / "feed.xml", b"<rss><channel><item><link>HOST/news/1.html</link></item><item><link>HOST/news/2.html?a=1&amp;b=2</link></item>"
          b"<entry><link rel=\"alternate\" href=\"HOST/news/more/3.html\"/></entry></channel></rss>")
    month = folder / "crawl-data/CC-NEWS/2021/06"
    os.makedirs(month)
    name = "CC-NEWS-20210603100000-00001.warc.gz"
    write(month / "warc.paths.gz", member(f"crawl-data/CC-NEWS/2021/06/{name}\ncrawl-data/CC-NEWS/2021/06/none.warc.gz\n".encode()))
    crawler = answer(html(9), "200 OK", "text/html", "X-Crawler-Content-Encoding: gzip", "X-Crawler-Content-Length: 200", "X-Crawler-Transfer-Encoding: chunked")
    write(month / name, b"".join(member(p) for p in (record(b"robots: classic", 1, "warcinfo"), record(b"GET / HTTP/1.1\r\n\r\n", 2, "request"),
                                                     record(crawler, 2), good(3), good(4), record(answer(b"", "301 Moved Permanently"), 5))))


def saved(folder):
    os.makedirs(folder / "saved/Pier_files")
    write(folder / "saved/Pier_files/frame.html", html(2))
    write(folder / "saved/Pier.html", html(1).replace(b"<html>", b"<html>\n<!-- saved from url=(0042)https://news.example/2021/06/03/pier.html -->\n"))
    write(folder / "saved/note.txt", words(3).encode())


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def paths_of(readings):
    return sorted(r["url"].split("/news/")[1] for r in readings if "/news/" in (r["url"] or ""))


def check_site(folder):
    assert paths_of(lines(folder / "site.jsonl")) == ["", "1.html", "2.html", "more/3.html"], lines(folder / "site.jsonl")
    assert len(lines(folder / "site.jsonl")) == 4 and not list(folder.glob("*.html"))      # no log of wget, no picture, no 404


def check_saved(folder):
    read = {r["path"]: r for r in lines(folder / "saved.jsonl")}
    assert set(read) == {"saved/Pier.html", "saved/note.txt"} and read["saved/Pier.html"]["published"] == "2021-06-03", read
    note = lines(folder / "note.jsonl")[0]
    assert note["outlet"]["name"] == "The Pier Post" and note["published"]["day"] == "2021-06-03", note


def check_repeats(folder):
    assert (folder / "furniture.tsv").read_text().splitlines()[-1].startswith("host\tline") and len(lines(folder / "clean.jsonl")) == 2


def check_cc_news(folder):
    assert [r["url"].rsplit("/", 1)[1] for r in lines(folder / "news.jsonl")] == ["2", "3", "4"], lines(folder / "news.jsonl")


def check_feed(folder):
    exported = subprocess.run([ANNALS, "export", "news.db", "--format", "readings"], capture_output=True, cwd=folder)
    urls = sorted(set(re.findall(rb'/news/[^"]*', exported.stdout)))
    assert {b"/news/1.html", b"/news/2.html?a=1&b=2", b"/news/more/3.html"} <= set(urls), (urls, exported.stderr)


def main():
    checks = {"A site, into a WARC": check_site, "A page saved in the browser": check_saved, "What repeats on the pages of an outlet": check_repeats, "One file of CC-NEWS": check_cc_news,
              "A feed, into a list for wget": check_feed}
    found = blocks()
    assert set(found) == set(checks), set(found) ^ set(checks)
    failed = 0
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        site(top / "site")
        os.mkdir(top / "bin")
        os.symlink(ANNALS, top / "bin/annals")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(top / "site")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}"
        feed = top / "site/feed.xml"
        feed.write_bytes(feed.read_bytes().replace(b"HOST", host.encode()))
        environment = dict(os.environ, PATH=f"{top}/bin:{os.environ['PATH']}", no_proxy="*")
        for n, (heading, recipes) in enumerate(found.items()):
            folder = top / str(n)
            os.mkdir(folder)
            saved(folder)
            for recipe in recipes:
                command = re.sub(r"https://(news\.example(?=/news/|/feed)|data\.commoncrawl\.org)", host, recipe).replace("--wait=1", "--wait=0")
                ran = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=120)
                try:
                    if recipe == recipes[-1] or "news.jsonl" in recipe:
                        checks[heading](folder)
                except Exception as error:
                    failed += 1
                    print(f"FAILED {heading}: {error!r}\n{command}{ran.stderr.decode()[-2000:]}")
        server.shutdown()
    print(f"{sum(map(len, found.values()))} recipes, {failed} failures")
    sys.exit(1 if failed else 0)


main()
