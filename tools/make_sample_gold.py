#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make tests/samples/gold.json from tests/samples/gold.txt and the sample pages.

    make_sample_gold.py [--half look|count] [--pages examples/pages] [--notes tests/samples/gold.txt] [-o FILE]

The notes name places by their words; this program finds the words on the page and writes the byte
ranges that ../shared/score/score_seeds.py wants. `--half` keeps the pages of one half (and the
stories and rows that lie wholly in it). Without -o the gold goes to standard output.

Notes. A line is a keyword and its rest; `#` begins a comment line; indentation is for the eye.
Words: as a reader sees them on the page (markup gone, entities decoded, white space folded, soft
hyphens and zero-width characters gone, invisible parts such as <head> left out). `a … b` is
everything from a to the next b. `~2` at the end means the second occurrence. Parts are parted by ` ; `.

  name CANONICAL ; FORM ; -            accepted forms of a name; `-`: it may be left out
  page ID FILE look|count
  title WORDS                          outlet NAME ; DOMAIN      outlet -
  alone|story KEY=VALUE...             the day: day earliest latest weekday holds accept=A..B
  shows WORDS ; what                   evidence of the day
  block KIND WORDS                     boilerplate is cut at the tags of blocks
  event M|O TYPE MODE CAMEO REALIS [background|either|-]
    actors|recipients SLOT ; SLOT      a slot: NAME/COUNTRY/SECTOR | alternative; * anybody; - or nobody;
                                       a lone `?`: not scored
    mutual    accept TYPE,TYPE|any    when A..B [optional] [hangs] [covers A..B]
    where NAME, NAME ; COUNTRY [country] [optional]
    count OF ; RELATION VALUE | RELATION VALUE
    told WORDS                         the first is the evidence, others tell it again
  quote M|O KIND SLOT ; SLOT
    said WORDS   or WORDS   repeated WORDS   through NAME   doubtful WHY
  forbid event|statement|date|number TYPES|any ; WHY ; WORDS
  note TEXT                            of the event, quote or page before
  tale ID PAGE,PAGE ; WHAT ; A..B ; PLACE
  apart PAGE STORY ; WHY               must not merge
  row VERDICT [decisive] [also=V,V] [never=V,V] ; ABOUT
    at PAGE WORDS ; RELATION VALUE
  copy PAGE of PAGE                    other FILE ; WHAT IS EXPECTED
  about TEXT                           what the gold says of itself, where it is not of examples/pages
