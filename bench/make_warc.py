#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench/make_warc.py -o OUT.warc.gz [--pages N] [--seed S] FOLDER...: the .html files (also .gz) of the folders as a WARC of HTTP answers, a
gzip member a record, as crawlers write them. With more pages than files the files come again, each time with an address of its
own, other numbers and a paragraph of other words, so that no page has the bytes of another. The same arguments give the same
bytes."""
import argparse
import gzip
import pathlib
import random
import re
import sys
import zlib

WORDS = ("harbour council bridge ferry winter school market river minister strike vote road coast mill teacher tram library "
         "budget museum storm harvest council village law court doctor bread ship tower garden").split()


def altered(page, turn, rng):
    if turn == 0:
        return page
    words = " ".join(rng.choice(WORDS) for _ in range(40)).capitalize()
    shift = rng.randrange(1, 10)
    page = re.sub(rb"(?<=[ >])\d{1,3}(?=[ <])", lambda m: b"%d" % (int(m.group()) + shift), page)
    at = page.find(b"</p>") + 4 if b"</p>" in page else len(page)
    return page[:at] + f"\n<p>{words}, said number {turn}.</p>\n".encode() + page[at:]


def record(page, number):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawler-Content-Encoding: gzip\r\n\r\n" + page
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://outlet{number % 97}.example/news/{number}.html\r\n"
            f"WARC-Date: 2021-06-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012x}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
    return head.encode() + answer + b"\r\n\r\n"


def main():
    args = argparse.ArgumentParser()
    args.add_argument("folders", nargs="+")
    args.add_argument("-o", dest="out", required=True)
    args.add_argument("--pages", type=int, default=0, help="as many as there are files")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    files = sorted(f for folder in args.folders for f in pathlib.Path(folder).rglob("*.htm*"))
    if not files:
        sys.exit("make_warc.py: no .html in " + ", ".join(args.folders))
    pages = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    rng = random.Random(args.seed)
    count = args.pages or len(pages)
    with open(args.out, "wb") as out:
        for n in range(count):
            z = zlib.compressobj(6, zlib.DEFLATED, 31)
            out.write(z.compress(record(altered(pages[n % len(pages)], n // len(pages), rng), n)) + z.flush())


main()
