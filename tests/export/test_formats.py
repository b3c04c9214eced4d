#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every format of `annals export`, column by column, over the record of examples/pages: the number and names of the columns, the type
of each cell, code lists; read back by Python's csv and json, by sqlite3's .import, and by DuckDB where npm has it; the events of
each are those of the record. The columns are those that the formats' own documents give; see docs/format.md.
"""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from records import ANNALS, ENVIRONMENT, SOURCE, annals, build, check, failures, has_data

DUCKDB = "@duckdb/node-api@1.5.6-r.1"

# ---- What a cell may be -----------------------------------------------------------------------------------------------

DAY = r"\d{4}-\d\d-\d\d"
ISO = r"[A-Z]{3}"
NUMBER = r"-?\d+(\.\d+)?(e[-+]\d+)?"
SHA = r"[0-9a-f]{64}"
STORY = r"[0-9a-f]{32}"
EVENT = r"v[0-9a-f]{16}"
CAMEO = r"(0[1-9]|1\d|20)\d{0,2}"
TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT").split()
TYPE = "|".join(TYPES)
SECTORS = ("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC "
           "IGO UNO EUR NGO ISM IMG MNC").split()  # the last seven: PLOVER has them as countries that are no state; annals as sectors too
SECTOR = "|".join(SECTORS)
QUADS = {t: q for q, ts in {1: "AGREE CONSULT SUPPORT CONCEDE", 2: "COOPERATE AID RETREAT", 3: "REQUEST ACCUSE REJECT THREATEN",
                            4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT"}.items() for t in ts.split()}
REALIS = "happened|ongoing|planned|conditional"
WORD = r"[a-z][a-z_-]*"
TEXT = r"(?s).*"
LINE = r"[^\t\n]*"
FLAG = "0|1"
COUNT = r"\d+"


def optional(pattern):
    return f"(?:{pattern})?"


def several(pattern, between="; "):
    """A cell of many: some may be unknown."""
    return optional(f"(?:{pattern})?(?:{between}(?:{pattern})?)*")


def named(*columns):
    return [(name, re.compile(pattern)) for name, pattern in columns]


def party(prefix):
    return [(f"{prefix}s", TEXT), (f"{prefix}_countries", several(ISO)), (f"{prefix}_sectors", several(SECTOR)), (f"{prefix}_entities", several(r"[A-Za-z0-9_:.-]+"))]


EVENTS = [("story", STORY), ("event", EVENT), ("type", TYPE), ("mode", optional(WORD)), ("contexts", several(WORD, " ")), ("cameo", optional(CAMEO)),
          ("quad", "[1-4]"), ("score", NUMBER), ("goldstein", optional(NUMBER)), ("realis", REALIS), ("negated", FLAG), ("background", FLAG),
          ("mutual", FLAG), ("earliest", optional(DAY)), ("latest", optional(DAY)), *party("actor"), *party("recipient"), ("place", TEXT),
          ("place_country", optional(ISO)), ("geonames", optional(COUNT)), ("lat", optional(NUMBER)), ("lon", optional(NUMBER)), ("pages", COUNT),
          ("outlets", COUNT), ("origins", COUNT), ("confidence", NUMBER), ("evidence", TEXT), ("outlet", TEXT), ("url", TEXT), ("path", TEXT)]
GDELT_GEO = [("Type", "[0-5]?"), ("FullName", LINE), ("CountryCode", optional("[A-Z]{2}")), ("ADM1Code", LINE), ("ADM2Code", LINE),
             ("Lat", optional(NUMBER)), ("Long", optional(NUMBER)), ("FeatureID", optional(COUNT))]
GDELT_ACTOR = [("Code", r"([A-Z]{3})*"), ("Name", LINE), ("CountryCode", optional(ISO)), ("KnownGroupCode", ""), ("EthnicCode", ""), ("Religion1Code", ""),
               ("Religion2Code", ""), ("Type1Code", optional(ISO)), ("Type2Code", ""), ("Type3Code", "")]
POLECAT_PARTY = [("{} Name", LINE), ("{} Country", f"None|{ISO}"), ("{} COW", "None"), ("Primary {} Sector", f"None|{SECTOR}"),
                 ("{} Sectors", f"None|{SECTOR}"), ("{} Title", LINE), ("{} Name Raw", LINE), ("Wikipedia {} ID", "None")]
QUAD_NAMES = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}

TABLES = {
    "csv": named(*EVENTS),
    "statements": named(
        ("page", SHA), ("statement", r"s\d+[a-z]?"), ("story", optional(STORY)), ("day", optional(DAY)), ("speakers", TEXT),
        ("speaker_countries", several(ISO)), ("speaker_sectors", several(SECTOR)), ("speaker_offices", TEXT), ("speaker_entities", TEXT),
        ("kind", "direct|mixed|indirect"), ("cue", TEXT), ("content", "(?s).+"), ("begin", COUNT), ("end", COUNT), ("through", TEXT),
        ("doubtful", TEXT), ("repeats", optional(r"s\d+[a-z]?")), ("confidence", NUMBER), ("outlet", TEXT), ("url", TEXT), ("path", TEXT)),
    "stories": named(
        ("story", STORY), ("headline", TEXT), ("earliest", optional(DAY)), ("latest", optional(DAY)), ("places", TEXT), ("pages", COUNT),
        ("outlets", COUNT), ("copies", COUNT), ("events", COUNT), ("comparisons", COUNT), ("conflicts", COUNT)),
    "comparisons": named(
        ("story", STORY), ("comparison", r"c\d+"), ("about", "(?s).+"), ("kind", "quantity|day|place|party|wording|modality|occurrence"),
        ("verdict", "agree|compatible|scope|update|conflict|unclear"), ("why", TEXT), ("position", r"\d*"), ("position_says", TEXT),
        ("origins", TEXT), ("relation", "=|>|>=|<|<=|~|in|"), ("value", optional(NUMBER)), ("says", TEXT), ("according_to", TEXT), ("text", TEXT),
        ("begin", r"\d*"), ("end", r"\d*"), ("page", optional(SHA)), ("outlet", TEXT), ("url", TEXT), ("path", TEXT)),
    "coverage": named(("outlet", TEXT), ("day", optional(DAY)), *((n, COUNT) for n in "pages articles english with_events copies with_problems".split())),
    "icews": named(
        ("Event ID", EVENT + r"(\.\d+)?"), ("Event Date", DAY), ("Source Name", TEXT), ("Source Sectors", optional(SECTOR)),
        ("Source Country", optional(ISO)), ("Event Text", TEXT), ("CAMEO Code", optional(CAMEO)), ("Intensity", optional(NUMBER)), ("Target Name", TEXT),
        ("Target Sectors", optional(SECTOR)), ("Target Country", optional(ISO)), ("Story ID", STORY), ("Sentence Number", r"([1-9]\d*)?"),
        ("Publisher", TEXT), ("City", TEXT), ("District", ""), ("Province", TEXT), ("Country", optional(ISO)), ("Latitude", optional(NUMBER)),
        ("Longitude", optional(NUMBER))),
    "gdelt": named(
        ("GLOBALEVENTID", COUNT), ("SQLDATE", r"\d{8}"), ("MonthYear", r"\d{6}"), ("Year", r"\d{4}"), ("FractionDate", r"\d{4}\.\d{4}"),
        *((f"Actor1{n}", p) for n, p in GDELT_ACTOR), *((f"Actor2{n}", p) for n, p in GDELT_ACTOR),
        ("IsRootEvent", ""), ("EventCode", CAMEO), ("EventBaseCode", CAMEO), ("EventRootCode", r"\d\d"), ("QuadClass", "[1-4]"),
        ("GoldsteinScale", optional(NUMBER)), ("NumMentions", COUNT), ("NumSources", COUNT), ("NumArticles", COUNT), ("AvgTone", ""),
        *((f"{who}Geo_{n}", "" if who != "Action" else p) for who in ("Actor1", "Actor2", "Action") for n, p in GDELT_GEO),
        ("DATEADDED", ""), ("SOURCEURL", ".+")),
    "gdelt-mentions": named(
        ("GLOBALEVENTID", COUNT), ("EventTimeDate", r"\d{14}"), ("MentionTimeDate", r"(\d{14})?"), ("MentionType", "1|3"),
        ("MentionSourceName", LINE), ("MentionIdentifier", ".+"), ("SentenceID", ""), ("Actor1CharOffset", ""), ("Actor2CharOffset", ""),
        ("ActionCharOffset", COUNT), ("InRawText", "1"), ("Confidence", r"\d{1,2}|100"), ("MentionDocLen", COUNT), ("MentionDocTone", ""),
        ("MentionDocTranslationInfo", ""), ("Extras", "")),
    "polecat": named(
        ("Event ID", EVENT), ("Event Date", DAY), ("Event Type", TYPE), ("Event Mode", LINE), ("Intensity", NUMBER), ("Quad Code", "|".join(QUAD_NAMES.values())),
        ("Contexts", LINE), *((n.format(who), p) for who in ("Actor", "Recipient") for n, p in sorted(POLECAT_PARTY, key=POLECAT_PARTY.index)),
        ("Placename", LINE), ("City", "None"), ("District", "None"), ("Province", LINE), ("Country", f"None|{ISO}"), ("Latitude", f"None|{NUMBER}"),
        ("Longitude", f"None|{NUMBER}"), ("GeoNames ID", f"None|{COUNT}"), ("Raw Placename", "None"), ("Feature Type", "None"), ("Source", LINE),
        ("Publication Date", f"None|{DAY}"), ("Story People", LINE), ("Story Organizations", LINE), ("Story Locations", LINE),
        ("Language", "None|[a-z]{2}"), ("Version", r"annals \d+\.\d+\.\d+")),
}
COLUMNS = {"gdelt": 61, "gdelt-mentions": 16, "polecat": 40, "icews": 20}      # as the formats' documents count them
TABBED = {"gdelt", "gdelt-mentions", "polecat"}
HEADLESS = {"gdelt", "gdelt-mentions"}
PLOVER = ("id has_event date enddate actor recipient event event_loc event_text quad_code event_scale mode context link text text_info cite_info "
          "size").split()


# ---- Reading back -------------------------------------------------------------------------------------------------------

def rows_of(name, text):
    """The rows of an export by Python's csv, without the header, which is checked."""
    table = TABLES[name]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE) if name in TABBED
                else csv.reader(io.StringIO(text, newline="")))
    if name not in HEADLESS:
        check(rows[:1] == [[column for column, _ in table]], f"{name}: the header is {rows[:1]}")
        rows = rows[1:]
    return rows


