#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check that every byte range in readings and stories says what it claims to say.

    spancheck.py readings.jsonl [--stories stories.jsonl] [--pages FOLDER]
    spancheck.py --selftest

Readings are annals-reading/1, stories annals-story/1. Pages are found by `page.path`, relative to FOLDER (default: the
working directory). The code is its own: it shares nothing with the engine, so that one mistake is not made twice.

For every object with `begin` and `end`, at any depth: 0 <= begin <= end <= size of the page. With a `text`: the page
bytes there, decoded, without markup, with entities decoded, white space folded, soft hyphens and zero-width characters
dropped, in NFC, are that text folded in the same way. A range inside a tag or a script (metadata) may also be the raw
words or a JSON string. Beside that:
  bytes     `page.sha256` and `page.bytes` are those of the bytes found
  ids       an event's id is `e` + its trigger's begin, a statement's `s` + its content's begin (and a letter); each once
  links     `repeats`, `told_by`, `when.time` and a story's `told_in` point at something that is there
  blocks    do not overlap; what lies in none of them is white space or markup (text pages: exact)
Page bytes out of gzip, JSONL and WARC are looked for by their checksum; what cannot be got at is counted as skipped.
Exit status 1 when anything failed; the last line is `N passed, M failed`.
"""

import argparse
import gzip
import hashlib
import html
import json
import os
import re
import sys
import tempfile
import unicodedata
import zlib

BLOCK = set("""address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre
search section select summary table tbody td tfoot th thead title tr ul""".split())
EITHER = set("button img input label rb rt rp ruby svg textarea video audio iframe object embed canvas wbr noscript".split())
RAW = set("script style xmp iframe noembed noframes".split())                   # nothing in them is text
RCDATA = set("title textarea".split())                                        # no tags in them
UNSEEN = set("head noscript template svg math object video audio canvas select textarea title".split())  # may be left out
ZERO_WIDTH = dict.fromkeys([0xad, 0x180e, 0xfeff, *range(0x200b, 0x2010), *range(0x2060, 0x2065)])
CONTROL = dict.fromkeys([*range(0x00, 0x09), *range(0x0e, 0x1c), 0x7f])
ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]+|#[0-9]+|[A-Za-z][A-Za-z0-9]*);?")
SHOWN = 140


def fold(text):
    """One form for comparison."""
    text = unicodedata.normalize("NFC", text).translate(ZERO_WIDTH).translate(CONTROL)
    return " ".join(text.split())


def clip(text):
    return text if len(text) <= SHOWN else text[:SHOWN // 2] + " … " + text[-SHOWN // 2:]


# ---- a page -----------------------------------------------------------------------------------

def tag_end(data, at):
    """Where the tag that begins at `at` ends: after its `>`, by the attribute states of HTML; the page's end if never."""
    size, at = len(data), at + 1
    while at < size and data[at] not in b" \t\n\f\r/>":
        at += 1
    while at < size:
        if data[at] == 0x3e:
            return at + 1
        if data[at] in b" \t\n\f\r/":
            at += 1
            continue
        at += 1                                                             # a name; its first letter may be `=`
        while at < size and data[at] not in b" \t\n\f\r/>=":
            at += 1
        value = at
        while value < size and data[value] in b" \t\n\f\r":
            value += 1
        if value < size and data[value] == 0x3d:
            at = value + 1
            while at < size and data[at] in b" \t\n\f\r":
                at += 1
            if at < size and data[at] in b"\"'":
                close = data.find(data[at:at + 1], at + 1)
                at = size if close < 0 else close + 1
            else:
                while at < size and data[at] not in b" \t\n\f\r>":
                    at += 1
    return size