"""

import argparse
import hashlib
import html
import json
import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
BLOCK_TAGS = set("""address article aside blockquote body br button dd div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html label li main nav ol p pre section table tbody td textarea th thead tr ul""".split())
MARKUP = re.compile(rb"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>|<[!/a-zA-Z?](?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.S | re.I)
ENTITY = re.compile(rb"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
LONG = 120
ABOUT = ("What an ideal reading of the invented pages in examples/pages holds. Made by "
         "tools/make_sample_gold.py from tests/samples/gold.txt: change it there. The format is that of "
         "../shared/gold/seeds.json; a page's `half` says whether it may be looked at (look) or only counted.")


class Visible:
    """The words a reader sees: `text`, and for each character its byte range and the number of its block."""

    def __init__(self, data, is_html, charset):
        self.data, self.charset, self.chars, self.block = data, charset, [], 0
        self.is_html, at = is_html, 0
        for m in MARKUP.finditer(data) if is_html else ():
            self.words(at, m.start())
            tag = re.match(rb"</?([a-zA-Z0-9]+)", m.group())
            if tag and tag.group(1).lower().decode() in BLOCK_TAGS:
                self.block += 1
                self.put(" ", m.start(), m.start())
            at = m.end()
        self.words(at, len(data))
        self.text = "".join(c[0] for c in self.chars)

    def words(self, begin, end):
        while begin < end:
            m = ENTITY.match(self.data, begin, end) if self.is_html else None
            if m:
                size, text = len(m.group()), html.unescape(m.group().decode())
            else:
                lead = self.data[begin]
                size = 1 if self.charset != "utf-8" or lead < 0xc0 else 2 if lead < 0xe0 else 3 if lead < 0xf0 else 4
                text = self.data[begin:begin + size].decode(self.charset, "replace")
            for char in text:
                if char not in DROPPED:
                    self.put(char, begin, begin + size)
            begin += size

    def put(self, char, begin, end):
        if not char.isspace():
            self.chars.append((char, begin, end, self.block))
        elif self.chars and self.chars[-1][0] != " ":
            self.chars.append((" ", begin, end, self.block))

    def find(self, words, after=0):
        """(first, last + 1) in characters."""
        words, _, nth = words.partition("~")
        head, dots, tail = words.strip().partition(" … ")
        for _ in range(int(nth or 1)):
            first = self.text.find(head, after)
            if first < 0:
                raise ValueError("not on the page: “%s”" % words)
            after = first + 1
        last = first + len(head)
        if dots:
            last = self.text.find(tail, last) + len(tail)
            if last < len(tail):
                raise ValueError("no end: “%s”" % words)
        return first, last

    def range(self, first, last):
        begin, end = self.chars[first][1], self.chars[last - 1][2]
        text = self.data[begin:end].decode("utf-8", "replace").replace("\u00a0", " ")
        if len(text) > LONG:
            text = text[:60] + " … " + text[-50:]
        return {"begin": begin, "end": end, "text": text}

    def at(self, words):
        return self.range(*self.find(words))

    def pieces(self, words):
        """The range of the words, cut where blocks end."""
        first, last = self.find(words)
        cut, start = [], first
        for i in range(first, last + 1):
            if i == last or self.chars[i][3] != self.chars[start][3]:
                while start < i and self.chars[start][0] == " ":
                    start += 1
                stop = i
                while stop > start and self.chars[stop - 1][0] == " ":
                    stop -= 1
                if stop > start:
                    cut.append(self.range(start, stop))
                start = i
        return cut


def slots(rest):
    """`A/FIN/GOV | /FIN ; *` as the gold's list of alternatives for each party."""
    def party(text):
        if text in "*-":
            return {} if text == "*" else None
        keys = zip(("name", "country", "sector"), text.split("/"))
        return {key: value for key, value in keys if value}
    if rest == "?":
        return None
    return [[party(p.strip()) for p in slot.split("|")] for slot in rest.split(";")] if rest else []


def days(text):
    first, dots, last = text.partition("..")
    return {"earliest": first or None, "latest": (last if dots else first) or None}


def amount(text):
    relation, value = text.split()
    return {"relation": relation, "value": float(value) if "." in value else int(value)}