def check_cells(name, rows):
    table = TABLES[name]
    check(len(table) == COLUMNS.get(name, len(table)), f"{name}: the test knows {len(table)} columns")
    check(len(rows) > 0, f"{name}: no rows")
    for row in rows:
        if not check(len(row) == len(table), f"{name}: {len(row)} cells in {row}"):
            return
        for (column, pattern), cell in zip(table, row):
            check(pattern.fullmatch(cell) is not None, f"{name}: {column} is {cell!r}")


def by_sqlite(name, path, folder):
    """The rows of the file by sqlite3's .import, as text."""
    mode = ".mode ascii\n.separator \"\\t\" \"\\n\"" if name in TABBED else ".mode csv"
    columns = ", ".join(f'"{n}" TEXT' for n, _ in TABLES[name])
    database = os.path.join(folder, "import.db")
    skip = "" if name in HEADLESS else "--skip 1 "
    script = f'DROP TABLE IF EXISTS t;\nCREATE TABLE t({columns});\n{mode}\n.import {skip}"{path}" t\n'
    done = subprocess.run(["sqlite3", database], input=script, text=True, capture_output=True, timeout=60)
    check(done.stderr == "", f"{name}: sqlite3 says {done.stderr[:300]}")
    connection = sqlite3.connect(database)
    rows = [list(row) for row in connection.execute("SELECT * FROM t ORDER BY rowid")]
    connection.close()
    return rows