class Page:
    """The bytes of a page and its pieces: (begin, end, kind, name, seen), kind one of text tag raw."""

    def __init__(self, data, is_html, charset):
        self.data, self.is_html, self.size = data, is_html, len(data)
        name = (charset or "utf-8").lower()
        self.charset = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252") else name
        try:
            b"".decode(self.charset)
        except LookupError:
            self.charset = "utf-8"
        self.pieces = list(self.cut()) if is_html else [(0, self.size, "text", "", True)]
        self.begins = [p[0] for p in self.pieces]

    def cut(self):
        data, size, at, unseen = self.data, self.size, 0, []
        while at < size:
            lt = data.find(b"<", at)
            while 0 <= lt and not re.match(rb"<(?:[a-zA-Z!?]|/.)", data[lt:lt + 3], re.S):
                lt = data.find(b"<", lt + 1)
            stop = size if lt < 0 else lt
            if stop > at:
                yield at, stop, "text", "", not unseen
            if lt < 0:
                return
            at = lt
            if data.startswith(b"<!--", at):
                m = re.compile(rb"<!--(?:>|->|.*?--!?>)", re.S).match(data, at)
                end = m.end() if m else size
                yield at, end, "raw", "", False
            elif not re.match(rb"</?[a-zA-Z]", data[at:at + 3]):
                close = data.find(b">", at)
                end = size if close < 0 else close + 1
                yield at, end, "raw", "", False
            else:
                end = tag_end(data, at)
                m = re.match(rb"<(/?)([^\s/>]+)", data[at:at + 80])
                closing, name = bool(m.group(1)), m.group(2).decode("latin-1").lower()
                yield at, end, "tag", name, False
                if name in UNSEEN:
                    if not closing and not data[at:end].endswith(b"/>"):
                        unseen.append(name)
                    elif closing and name in unseen:
                        del unseen[unseen.index(name):]
                elif name == "body" and "head" in unseen:
                    unseen.remove("head")
                if not closing and name in RAW | RCDATA:
                    m = re.compile(rb"</%s(?=[\s/>])" % re.escape(name.encode("latin-1")), re.I).search(data, end)
                    close = m.start() if m else size
                    if close > end:
                        yield end, close, "text" if name in RCDATA else "raw", "", False
                    end = close
            at = end

    def overlapping(self, begin, end):
        low, high = 0, len(self.begins)
        while low < high:                                                   # the first piece that ends after begin
            mid = (low + high) // 2
            if self.pieces[mid][1] <= begin:
                low = mid + 1
            else:
                high = mid
        while low < len(self.pieces) and self.pieces[low][0] < end:
            yield self.pieces[low]
            low += 1

    def decode(self, begin, end):
        return self.data[begin:end].decode(self.charset, "replace")

    def readings_of(self, begin, end):
        """All folded texts that the range may have."""
        pieces = list(self.overlapping(begin, end))
        if not pieces:
            return {""}
        if pieces[0][2] != "text" and (begin > pieces[0][0] or pieces[0][2] == "raw"):
            raw = self.decode(begin, end)                                   # inside a tag, a script or a comment
            found = {fold(raw), fold(html.unescape(raw))}
            for text in (raw, html.unescape(raw)):
                try:
                    found.add(fold(json.loads('"%s"' % text.strip('"'), strict=False)))
                except ValueError:
                    pass
            return found
        return {fold(self.visible(pieces, begin, end, gap)) for gap in ("", " ")}

    def visible(self, pieces, begin, end, gap):
        out = []
        for b, e, kind, name, _ in pieces:
            if kind == "text":
                text = self.decode(max(b, begin), min(e, end))
                out.append(html.unescape(text) if self.is_html else text)
            elif kind == "tag":
                out.append(" " if name in BLOCK else gap if name in EITHER else "")
        return "".join(out)

    def left_over(self, begin, end):
        """The words that a reader sees in a range, as far as one can tell."""
        seen = [p for p in self.overlapping(begin, end) if p[2] == "tag" or p[4]]
        return fold(self.visible(seen, begin, end, " ")) if end > begin else ""


# ---- finding the bytes of a page --------------------------------------------------------------

