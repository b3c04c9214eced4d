#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A large record without reading a page: make_record.py RECORD.db [--pages 100000] [--seed 1].

`annals build` makes the record of one small page; the rest are rows put in directly, in the shapes that a build writes: outlets that
repeat, stories from one page to a thousand, days over five years, names and words as unevenly used as names and words are. The
same seed gives the same rows. For the figures of docs/performance.md, "serve"; nothing in it is news.
"""
import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import datetime

COUNTRIES = "USA RUS CHN IRN GBR FRA DEU IND JPN TUR UKR ISR SYR POL EGY SAU BRA MEX CAN AUS ITA ESP KOR PRK PAK IRQ YEM NGA ZAF KEN ETH SDN VEN COL ARG CHL FIN SWE NOR LTU".split()
TYPES = ("AGREE CONSULT CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE ACCUSE REJECT THREATEN PROTEST SANCTION "
         "MOBILIZE COERCE ASSAULT").split()
QUAD = dict(AGREE=1, CONSULT=1, SUPPORT=1, CONCEDE=1, COOPERATE=2, AID=2, RETREAT=2, REQUEST=3, ACCUSE=3, REJECT=3, THREATEN=3)
SYLLABLES = "ba ke lo mi nu ra se ti vo za dor fen gal hin jas kor lem mar nol pel".split()
FIRST = datetime.date(2015, 1, 1)
FIRST_WHO = 1000


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.words = [self.word() for _ in range(20000)]
        self.people = [(f"{self.word().title()} {self.word().title()}", f"Q{900000 + i}", self.pick(COUNTRIES)) for i in range(3000)]
        self.places = [(self.word().title(), self.pick(COUNTRIES), 5000000 + i, round(self.r.uniform(-60, 70), 4),
                        round(self.r.uniform(-180, 180), 4)) for i in range(2000)]
        self.outlets = [(f"The {self.word().title()} {kind}", f"{self.word()}{i}.example") for i in range(100) for kind in ("Post", "Times")]

    def word(self):
        return "".join(self.r.choice(SYLLABLES) for _ in range(self.r.choice((2, 2, 3, 4))))

    def pick(self, items):
        """Few are taken often, many seldom."""
        return items[int(len(items) * self.r.random() ** 3)]

    def sentence(self):
        return " ".join(self.pick(self.words) for _ in range(self.r.randint(8, 28))).capitalize() + "."

    def day(self):
        return FIRST + datetime.timedelta(days=int(1826 * self.r.random()))

    def party(self):
        """text, entity, name, country, sector, grp, office"""
        kind = self.r.random()
        if kind < .45:
            country = self.pick(COUNTRIES)
            return (country.title(), country, "Land of " + country, country, None, None, None)
        if kind < .8:
            name, entity, country = self.pick(self.people)
            return (name.split()[1], entity, name, country, "GOV", None, country + ".minister")
        return ("officials", None, None, self.pick(COUNTRIES), "GOV", None, None) if kind < .95 else (None, None, None, None, "CVL", None, None)


KINDS = {"person": 0, "country": 2}
ROLES = {"actor": 0, "recipient": 1, "speaker": 2}


class People:
    """Rows of `who`, each once."""
    def __init__(self):
        self.ids, self.new = {}, []

    def id(self, entity, name, country, sector, grp, office):
        key = (entity, name, None, None, country, sector, grp, office)
        if key not in self.ids:
            self.ids[key] = FIRST_WHO + len(self.ids)
            self.new.append((self.ids[key], *key))
        return self.ids[key]


def story_sizes(r, pages):
    sizes = [1000, 300, 300, 100] if pages >= 10000 else [10]
    left = pages - sum(sizes)
    while left > 0:
        sizes.append(min(left, max(1, int(1 / max(r.random(), .02) ** .9))))
        left -= sizes[-1]
    r.shuffle(sizes)
    return sizes


def one_page(m, page, day, rows):
    """The rows of one page; its events, for the story."""
    outlet, domain = m.pick(m.outlets)
    sentences, at = [m.sentence() for _ in range(m.r.randint(6, 16))], 500
    title, spans = sentences[0], []
    for text in sentences:
        size = len(text.encode())
        spans.append((at, at + size))
        at += size + 4
    iso = day.isoformat()
    known = m.r.random() < .8
    earliest = iso if known else (day - datetime.timedelta(days=m.r.randint(1, 400))).isoformat()
    sha = f"{page:064x}"
    rows["page"].append((page, sha, f"https://{domain}/{page}", f"pages/{page}.html", 0, 0, None, None, 200, at, "text/html", "UTF-8", "en", title,
                         outlet, domain, iso if known else None, earliest, iso, "metadata" if known else "inferred", 12 * len(sentences), STAMP, 1))
    rows["article"].append((page, title, "\n".join(sentences)))
    for i, ((begin, end), text) in enumerate(zip(spans, sentences)):
        rows["sentence_row"].append((page << 20 | i, begin, end - begin, text))
    reading = {"format": "annals-reading/1", "page": {"sha256": sha}, "title": {"text": title, "begin": 500, "end": spans[0][1]},
               "blocks": [{"kind": "body", "begin": 500, "end": at}], "events": [], "statements": [], "mentions": [], "times": [], "quantities": [], "problems": []}
    for i in range(m.r.randint(8, 20)):
        begin, end = m.r.choice(spans)
        text, entity, name, country, sector, _, office = m.party()
        who = m.who.id(entity, name, country, sector, None, office)
        rows["mention_row"].append((page << 20 | i, KINDS["person" if office else "country"], who, text if text != name else None, begin, 5, 900))
        reading["mentions"].append({"text": text, "begin": begin, "end": begin + 5, "kind": "country", "name": name, "country": country, "confidence": .9, "why": "made"})
    events = []
    for i in range(m.r.choice((1, 2, 3, 4, 5, 6, 8))):
        span, kind = m.r.choice(spans), m.r.choice(TYPES)
        place = m.pick(m.places) if m.r.random() < .5 else (None,) * 5
        words = sentences[spans.index(span)]
        event = (kind, None, "diplomatic", "010", QUAD.get(kind, 4), 1.0, 1.0, m.r.choice(("happened", "happened", "ongoing", "planned")),
                 0, int(m.r.random() < .1), 0, iso, iso, *place)
        ref, parties = f"e{i}", [("actor", m.party()), ("recipient", m.party())]
        size = span[1] - span[0]
        rows["event_row"].append((page, ref, *event[:13], "publication", *place, None, None, "said", span[0], size, None, spans.index(span), 1, len(words),
                                  span[0], size, 800, "made"))
        for role, party in parties:
            rows["party_row"].append((page, ref, ROLES[role], 0, m.who.id(*party[1:]), party[0] if party[0] != party[2] else None, span[0], size, None, None, None))
        reading["events"].append({"id": ref, "type": kind, "evidence": {"text": words, "begin": span[0], "end": span[1]},
                                  "trigger": {"text": words[:4], "begin": span[0], "end": span[0] + 4}, "confidence": .8, "why": ["made"]})
        events.append((page, ref, event, parties))
    for i in range(m.r.randint(0, 8)):
        span = m.r.choice(spans)
        size = span[1] - span[0]
        rows["statement_row"].append((page, f"s{i}", "indirect", "said", None, spans.index(span), 1, len(sentences[spans.index(span)]), span[0], size, None, None, None, 800))
        party = m.party()
        rows["party_row"].append((page, f"s{i}", ROLES["speaker"], 0, m.who.id(*party[1:]), party[0] if party[0] != party[2] else None, span[0], size, None, None, None))
    rows["reading"].append((page, json.dumps(reading), None))
    return events, (iso if known else None, earliest, iso), title, outlet, sha, domain, list(zip(spans, sentences))


def one_comparison(m, number, place, first, readings, words, rows):
    """What two to eight of the story's pages say of the same; the values are words of a sentence of theirs."""
    verdict, kind = m.r.choice("agree compatible scope update conflict unclear".split()), m.r.choice(("quantity", "wording", "day"))
    one = {"id": f"c{place}", "about": "words of " + m.pick(m.people)[0], "kind": kind, "verdict": verdict, "values": [], "positions": [], "why": "made"}
    rows["comparison_row"].append((number, place, one["id"], one["about"], kind, verdict, "made"))
    for i, at in enumerate(sorted(m.r.sample(range(len(readings)), min(len(readings), m.r.randint(2, 8))))):
        (begin, end), text = m.r.choice(words[at])
        position = 1 if verdict == "agree" else 1 + i % 3
        one["values"].append({"reading": readings[at]["sha256"], "text": text, "begin": begin, "end": end, "relation": None, "value": None, "says": str(position),
                              "according_to": None, "position": position})
        rows["compared_row"].append((number, place, i, first + at, begin, end, text, None, None, str(position), None, position, str(position), readings[at]["outlet"]))
    for position in sorted({value["position"] for value in one["values"]}):
        one["positions"].append({"position": position, "says": str(position), "origins": []})
    return one