class Maker:
    def __init__(self, folder):
        self.folder = folder
        self.names, self.pages, self.rows, self.tales, self.apart, self.copies, self.others = {}, [], [], [], [], [], []
        self.views, self.page, self.item, self.about = {}, None, None, ABOUT

    def read(self, path):
        errors = []
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                keyword, _, rest = unicodedata.normalize("NFC", line).strip().partition(" ")
                if keyword and not keyword.startswith("#"):
                    try:
                        getattr(self, "do_" + keyword)(rest.strip())
                    except (AttributeError, ValueError, KeyError, IndexError) as error:
                        errors.append("%s:%d: %s" % (path, number, error))
        if errors:
            raise SystemExit("\n".join(errors))

    def at(self, words):
        return self.views[self.page["id"]].at(words)

    def do_name(self, rest):
        name, *forms = [f.strip() for f in rest.split(" ; ")]
        self.names[name] = {"accept": [None if f == "-" else f for f in forms]}

    def do_page(self, rest):
        ident, file, half = rest.split()
        with open(os.path.join(self.folder, file), "rb") as f:
            data = f.read()
        charset = "cp1252" if b"charset=windows-1252" in data else "utf-8"
        self.views[ident] = Visible(data, file.endswith(".html"), charset)
        self.page = self.item = {"id": ident, "file": file, "half": half, "sha256": hashlib.sha256(data).hexdigest(),
                                 "bytes": len(data), "title": None, "outlet": None, "published": {"evidence": []},
                                 "blocks": [], "events": [], "statements": [], "forbidden": []}
        self.pages.append(self.page)

    def do_title(self, rest):
        self.page["title"] = self.at(rest)

    def do_outlet(self, rest):
        name, _, domain = rest.partition(" ; ")
        if name != "-":
            self.page["outlet"] = {"name": name, "domain": domain or None}
            self.names.setdefault(name, {"accept": []})

    def published(self, rest):
        got = {"day": None, "earliest": None, "latest": None, "weekday": None}
        got.update(pair.split("=") for pair in rest.split())
        if got["day"]:
            got["earliest"] = got["latest"] = got["day"]
            got.setdefault("holds", got["day"])
        if "accept" in got:
            got["accept"] = days(got["accept"])
        return got

    def do_alone(self, rest):
        self.page["published"]["page_alone"] = self.published(rest)

    def do_story(self, rest):
        self.page["published"]["with_story"] = self.published(rest)

    def do_shows(self, rest):
        words, _, what = rest.partition(" ; ")
        self.page["published"]["evidence"].append({**self.at(words), "shows": what})

    def do_block(self, rest):
        kind, _, words = rest.partition(" ")
        view = self.views[self.page["id"]]
        found = view.pieces(words) if kind == "boilerplate" else [view.at(words)]
        self.page["blocks"] += [{"kind": kind, **r} for r in found]

    def do_event(self, rest):
        level, kind, mode, cameo, realis, *more = rest.split()
        background = {"background": True, "either": None}.get(more[0] if more else "-", False)
        self.item = {"id": "E%s.%d" % (self.page["id"][1:], len(self.page["events"]) + 1), "level": level,
                     "type": None if kind == "-" else kind, "mode": None if mode == "-" else mode,
                     "cameo": [] if cameo == "-" else cameo.split(","), "actors": [], "recipients": [], "when": None,
                     "where": None, "realis": realis.split(","), "background": background}
        self.page["events"].append(self.item)

    def do_actors(self, rest):
        self.item["actors"] = slots(rest)

    def do_recipients(self, rest):
        self.item["recipients"] = slots(rest)

    def do_mutual(self, rest):
        self.item["mutual"] = True

    def do_accept(self, rest):
        self.item["accept_types"] = rest if rest == "any" else rest.split(",")

    def do_when(self, rest):
        first, *more = rest.split()
        self.item["when"] = when = days(first)
        if "optional" in more:
            when["optional"] = True
        if "hangs" in more:
            when["from_publication"] = True
        if "covers" in more:
            covers = days(more[more.index("covers") + 1])
            when["covers"] = [covers["earliest"], covers["latest"]]

    def do_where(self, rest):
        names, _, tail = rest.partition(" ; ")
        country, *more = tail.split()
        self.item["where"] = where = {"accept": [n.strip() for n in names.split(",")], "country": country}
        if "country" in more:
            where["country_is_enough"] = True
        if "optional" in more:
            where["optional"] = True

    def do_count(self, rest):
        of, _, amounts = rest.partition(" ; ")
        self.item.setdefault("quantities", []).append({"of": of, "accept": [amount(a) for a in amounts.split("|")]})

    def do_told(self, rest):
        if "evidence" in self.item:
            self.item.setdefault("also_told", []).append(self.at(rest))
        else:
            self.item["evidence"] = self.at(rest)

    def do_quote(self, rest):
        level, kind, speakers = rest.split(" ", 2)
        self.item = {"id": "Q%s.%d" % (self.page["id"][1:], len(self.page["statements"]) + 1), "level": level,
                     "kind": kind, "speakers": slots(speakers), "content": []}
        self.page["statements"].append(self.item)

    def do_said(self, rest):
        self.item["content"].append(self.at(rest))

    def do_or(self, rest):
        self.item.setdefault("accept_content", []).append([self.at(rest)])

    def do_repeated(self, rest):
        self.item.setdefault("repeated_in", []).append(self.at(rest))

    def do_through(self, rest):
        self.item.setdefault("through", []).append(rest)

    def do_doubtful(self, rest):
        self.item["doubtful"] = rest

    def do_note(self, rest):
        self.item["note"] = rest

    def do_forbid(self, rest):
        head, why, words = rest.split(" ; ", 2)
        what, _, types = head.partition(" ")
        item = {"id": "X%s.%d" % (self.page["id"][1:], len(self.page["forbidden"]) + 1), "what": what}
        if what == "event":
            item["types"] = None if types == "any" else types.split(",")
        self.page["forbidden"].append({**item, "ranges": [self.at(words)], "why": why})

    def do_tale(self, rest):
        head, what, when, place = rest.split(" ; ")
        ident, pages = head.split()
        self.tales.append({"id": ident, "pages": pages.split(","), "what": what, "when": days(when), "where": [place]})

    def do_apart(self, rest):
        head, _, why = rest.partition(" ; ")
        page, story = head.split()
        self.apart.append({"id": "XS.%d" % (len(self.apart) + 1), "page": page, "story": story, "why": why})

    def do_row(self, rest):
        head, _, about = rest.partition(" ; ")
        verdict, *more = head.split()
        self.item = {"id": "F%d" % (len(self.rows) + 1), "about": about, "verdict": verdict,
                     "decisive": "decisive" in more, "pages": {}}
        for pair in more:
            key, sign, values = pair.partition("=")
            if sign:
                self.item[{"also": "also_right", "never": "never"}[key]] = values.split(",")
        self.rows.append(self.item)

    def do_at(self, rest):
        page, _, words = rest.partition(" ")
        words, _, number = words.partition(" ; ")
        cell = self.item["pages"].setdefault(page, {"ranges": []})
        cell["ranges"].append(self.views[page].at(words))
        if number:
            cell.update(amount(number))

    def do_copy(self, rest):
        page, _, of = rest.split()
        self.copies.append({"page": page, "copy_of": of})

    def do_about(self, rest):
        self.about = rest

    def do_other(self, rest):
        file, _, expected = rest.partition(" ; ")
        self.others.append({"file": file, "expected": expected})

    def named(self, x):
        """All names of parties in the gold, so that each has its entry among the names."""
        if isinstance(x, dict):
            return {x["name"]} if set(x) <= {"name", "country", "sector"} and "name" in x else self.named(list(x.values()))
        return set().union(*map(self.named, x)) if isinstance(x, list) else set()

    def gold(self, half):
        for name in sorted(self.named(self.pages) | {n for p in self.pages for q in p["statements"] for n in q.get("through", [])}):
            self.names.setdefault(name, {"accept": []})
        pages = [p for p in self.pages if half in (None, p["half"])]
        kept = {p["id"] for p in pages}
        tales = [{**t, "pages": [p for p in t["pages"] if p in kept]} for t in self.tales]
        tales = [t for t in tales if t["pages"]]
        ids = {t["id"] for t in tales}
        return {"format": "annals-gold/1",
                "about": self.about,
                "half": half, "names": self.names, "pages": pages,
                "stories": {"partition": tales, "must_not_join": [],
                            "must_not_merge": [a for a in self.apart if a["page"] in kept and a["story"] in ids],
                            "copies": [c for c in self.copies if {c["page"], c["copy_of"]} <= kept]},
                "comparisons": [r for r in self.rows if set(r["pages"]) <= kept],
                "other_files": self.others}


def main():
    parser = argparse.ArgumentParser(description="Make the gold of the sample pages from its notes.")
    parser.add_argument("--pages", default=os.path.join(HERE, "..", "examples", "pages"))
    parser.add_argument("--notes", default=os.path.join(HERE, "..", "tests", "samples", "gold.txt"))
    parser.add_argument("--half", choices=("look", "count"))
    parser.add_argument("-o", "--output")
    args = parser.parse_args()
    maker = Maker(args.pages)
    maker.read(args.notes)
    text = json.dumps(maker.gold(args.half), ensure_ascii=False, indent=1) + "\n"
    if args.output:
        with open(args.output, "w", encoding="utf-8") as f:
            f.write(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