def inflate(data):
    """gzip, several members too, as far as it goes."""
    out, data = [], bytes(data)
    while data[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        try:
            out.append(member.decompress(data))
        except zlib.error:
            break
        data = member.unused_data.lstrip(b"\0")
    return b"".join(out)


def decoded(body, coding):
    try:
        if "gzip" in coding:
            return gzip.decompress(body)
        if "deflate" in coding:
            try:
                return zlib.decompress(body)
            except zlib.error:
                return zlib.decompress(body, -15)
    except (OSError, EOFError, zlib.error):
        pass
    return body


def unchunk(body):
    out, at = [], 0
    while True:
        m = re.match(rb"([0-9a-fA-F]+)[^\r\n]*\r\n", body[at:at + 64])
        if not m:
            return b"".join(out) if out else body
        size = int(m.group(1), 16)
        out.append(body[at + m.end():at + m.end() + size])
        at += m.end() + size + 2
        if not size:
            return b"".join(out)


def warc_bodies(data):
    """What the page bytes of the WARC record at the front of `data` may be."""
    m = re.match(rb"WARC/1\.\d\r?\n(.*?)\r?\n\r?\n", data, re.S)
    size = m and re.search(rb"^content-length:\s*(\d+)", m.group(1), re.I | re.M)
    if not size:
        return
    block = data[m.end():m.end() + int(size.group(1))]
    yield block
    head, found, body = block.partition(b"\r\n\r\n")
    if found and block.startswith(b"HTTP/"):
        coding = re.search(rb"^content-encoding:\s*([\w, -]+)", head, re.I | re.M)
        coding = coding.group(1).decode("latin-1").lower() if coding else ""
        for part in (body, unchunk(body)):
            yield part
            yield decoded(part, coding)
            yield decoded(part, "gzip")


def json_bodies(line):
    try:
        value = json.loads(line.decode("utf-8", "replace"))
    except ValueError:
        return
    for key in ("html", "text"):
        if isinstance(value, dict) and isinstance(value.get(key), str):
            text = value[key].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            yield text.encode("utf-8")


def candidates(data, at):
    """What the page bytes of a file may be; `at` says where in it."""
    plain = inflate(data) if data[:2] == b"\x1f\x8b" else data
    yield data
    yield plain
    offset, length = at.get("offset"), at.get("length")
    offset = offset if type(offset) is int and offset >= 0 else 0
    for whole in (data, plain):
        part = whole[offset:offset + length] if type(length) is int and length > 0 else whole[offset:]
        yield part
        opened = inflate(part) if part[:2] == b"\x1f\x8b" else part
        yield opened
        yield from json_bodies(opened.split(b"\n", 1)[0])
        yield from warc_bodies(opened)


class Pages:
    def __init__(self, folder):
        self.folder, self.files = folder, {}

    def file(self, path):
        if path not in self.files:
            self.files[path] = None
            for place in (os.path.join(self.folder, path), path, os.path.join(self.folder, os.path.basename(path))):
                if os.path.isfile(place):
                    with open(place, "rb") as f:
                        self.files[path] = f.read()
                    break
        return self.files[path]

    def get(self, page):
        """(Page, None) or (None, why not)."""
        data = self.file(page.get("path") or "")
        if data is None:
            return None, "no file %s" % page.get("path")
        at = page.get("at") if isinstance(page.get("at"), dict) else {}
        for body in candidates(data, at):
            if hashlib.sha256(body).hexdigest() == page.get("sha256"):
                kind = str(page.get("media_type") or "")
                return Page(body, "html" in kind or "xml" in kind, page.get("charset")), None
        return None, "no bytes with the checksum %s in %s" % (page.get("sha256"), page.get("path"))


# ---- the checks -------------------------------------------------------------------------------

def walk(value, path="$"):
    """Every object in a JSON value, with its path."""
    stack = [(value, path)]
    while stack:
        value, path = stack.pop()
        if isinstance(value, dict):
            yield value, path
            stack += [(v, path + "." + k) for k, v in reversed(list(value.items()))]
        elif isinstance(value, list):
            stack += [(v, "%s[%d]" % (path, i)) for i, v in reversed(list(enumerate(value)))]


def listed(x):
    return [i for i in x if isinstance(i, dict)] if isinstance(x, list) else []


class Check:
    def __init__(self, pages):
        self.pages, self.passed, self.failed, self.skipped = pages, 0, 0, 0
        self.known = {}                                                     # sha256: (Page, reading)

    def say(self, ok, file, path, *why):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL %s %s: %s" % (file, path, "\n     ".join(why)))

    def span(self, file, path, value, pages):
        """A range, which must hold on one of the pages."""
        begin, end, text = value.get("begin"), value.get("end", value.get("begin")), value.get("text")
        if begin is None and end is None:
            return
        if type(begin) is not int or type(end) is not int:
            return self.say(False, file, path, "begin/end are no integers: %r %r" % (begin, end))
        fits = [p for p in pages if 0 <= begin <= end <= p.size]
        if not fits:
            return self.say(False, file, path, "range %d-%d is not inside the page" % (begin, end))
        if not isinstance(text, str):
            return self.say(True, file, path)
        found = [p.readings_of(begin, end) for p in fits]
        self.say(any(fold(text) in f for f in found), file, path, "range %d-%d" % (begin, end),
                 "text  “%s”" % clip(fold(text)), *["bytes “%s”" % clip(f) for f in sorted(set().union(*found))[:2]])

    def reading(self, number, reading):
        page = reading.get("page") if isinstance(reading.get("page"), dict) else {}
        file = page.get("path") or "line %d" % number
        found, why = self.pages.get(page)
        if not found:
            if re.search(r"\.(warc|wet|jsonl)(\.gz|\.zst)?$", file):
                print("SKIP %s: %s" % (file, why))
                self.skipped += 1
            else:
                self.say(False, file, "$.page", why)
            return
        self.known[page.get("sha256")] = found, reading
        self.say(page.get("bytes") == found.size, file, "$.page.bytes", "%r, found %d" % (page.get("bytes"), found.size))
        for value, path in walk(reading):
            if "begin" in value or "end" in value:
                self.span(file, path, value, [found])
        self.ids(file, reading)
        self.blocks(file, reading, found)

    def ids(self, file, reading):
        events, statements = listed(reading.get("events")), listed(reading.get("statements"))
        told = {s.get("id") for s in statements}
        for key, things in (("events", events), ("statements", statements)):
            ids = [t.get("id") for t in things]
            for i, thing in enumerate(things):
                path = "$.%s[%d]" % (key, i)
                if key == "events":
                    place = thing.get("trigger") if isinstance(thing.get("trigger"), dict) else {}
                else:
                    place = (listed(thing.get("content")) or [{}])[0]
                ident = str(thing.get("id"))
                m = re.fullmatch(key[0] + r"(\d+)[a-z]*", ident)
                self.say(m and int(m.group(1)) == place.get("begin"), file, path + ".id",
                         "%s, but its place begins at %r" % (ident, place.get("begin")))
                self.say(ids.count(thing.get("id")) == 1, file, path + ".id", "%s is used twice" % ident)
                if thing.get("repeats") is not None:
                    self.say(thing["repeats"] in ids and thing["repeats"] != thing.get("id"), file, path + ".repeats",
                             "%r is no other of the %s" % (thing["repeats"], key))
                if isinstance(thing.get("told_by"), str):
                    self.say(thing["told_by"] in told, file, path + ".told_by", "no statement %s" % thing["told_by"])
                when = thing.get("when") if isinstance(thing.get("when"), dict) else {}
                if when.get("time") is not None:
                    count = len(listed(reading.get("times")))
                    self.say(type(when["time"]) is int and 0 <= when["time"] < count, file, path + ".when.time",
                             "%r of %d times" % (when["time"], count))

    def blocks(self, file, reading, page):
        spans = [(b.get("begin"), b.get("end"), i) for i, b in enumerate(listed(reading.get("blocks")))]
        spans = sorted(s for s in spans if type(s[0]) is int and type(s[1]) is int and 0 <= s[0] <= s[1] <= page.size)
        at, clean = 0, True
        for begin, end, i in spans:
            self.say(begin >= at, file, "$.blocks[%d]" % i, "begins at %d, inside the block that ends at %d" % (begin, at))
            clean &= self.gap(file, reading, page, at, begin, i)
            at = max(at, end)
        clean &= self.gap(file, reading, page, at, page.size, len(spans))
        self.passed += clean

    def gap(self, file, reading, page, begin, end, i):
        words = page.left_over(begin, end)
        if not words:
            return True
        limits = [p for p in listed(reading.get("problems")) if re.search("limit|deep|truncat|long|many", str(p.get("what")))]
        if limits:
            print("note %s: %d-%d is in no block: “%s” (%s)" % (file, begin, end, clip(words), limits[0].get("what")))
            return True
        self.say(False, file, "$.blocks, before [%d]" % i, "bytes %d-%d are in no block: “%s”" % (begin, end, clip(words)))
        return False

    def story(self, number, story):
        file = "story %s" % (story.get("id") or number)
        readings = [self.known.get(r.get("sha256")) for r in listed(story.get("readings"))]
        around = {}                                                         # path: the pages that objects below are of
        for value, path in walk(story):
            parent = re.sub(r"(\.[^.\[\]]+|\[\d+\])$", "", path)
            while parent not in around and parent != "$":
                parent = re.sub(r"(\.[^.\[\]]+|\[\d+\])$", "", parent)
            here = around.get(parent, [k for k in readings if k])
            ref = value.get("sha256") or value.get("reading")
            if isinstance(ref, str):
                here = [self.known[ref]] if ref in self.known else []
                if not here:
                    self.skipped += 1
            elif listed(value.get("told_in")):
                refs = [t.get("reading") for t in listed(value["told_in"])]
                here = [self.known[r] for r in refs if r in self.known]
            around[path] = here
            if re.search(r"\.told_(in|once)\[\d+\]$", path) and here:
                ids = {e.get("id") for e in listed(here[0][1].get("events"))}
                self.say(value.get("event") in ids, file, path, "the reading has no event %r" % value.get("event"))
            if ("begin" in value or "end" in value) and here:
                self.span(file, path, value, [k[0] for k in here])


def lines(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.strip():
                yield number, json.loads(line)


# ---- the check of the check -------------------------------------------------------------------

def sample(charset):
    """A small page in a charset, with a reading and a story of it that are right."""
    source = ("<html><head><title>x</title><script>var a = '<p>no</p>';</script></head><body><!-- no > --><h1>The D\xe9tente</h1>"
              "<p title=\"a > b\">Peru&rsquo;s <b>en</b>voy&nbsp;met Bo&shy;livia.</p><ul><li>One<li>Two</ul></body></html>")
    data = source.encode(charset)

    def at(first, last=None):
        begin = data.index(first.encode(charset))
        last = (last or first).encode(charset)
        return {"begin": begin, "end": data.index(last, begin) + len(last)}

    title, body = at("The D\xe9tente"), at("Peru&rsquo;s", "livia.")
    trigger, sha = at("met"), hashlib.sha256(data).hexdigest()
    reading = {
        "page": {"path": "p.html", "sha256": sha, "bytes": len(data), "at": None, "media_type": "text/html", "charset": charset},
        "title": {"text": "The De\u0301tente", **title},
        "blocks": [{"kind": "title", **title}, {"kind": "body", **body}, {"kind": "boilerplate", **at("One")},
                   {"kind": "boilerplate", **at("Two")}],
        "times": [], "problems": [],
        "events": [{"id": "e%d" % trigger["begin"], "trigger": {"text": "met", **trigger}, "repeats": None, "told_by": None,
                    "when": {"time": None}, "evidence": {"text": "Peru’s envoy\u00a0met  Bolivia.", **body}}],
        "statements": [{"id": "s%d" % body["begin"], "content": [{"text": "Peru’s envoy", **at("Peru&rsquo;s", "voy")}]}]}
    story = {"id": "st", "readings": [{"sha256": sha}],
             "events": [{"told_in": [{"reading": sha, "event": reading["events"][0]["id"]}]}],
             "comparisons": [{"values": [{"reading": sha, "text": "livia", **at("livia")}]}]}
    return data, reading, story


def selftest():
    """Right readings pass; each of many small faults is found."""
    data, reading, story = sample("windows-1252")
    title, body = reading["title"], reading["blocks"][1]

    def faults(change=None, of_story=None, write=None, page=None, charset="windows-1252"):
        data, reading, story = sample(charset)
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "p.html"), "wb") as f:
                f.write(write or data)
            reading["page"].update(page or {})
            if change:
                change(reading)
            if of_story:
                of_story(story)
            check = Check(Pages(folder))
            out, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")
            try:
                check.reading(1, reading)
                check.story(1, story)
            finally:
                sys.stdout.close()
                sys.stdout = out
            return check.failed + check.skipped

    def put(*keys, value):
        def change(r):
            for key in keys[:-1]:
                r = r[key]
            r[keys[-1]] = value
        return change

    body_text = ("x" * 70 + "\r\n").encode() * 3
    chunked = b"%x\r\n" % len(data) + data + b"\r\n0\r\n\r\n"
    http = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"
    before = gzip.compress(body_text)
    where = {"at": {"offset": len(before), "length": len(gzip.compress(record)), "record": "x"}}
    quoted = json.dumps({"url": None, "html": data.decode("cp1252")}).encode() + b"\n"
    line = {"write": b'{"text": "x"}\n' + quoted, "page": {"at": {"offset": 14, "length": len(quoted), "record": None}}}
    row = json.dumps({"url": None, "html": sample("utf-8")[0].decode("utf-8")}).encode("utf-8") + b"\n"
    first = b'{"text": "x"}\n'
    jsonl = {"write": first + row, "page": {"at": {"offset": len(first), "length": len(row)}}, "charset": "utf-8"}
    right = {"as it is": {}, "UTF-8": {"charset": "utf-8"}, "JSONL": jsonl, "gzip": {"write": gzip.compress(data)},
             "WARC": {"write": before + gzip.compress(record), "page": where}}
    wrong = {
        "a range one byte on": {"change": put("title", "begin", value=title["begin"] + 1)},
        "a range one byte short": {"change": put("title", "end", value=title["end"] - 1)},
        "a range cut inside an entity": {"change": put("statements", 0, "content", 0, "end", value=body["begin"] + 6)},
        "another text": {"change": put("events", 0, "evidence", "text", value="Peru’s envoy met Bolivia")},
        "words glued": {"change": put("events", 0, "evidence", "text", value="Peru’s envoymet Bolivia.")},
        "an end outside the page": {"change": put("blocks", 3, "end", value=len(data) + 1)},
        "an end before its begin": {"change": put("blocks", 3, "end", value=title["begin"])},
        "a begin that is no integer": {"change": put("title", "begin", value="1")},
        "an id of another place": {"change": put("events", 0, "id", value="e1")},
        "an id used twice": {"change": lambda r: r["events"].append(r["events"][0])},
        "blocks that overlap": {"change": put("blocks", 1, "begin", value=title["begin"])},
        "words in no block": {"change": lambda r: r["blocks"].pop(1)},
        "words in no block at the end": {"change": lambda r: r["blocks"].pop()},
        "a repeat of nothing": {"change": put("events", 0, "repeats", value="e7")},
        "told by nobody": {"change": put("events", 0, "told_by", value="s7")},
        "a time that is not there": {"change": put("events", 0, "when", "time", value=0)},
        "another size": {"change": put("page", "bytes", value=1)},
        "another page": {"write": data + b" "},
        "a wrong range in a story": {"of_story": put("comparisons", 0, "values", 0, "begin", value=0)},
        "a story's event that no reading has": {"of_story": put("events", 0, "told_in", 0, "event", value="e0")},
    }
    passed = failed = 0
    for expected, cases in ((0, right), (1, wrong)):
        for name, case in cases.items():
            ok = bool(faults(**case)) == bool(expected)
            passed, failed = passed + ok, failed + (not ok)
            if not ok:
                print("FAIL selftest: %s %s" % (name, "is not found" if expected else "is not right"))
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description="Check the byte ranges of readings and stories against the pages.")
    parser.add_argument("readings", nargs="?", help="annals-reading/1, one a line")
    parser.add_argument("--stories", help="annals-story/1, one a line")
    parser.add_argument("--pages", default=".", help="folder that page.path is relative to")
    parser.add_argument("--selftest", action="store_true", help="prove that faults are found")
    args = parser.parse_args()
    if args.selftest:
        passed, failed = selftest()
    elif args.readings:
        check = Check(Pages(args.pages))
        try:
            for number, reading in lines(args.readings):
                check.reading(number, reading)
            for number, story in lines(args.stories) if args.stories else ():
                check.story(number, story)
        except (OSError, ValueError) as error:
            parser.exit(2, "spancheck: %s\n" % error)
        passed, failed = check.passed, check.failed
        if check.skipped:
            print("%d skipped" % check.skipped)
        if not passed and not failed:
            print("FAIL nothing was checked")
            failed = 1
    else:
        parser.error("readings or --selftest is needed")
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