DUCK = """
import {DuckDBInstance} from '@duckdb/node-api';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
for (const [name, path, tabbed, headless] of JSON.parse(process.argv[2])) {
  const options = tabbed ? "delim='\\t', quote='', escape=''" : "delim=',', quote='\\"', escape='\\"'";
  const result = await connection.runAndReadAll(
    `SELECT * FROM read_csv('${path}', ${options}, header=${!headless}, all_varchar=true, auto_detect=false, columns=${process.argv[3 + Number(name)]})`);
  console.log(JSON.stringify(result.getRowsJson()));
}
"""


def by_duckdb(names, folder):
    """Rows a format by DuckDB, or None (told) where npm cannot bring it."""
    home = os.path.join(os.environ.get("ANNALS_BUILD", folder), "duckdb")
    os.makedirs(home, exist_ok=True)
    if not os.path.exists(os.path.join(home, "node_modules/@duckdb/node-api")):
        try:
            subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", home, DUCKDB], capture_output=True,
                           timeout=240, check=True)
        except (OSError, subprocess.SubprocessError) as reason:
            print(f"skipped: DuckDB does not read the exports back, npm cannot bring {DUCKDB}: {reason}")
            return None
    script = os.path.join(home, "read.mjs")
    with open(script, "w", encoding="utf-8") as f:
        f.write(DUCK)
    jobs = [[str(i), os.path.join(folder, name), name in TABBED, name in HEADLESS] for i, name in enumerate(names)]
    columns = ["{" + ", ".join(f"'{n}': 'VARCHAR'" for n, _ in TABLES[name]) + "}" for name in names]
    done = subprocess.run(["node", script, json.dumps(jobs), *columns], capture_output=True, text=True, timeout=120)
    if not check(done.returncode == 0, f"DuckDB: {done.stderr[-800:]}"):
        return None
    return {name: [[cell or "" for cell in row] for row in json.loads(line)] for name, line in zip(names, done.stdout.splitlines())}