def one_story(m, first, size, rows):
    number, story, day = first, f"{m.r.getrandbits(128):032x}", m.day()
    told, pages, readings, words = [], [], [], []
    for page in range(first, first + size):
        own, days, title, outlet, sha, domain, lines = one_page(m, page, day + datetime.timedelta(days=m.r.choice((0, 0, 0, 1, 2))), rows)
        told += own
        pages.append((page, days))
        words.append(lines)
        readings.append({"sha256": sha, "url": f"https://{domain}/{page}", "outlet": outlet, "title": title,
                         "published": {"day": days[0], "evidence": [{"reading": sha, "begin": 1, "end": 9, "text": days[2], "says": "made"}]}})
    happenings = {}
    for page, ref, event, parties in told:  # the larger a story, the more pages tell the same
        happenings.setdefault(m.r.randrange(max(2, int(len(told) / max(1, size ** .5)))), []).append((page, ref, event, parties))
    events = []
    for place, tellings in enumerate(happenings.values()):
        page, ref, event, parties = tellings[0]
        eid = f"v{story[:8]}{place:08x}"
        where = event[13:]
        rows["story_event"].append((story, eid, place, *event[:13], where[0], where[1], None, where[2], where[3], where[4], None if where[0] is None else 1,
                                    len({t[0] for t in tellings}), 1, 1, .8, page, ref, len(tellings)))
        for role, party in parties:
            rows["story_party_row"].append((story, eid, ROLES[role], 0, m.who.id(*party[1:]), party[0] if party[0] != party[2] else None))
        rows["told_in"] += {(story, eid, t[0], t[1]) for t in tellings}
        events.append({"id": eid, "type": event[0], "told_in": [{"reading": readings[t[0] - first]["sha256"], "event": t[1]} for t in tellings], "comparisons": []})
    comparisons = [one_comparison(m, number, i, first, readings, words, rows) for i in range(min(40, size // 2))]
    for comparison in comparisons:
        m.r.choice(events)["comparisons"].append(comparison["id"])
    place = m.pick(m.places)[0]
    rows["story"].append((number, story, 1, readings[0]["title"], day.isoformat(), day.isoformat(), place,
                          json.dumps({"format": "annals-story/1", "id": story, "headline": readings[0]["title"], "when": {"earliest": day.isoformat(), "latest": day.isoformat()}, "where": [place],
                                      "readings": readings, "events": events, "comparisons": comparisons, "told_once": []})))
    for page, days in pages:
        rows["story_page"].append((story, page, *days, "metadata" if days[0] else "inferred", None, None, None, None))


ORDER = ("who page reading sentence_row article mention_row event_row party_row statement_row story story_page story_event story_party_row told_in"
         " comparison_row compared_row").split()


def put(db, rows):
    for table in ORDER:
        if rows[table]:
            columns = "(rowid, title, text) " if table == "article" else ""
            db.executemany(f"INSERT INTO {table} {columns}VALUES({', '.join('?' * len(rows[table][0]))})", rows[table])
        rows[table].clear()


FIND_FIRST = """UPDATE story_event SET (first_page, first_ref) = (SELECT t.page, t.ref FROM told_in t JOIN page p ON p.id = t.page
  JOIN event_row x ON x.page = t.page AND x.ref = t.ref WHERE t.story = story_event.story AND t.event = story_event.id
  ORDER BY p.path, x.begin, x.ref LIMIT 1) WHERE tellings > 1"""


def make(path, pages, seed, annals):
    global STAMP
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as small:
        small.write("Nothing to tell\n\nNothing was told here on 1 May 2014, and nobody was asked about it by anybody.\n")
        small.flush()
        subprocess.run([annals, "build", "-q", small.name, "-o", path], check=False, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -500000; PRAGMA foreign_keys = OFF;")
    STAMP = db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()[0]
    m, rows = Maker(seed), {table: [] for table in ORDER}
    m.who = People()
    rows["who"] = m.who.new
    first = 1 + (db.execute("SELECT max(id) FROM page").fetchone()[0] or 0)
    for size in story_sizes(m.r, pages):
        one_story(m, first, size, rows)
        first += size
        if len(rows["page"]) > 2000:
            put(db, rows)
    put(db, rows)
    db.execute(FIND_FIRST)
    db.commit()
    db.close()


def main():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("record")
    parser.add_argument("--pages", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--annals", default=os.environ.get("ANNALS", os.path.join(top, "build/release/annals")))
    args = parser.parse_args()
    if os.path.exists(args.record):
        sys.exit(f"{args.record} is there already")
    make(args.record, args.pages, args.seed, args.annals)


if __name__ == "__main__":
    main()