# ---- The events are those of the record -----------------------------------------------------------------------------------

def check_round_trip(record, exported):
    db = sqlite3.connect(record)
    facts = ("FROM story_event WHERE realis IN ('happened', 'ongoing') AND NOT negated AND NOT background"
             " AND julianday(latest) - julianday(earliest) < 7 AND EXISTS (SELECT 1 FROM story_party p WHERE p.story = story_event.story AND p.event = id)")
    every = sorted(map(list, db.execute("SELECT story, id, type, coalesce(cameo, ''), coalesce(earliest, '') FROM story_event")))
    dated = {(i, day.replace("-", "")): cameo for i, day, cameo in db.execute(f"SELECT id, earliest, cameo {facts}")}
    check(sorted([r[0], r[1], r[2], r[5], r[13]] for r in exported["csv"]) == every, "csv: other events than the record's")
    plover = exported["plover"]
    check(sorted((e["id"], e["event"]) for e in plover) == sorted((e[1], e[2]) for e in every), "plover: other events than the record's")
    check({(r[0], r[1].replace("-", "")) for r in exported["polecat"]} == set(dated), "polecat: other events than the record's facts")
    check({(r[0].split(".")[0], r[1].replace("-", "")) for r in exported["icews"]} == set(dated), "icews: other events than the record's facts")
    check(len({r[0] for r in exported["icews"]}) == len(exported["icews"]), "icews: an id twice")
    check(sorted(set((r[1], r[26]) for r in exported["gdelt"])) == sorted(set((day, c) for (_, day), c in dated.items())), "gdelt: other days and codes")
    check({r[0] for r in exported["gdelt-mentions"]} == {r[0] for r in exported["gdelt"]}, "gdelt-mentions: other events than gdelt's")
    check(len(exported["statements"]) == db.execute("SELECT count(*) FROM statement").fetchone()[0], "statements: not all")
    check(sum(int(r[2]) for r in exported["coverage"]) == db.execute("SELECT count(*) FROM page").fetchone()[0], "coverage: not all pages")
    names = dict(db.execute("SELECT code, name FROM cameo"))
    check(all(r[5] == names.get(r[6], "") for r in exported["icews"]), "icews: another text than the code's name")
    db.close()


def check_codes(exported):
    for row in exported["csv"]:
        check(int(row[6]) == QUADS[row[2]], f"csv: quad {row[6]} of {row[2]}")
    for row in exported["polecat"]:
        check(row[5] == QUAD_NAMES[QUADS[row[2]]], f"polecat: {row[5]} of {row[2]}")
    for row in exported["gdelt"]:
        root = int(row[28])
        check(row[27] == row[26][:3] and row[28] == row[26][:2], f"gdelt: base and root of {row[26]}")
        check(int(row[29]) == (1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4), f"gdelt: quad {row[29]} of {row[26]}")
    check(any(row[26].startswith("0") for row in exported["gdelt"]), "gdelt: leading zeros are lost")


def check_plover(text):
    events = [json.loads(line) for line in text.splitlines()]
    for e in events:
        check(list(e) == PLOVER, f"plover: fields {list(e)}")
        check(e["event"] in TYPES and e["quad_code"] == QUADS[e["event"]], f"plover: {e['event']} {e['quad_code']}")
        check(e["has_event"] is True and isinstance(e["mode"], list) and isinstance(e["context"], list), f"plover: {e['id']}")
        check(list(e["text_info"]) == ["start", "end"] and list(e["size"]) == ["dead", "injured", "arrested"], f"plover: {e['id']}")
        check(list(e["cite_info"]) == "title url publication language coder codebook version".split(), f"plover: {list(e['cite_info'])}")
        for who in e["actor"] + e["recipient"]:
            check(list(who) == "code sector entity_text identifier_id office".split(), f"plover: {list(who)}")
            check(who["sector"] is None or who["sector"] in SECTORS, f"plover: sector {who['sector']}")
            check(who["code"] is None or re.fullmatch(ISO, who["code"]), f"plover: code {who['code']}")
    return events


def check_filters(record):
    every = rows_of("csv", annals("export", record, "--format", "csv"))
    since = rows_of("csv", annals("export", record, "--format", "csv", "--since", "2023-06-01"))
    check(since == [r for r in every if (r[14] or r[13]) >= "2023-06-01"] and 0 < len(since) < len(every), "--since: other events")
    country = next(r[24] for r in every if r[24])
    there = rows_of("csv", annals("export", record, "--format", "csv", "--where", country))
    check(there == [r for r in every if r[24] == country] and 0 < len(there) < len(every), "--where: other events")
    story = every[-1][0]
    told = rows_of("csv", annals("export", record, "--format", "csv", "--story", story[:12]))
    check(told == [r for r in every if r[0] == story] and 0 < len(told) < len(every), "--story: other events")
    for name in ("stories", "comparisons", "statements"):
        column = [n for n, _ in TABLES[name]].index("story")
        check({r[column] for r in rows_of(name, annals("export", record, "--format", name, "--story", every[0][0]))} <= {every[0][0]}, f"--story: {name}")
    out = os.path.join(os.path.dirname(record), "some.csv")
    annals("export", record, "--format", "csv", "--where", country, "-o", out)
    with open(out + ".note", encoding="utf-8") as note:
        check(f"{len(every) - len(there)} not asked for" in note.read(), "the note does not count what was not asked for")
    annals("export", record, "--format", "csv", "--story", "zzzz", status=2)


def check_formulas(folder):
    """What a spreadsheet would run has ' before it; --keep-formulas gives the very words back."""
    record = os.path.join(folder, "formula.db")
    build(record, os.path.join(SOURCE, "examples/pages/02-daily-tiller.html"))
    cells = ["=1+2", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\tx", "\rx", "=\"a,\"\"b\"", "-5", "plain"]
    db = sqlite3.connect(record)
    ids = [r[0] for r in db.execute("SELECT id FROM story")]
    for cell in cells:
        db.execute("UPDATE story SET headline = ? WHERE id = ?", (cell, ids[0]))
        db.commit()
        guarded = rows_of("stories", annals("export", record, "--format", "stories"))[0][1]
        kept = rows_of("stories", annals("export", record, "--format", "stories", "--keep-formulas"))[0][1]
        check(guarded == (cell if cell in ("-5", "plain") else "'" + cell), f"a formula is let through: {cell!r} as {guarded!r}")
        check(kept == cell, f"--keep-formulas: {cell!r} came back as {kept!r}")
    db.close()


def check_changes(folder):
    """Two builds: what the second adds, changes and removes; the first run's events and the changes give the second's."""
    record = os.path.join(folder, "changes.db")
    pages = os.path.join(SOURCE, "examples/pages")
    build(record, os.path.join(pages, "02-daily-tiller.html"), os.path.join(pages, "07-prairie-dispatch.html"))
    before = {r[1]: r for r in rows_of("csv", annals("export", record, "--format", "csv"))}
    build(record)
    after = {r[1]: r for r in rows_of("csv", annals("export", record, "--format", "csv"))}
    text = annals("export", record, "--format", "csv", "--changes-since", "1")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    check(rows[0] == ["change", "replaced_by"] + [n for n, _ in EVENTS], f"changes: header {rows[0]}")
    state = dict(before)
    for change, replaced_by, *row in rows[1:]:
        event = row[1]
        check((event in before) == (change != "added") and (event in after) == (change != "removed"), f"changes: {event} is not {change}")
        check(not replaced_by or (change == "removed" and replaced_by in after), f"changes: {event} replaced by {replaced_by}")
        if change == "removed":
            del state[event]
        else:
            state[event] = row
    check(state == after, "changes: with them the first run's events are not the second's")
    kinds = [r[0] for r in rows[1:]]
    check("added" in kinds and "removed" in kinds and any(r[1] for r in rows[1:]), f"changes: nothing was replaced in {kinds}")
    none = annals("export", record, "--format", "csv", "--changes-since", "2")
    check(len(none.splitlines()) == 1, "changes: some since the last run")
    annals("export", record, "--format", "csv", "--changes-since", "7", status=2)


def main():
    if not has_data():
        print("skipped: no compiled data")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        record = build(os.path.join(folder, "r.db"))
        exported = {}
        for name in TABLES:
            path = os.path.join(folder, name)
            annals("export", record, "--format", name, "-o", path)
            with open(path, encoding="utf-8", newline="") as f:
                exported[name] = rows_of(name, f.read())
            check_cells(name, exported[name])
            check(by_sqlite(name, path, folder) == exported[name], f"{name}: sqlite3 reads other rows")
            with open(path + ".note", encoding="utf-8") as f:
                check(re.search(r"run \d+ of ", f.read()) is not None, f"{name}: the note does not tell the run")
        exported["plover"] = check_plover(annals("export", record, "--format", "plover"))
        check_round_trip(record, exported)
        check_codes(exported)
        words = {row[0] for row in sqlite3.connect(record).execute("SELECT evidence FROM event")}
        check(exported["csv"] and all(row[-4] in words for row in exported["csv"]), "csv: evidence that is no words of an event")
        names = list(TABLES)
        duck = by_duckdb(names, folder)
        for name in names if duck else []:
            check(duck[name] == exported[name], f"{name}: DuckDB reads other rows")
        check_filters(record)
        check_formulas(folder)
        check_changes(folder)
    print(f"{len(TABLES) + 1} formats, {sum(map(len, exported.values()))} rows, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
