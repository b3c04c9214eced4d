#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The API of docs/api.md over the record of examples/pages: every address, every filter, paging, CSV, marks, private people."""
import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree

from server import ANNALS, ENVIRONMENT, SOURCE, Server, build, check, end, exported

LISTS = ("stories", "events", "statements", "people", "places")
KEYS = {
    "stories": "id headline earliest latest pages outlets origins events places parties verdicts",
    "events": "story id type mode contexts cameo quad score goldstein realis negated background mutual earliest latest where actors recipients "
              "pages outlets origins confidence told_in",
    "statements": "page ref story kind speaker through cue content begin end doubtful day earliest latest outlet confidence",
    "people": "name entity country offices said events pages",
    "places": "name country lat lon geonames events cooperation conflict",
}


def query(path, **parameters):
    return path + ("?" + urllib.parse.urlencode(parameters) if parameters else "")


def every(server, path, **parameters):
    """A list, page by page to its end."""
    items, after = [], None
    while True:
        page = server.json(query(path, **parameters, **({"after": after} if after else {})))
        items += page["items"]
        after = page["next"]
        if not after:
            check(len(items) == page["total"], f"{path} {parameters}: {len(items)} items, total {page['total']}")
            return items


def count(db, sql, *args):
    return db.execute(sql, args).fetchone()[0]


def test_lists(server, db):
    rows = {"stories": "story", "events": "story_event", "statements": "statement WHERE repeats IS NULL"}
    for name in LISTS:
        whole = server.json(query(f"/api/{name}", limit=500))
        check(set(whole) == {"items", "total", "next"}, f"{name}: {set(whole)}")
        check(whole["items"] and set(whole["items"][0]) == set(KEYS[name].split()), f"{name}: {set(whole['items'][0])}")
        check(whole["next"] is None, f"{name}: a page behind the last")
        if name in rows:
            check(whole["total"] == count(db, f"SELECT count(*) FROM {rows[name]}"), f"{name}: total {whole['total']}")
        for limit in (1, 2, 7):
            check(every(server, f"/api/{name}", limit=limit) == whole["items"], f"{name}: pages of {limit} are not the whole list")
        table = list(csv.reader(io.StringIO(server.get(query(f"/api/{name}", limit=500, format="csv")).body.decode())))
        check(len(table) == 1 + len(whole["items"]) and len({len(row) for row in table}) == 1, f"{name}: CSV of {len(table)} lines")
    days = [s["earliest"] or s["latest"] for s in server.json("/api/stories?limit=500")["items"]]
    known = [d for d in days if d]
    check(known == sorted(known, reverse=True) and days[:len(known)] == known, f"stories are not newest first: {days}")


def test_filters(server, db):
    get = lambda name, **parameters: every(server, f"/api/{name}", limit=100, **parameters)
    events = get("events")
    touches = lambda e, since, until: (e["earliest"] or e["latest"]) and (e["latest"] or "9999") >= since and (e["earliest"] or "0000") <= until
    ids = lambda found: {(e["story"], e["id"]) for e in found}
    party = lambda e, value: any(value in (p["country"], p["entity"], p["name"]) for p in e["actors"] + e["recipients"])
    for since, until in (("2023-05-16", "2023-05-16"), ("2024-01-01", "2024-12-31"), ("1990-01-01", "2022-12-31")):
        expected = ids(e for e in events if touches(e, since, until))
        check(ids(get("events", since=since, until=until)) == expected, f"events of {since}..{until}")
    for value in ("FIN", "Q9268379", "Gitanas Nausėda", "org.EU"):
        expected = ids(e for e in events if party(e, value))
        check(expected and ids(get("events", actor=value)) == expected, f"events of {value}")
    check(ids(get("events", actor="finland")) == ids(e for e in events if party(e, "FIN")), "a country by its name")
    check(ids(get("events", country="LTU")) == ids(e for e in events if e["where"] and e["where"]["country"] == "LTU"), "events in LTU")
    check(ids(get("events", type="AGREE,ASSAULT")) == ids(e for e in events if e["type"] in ("AGREE", "ASSAULT")), "events by type")
    check(get("events", type="NOTHING") == [], "a type that there is not")
    story = events[0]["story"]
    check(ids(get("events", story=story)) == ids(e for e in events if e["story"] == story), "events of a story")
    outlet = "The Harbour Courier"
    told = {r[0:2] for r in db.execute("SELECT story, event FROM told_in JOIN page ON page.id = told_in.page WHERE outlet = ?", (outlet,))}
    check(told and ids(get("events", outlet=outlet)) == told, "events of an outlet by name")
    told = {r[0:2] for r in db.execute("SELECT story, event FROM told_in JOIN page ON page.id = told_in.page WHERE domain = 'harbourcourier.example'")}
    check(told and ids(get("events", outlet="harbourcourier.example")) == told, "events of an outlet by domain")
    words = {r[0] for r in db.execute("SELECT rowid FROM article WHERE article MATCH 'jet AND fuel'")}
    check(words and {s["id"] for s in get("stories", q="jet fuel")} == {db.execute("SELECT story FROM story_page WHERE page = ?", (w,)).fetchone()[0] for w in words}, "stories by words")
    told = {r[0:2] for r in db.execute("SELECT story, event FROM told_in WHERE page IN (1, 3)")}
    asked = get("events", page="1,3")
    check(told and ids(asked) == told and {t["page"] for e in asked for t in e["told_in"]} == {1, 3}, "events of two pages, with their words alone")
    check({s["page"] for s in get("statements", page="1,3")} == {1, 3}, "statements on two pages")
    between = ids(e for e in events if party(e, "FIN") and party(e, "LTU"))
    check(between and ids(get("events", a="FIN", b="LTU")) == ids(get("events", a="LTU", b="FIN")) == between, "events of both, whoever acts")
    relation = server.json(query("/api/relation", a="FIN", b="LTU", limit=500))
    check([(s["page"], s["ref"]) for s in relation["statements"]] == [(s["page"], s["ref"]) for s in get("statements", a="FIN", b="LTU")] != [], "statements of one about the other")
    both = ids(get("events", actor="FIN", type="CONSULT", since="2023-01-01"))
    check(both == ids(e for e in events if party(e, "FIN") and e["type"] == "CONSULT" and touches(e, "2023-01-01", "9999")), "three filters at once")
    stories = {e["story"] for e in events if party(e, "FIN") and e["type"] == "CONSULT"}
    check({s["id"] for s in get("stories", actor="FIN", type="CONSULT")} == stories, "stories by actor and type of one event")
    statements = get("statements")
    check({(s["page"], s["ref"]) for s in get("statements", actor="FIN")} ==
          {(s["page"], s["ref"]) for s in statements if any(p["country"] == "FIN" for p in s["speaker"])}, "statements by a country's speakers")
    said = get("statements", q="street")
    check(said and all("street" in s["content"].lower() for s in said), "statements by words")
    check(all(s["outlet"] == outlet for s in get("statements", outlet=outlet)) and get("statements", outlet=outlet), "statements of an outlet")
    check(all(s["story"] == story for s in get("statements", story=story)), "statements of a story")
    for name in LISTS:  # every filter goes with every list
        for filters in ({"since": "2023-01-01"}, {"until": "2023-12-31"}, {"actor": "FIN"}, {"country": "LTU"}, {"type": "AGREE"}, {"outlet": outlet},
                        {"story": story}, {"q": "president"}):
            fewer = server.json(query(f"/api/{name}", limit=1, **filters))["total"]
            check(fewer <= server.json(query(f"/api/{name}", limit=1))["total"], f"{name} {filters}: more with a filter")


def test_refusals(server):
    for path, where in (("/api/stories?limit=abc", "limit=abc"), ("/api/stories?limit=0", "limit=0"), ("/api/stories?limit=501", "limit=501"),
                        ("/api/events?since=yesterday", "since=yesterday"), ("/api/events?until=2023-02-30", "until=2023-02-30"),
                        ("/api/events?type=no'type", "type=no'type"), ("/api/events?format=xml", "format=xml"), ("/api/events?after=7", "after=7"),
                        ("/api/events?after=99-50", "after=99-50"), ("/api/events?after=-", "after=-"), ("/api/search", "q"), ("/api/search?q=%2B%2B", "q=++"),
                        ("/api/relation", "a"), ("/api/events?page=1,,2", "page=1,,2"), ("/api/events?page=x", "page=x"), ("/api/events?page=,", "page=,"), ("/api/events?limit=1&limit=2", "limit"), ("/api/events?q=" + "x" * 600, "q")):
        error = server.json(path, 400)["error"]
        check(set(error) == {"what", "where", "do"} and error["where"] == where and error["what"] and error["do"], f"{path}: {error}")
    for path in ("/api", "/api/", "/api/nothing", "/api/story/nothing", "/api/story/", "/api/page/0", "/api/page/99999", "/api/page/abc", "/api/page/1/2",
                 "/api/page/99999999999999999999", "/nothing", "/assets/nothing.js"):
        error = server.json(path, 404)["error"]
        check(set(error) == {"what", "where", "do"}, f"{path}: {error}")


def test_search(server):
    found = server.json(query("/api/search", q="ferries power"))
    check(found["total"] >= 1 and set(found["items"][0]) == set("page story title outlet day earliest latest snippet".split()), f"search: {found}")
    check(any(part["hit"] and "ferries" in part["text"].lower() for part in found["items"][0]["snippet"]), "no hit in the snippet")
    check(server.json(query("/api/search", q='"power lines"'))["total"] >= 1 and server.json(query("/api/search", q='"lines power"'))["total"] == 0, "phrases")
    for q in ("NEAR(a b)", "a AND", "title:x", "x*", '"', "(", "^x", "-x", "a OR b NOT c", "' OR 1=1 --"):  # none is an operator
        check(server.get(query("/api/search", q=q)).status in (200, 400), f"search for {q}")
    check(server.json(query("/api/search", q="Niinisto"))["total"] == server.json(query("/api/search", q="NIINISTÖ"))["total"] > 0, "accents and case")
    lines = list(csv.reader(io.StringIO(server.get(query("/api/search", q="president", format="csv")).body.decode())))
    check(lines[0][0] == "page" and len(lines) == 1 + server.json(query("/api/search", q="president"))["total"], "search as CSV")


def test_facets(server, db):
    facets = server.json("/api/facets")
    check(set(facets) == {"types", "countries", "actors", "outlets", "months"}, f"facets: {set(facets)}")
    check(sum(t["count"] for t in facets["types"]) == count(db, "SELECT count(*) FROM story_event"), "types do not add up")
    for name, parameter in (("types", "type"), ("countries", "country"), ("actors", "actor")):
        for value in facets[name][:6]:
            total = server.json(query("/api/events", limit=1, **{parameter: value["value"]}))["total"]
            check(total == value["count"], f"facet {name} {value}: the filter gives {total}")
    some = server.json("/api/facets?country=LTU")
    check([c["value"] for c in some["countries"]] == ["LTU"], "facets under a filter")
    check(sum(m["events"] for m in facets["months"]) > 0 and all(set(m) == {"value", "events", "pages"} for m in facets["months"]), "months")


def test_record_and_story(server, db, stories):
    record = server.json("/api/record")
    check(set(record) == set("annals stamp pages stories events statements outlets earliest latest private_names unfinished generation made languages".split()), f"record: {set(record)}")
    check(record["pages"] == count(db, "SELECT count(*) FROM page") and record["private_names"] is False and record["made"][0]["run"] == 1, f"record: {record}")
    for story_id, text in ((json.loads(s)["id"], s) for s in stories):
        story = server.json(f"/api/story/{story_id}")
        like = {p["id"]: p["most_like"] for p in story["pages"]}
        check(len(like) < 2 or all(m in like for m in like.values()) and all(p["shares"] for p in story["pages"]), f"why each page is in its story: {like}")
        whole = server.json(f"/api/story/{story_id}?texts=1")
        check({k: whole[k] for k in story} == story and ("texts" in whole) == (len(story["pages"]) <= 8), f"{story_id}: with its texts it is another story")
        values = list(csv.DictReader(io.StringIO(server.get(f"/api/story/{story_id}?format=csv").body.decode())))
        check([(v["comparison"], v["verdict"]) for v in values] == db.execute("SELECT v.comparison, c.verdict FROM compared_value v JOIN comparison c ON c.story = v.story AND c.id = v.comparison"
                                                                             " WHERE v.story = ? ORDER BY c.place, v.position, v.place", (story_id,)).fetchall(), f"{story_id}: its comparison as CSV")
        for name in ("events", "statements"):
            check(whole.get(name) == server.json(f"/api/{name}?story={story_id}&limit=500")["items"], f"{story_id}: other {name} than in the list")
        for own in whole.get("texts", []):
            page = server.json(f"/api/page/{own['id']}")
            check((own["lines"], own["marks"]) == (page["lines"], page["marks"]), f"page {own['id']}: another text with its story")
        check(set(story) == {"story", "pages", "was"} and story["story"] == json.loads(text), f"story {story_id}")
        check({p["sha256"] for p in story["pages"]} == {r["sha256"] for r in story["story"]["readings"]}, f"story {story_id}: pages")
        for page in story["pages"]:
            reading = next(r for r in story["story"]["readings"] if r["sha256"] == page["sha256"])
            check(page["evidence"] == reading["published"]["evidence"], f"story {story_id}: evidence")


def test_pages(server, db):
    placed = wanted = 0
    for (number,) in db.execute("SELECT id FROM page"):
        page = server.json(f"/api/page/{number}")
        check(set(page) == set("id story day earliest latest basis copy_of version_of page lines marks".split()), f"page: {set(page)}")
        sentences = [r for r in db.execute("SELECT begin, end, text FROM sentence WHERE page = ? ORDER BY begin, end", (number,))]
        check([(l["begin"], l["end"], l["text"]) for l in page["lines"]] == sentences, f"lines of page {number}")
        check(all(l["role"] in ("title", "deck", "byline", "dateline", "caption", "subhead", "meta", "body") for l in page["lines"]), f"roles of page {number}")
        words, reading = {}, page["page"]
        for i, mention in enumerate(reading["mentions"]):
            words[f"m{i}"] = mention
        for i, time in enumerate(reading["times"]):
            words[f"t{i}"] = time
        for i, quantity in enumerate(reading["quantities"]):
            words[f"q{i}"] = quantity
        for mark in page["marks"]:
            check(set(mark) == {"kind", "ref", "line", "from", "to", "label", "why", "confidence"}, f"mark: {set(mark)}")
            units = page["lines"][mark["line"]]["text"].encode("utf-16-le")
            check(0 <= mark["from"] < mark["to"] <= len(units) // 2 and isinstance(mark["why"], list), f"page {number}: {mark}")
            here = units[2 * mark["from"]:2 * mark["to"]].decode("utf-16-le")
            thing = words.get(mark["ref"])
            if mark["kind"] in ("mention", "time", "quantity") and thing["text"]:
                wanted += 1
                placed += here == thing["text"]
            if mark["kind"] == "trigger":
                event = next(e for e in reading["events"] if e["id"] == mark["ref"])
                wanted += 1
                placed += here == event["trigger"]["text"]
        events = {e["id"] for e in reading["events"]}
        check(events == {m["ref"] for m in page["marks"] if m["kind"] == "event"}, f"page {number}: events without a mark")
        check({s["id"] for s in reading["statements"]} == {m["ref"] for m in page["marks"] if m["kind"] == "statement"}, f"page {number}: statements without a mark")
    check(placed == wanted > 100, f"marks: {placed} of {wanted} stand on their own words")


def test_relation(server):
    both = server.json("/api/relation?a=FIN&b=LTU&limit=500")
    check(set(both) == {"a", "b", "events", "statements", "months", "offices", "total", "next"}, f"relation: {set(both)}")
    sides = lambda e: {p["country"] for p in e["actors"] + e["recipients"]}
    check(both["total"] == len(both["events"]) > 0 and all({"FIN", "LTU"} <= sides(e) for e in both["events"]), "events of both")
    check(both["a"] == {"name": "Finland", "country": "FIN", "entity": "FIN"}, f"party: {both['a']}")
    check(any(o["name"] == "Gitanas Nausėda" and o["office"] == "LTU.president" for o in both["offices"]), "offices")
    check(all(set(m) == {"month", "cooperation", "conflict", "events", "pages", "coverage"} for m in both["months"]) and both["months"], "months")
    one = server.json("/api/relation?a=FIN&limit=500")
    check(one["b"] is None and len(one["events"]) >= len(both["events"]) and len(one["statements"]) >= len(both["statements"]), "one actor")
    key = lambda s: (s["page"], s["ref"])
    check("about" not in both and one["about"] and not {key(s) for s in one["about"]} & {key(s) for s in one["statements"]}, "what others say of one actor")
    check([key(s) for s in one["about"]] == [key(s) for s in server.json("/api/statements?about=finland&limit=500")["items"]], "the same as a list, by name")
    check(all("FIN" not in {p["country"] for p in s["speaker"]} for s in one["about"]) and any("Finland" in s["content"] for s in one["about"]), "it names the actor, whose own it is not")
    check({key(s) for s in both["statements"]} >= {key(s) for s in one["about"] if {p["country"] for p in s["speaker"]} == {"LTU"}} != set(), "those of the pair are among them")
    check(len(server.json("/api/relation?a=FIN&b=LTU&type=CONSULT&limit=500")["events"]) < len(both["events"]), "a relation under a filter")
    gexf = xml.etree.ElementTree.fromstring(server.get("/api/network.gexf").body)
    space = "{http://gexf.net/1.3}"
    nodes = {n.get("id") for n in gexf.iter(space + "node")}
    edges = [(e.get("source"), e.get("target")) for e in gexf.iter(space + "edge")]
    check(gexf.get("version") == "1.3" and edges and all(a in nodes and b in nodes for a, b in edges), "the network")


def test_heads(server):
    for path in ("/", "/story/abc", "/relation/FIN/LTU", "/map", "/page/1"):
        reply = server.get(path)
        check(reply.status == 200 and reply.headers["Content-Type"].startswith("text/html"), f"{path} is no page")
        if reply.headers["ETag"]:
            again = server.get(path, headers={"If-None-Match": reply.headers["ETag"]})
            check(again.status == 304 and again.body == b"", f"{path}: {again.status} with its own ETag")
    head = server.get("/api/record", method="HEAD")
    links = {"/": "</api/stories>", "/?until=2024-01-01&q=a%20b%22%C3%A9": "</api/search?q=a+b%22%C3%A9&until=2024-01-01&limit=10>", "/map?actor=FIN": "</api/places?actor=FIN&limit=500>",
             "/relation/A%20B/LTU": "</api/relation?a=A+B&b=LTU&limit=100>", "/story/0af": "</api/story/0af?texts=1>"}
    for path, link in links.items() if server.get("/").headers["ETag"] else ():  # where the page is built in
        check(link in (server.get(path).headers["Link"] or ""), f"{path}: Link is {server.get(path).headers['Link']}")
    for path in ("/story/..", "/story/%3E", "/relation/", "/?q=" + "%22" * 500, "/about"):
        found = server.get(path).headers["Link"] or ""
        check(">" not in found.replace(">; rel=preload", "") and len(found) < 2048, f"{path}: Link is {found}")
    check(head.status == 200 and head.body == b"" and int(head.headers["Content-Length"]) == len(server.get("/api/record").body), "HEAD")
    check(server.get("/api/events?format=csv").headers["Content-Disposition"] == 'attachment; filename="events.csv"', "the name of a CSV file")
    check(server.get("/api/record").headers["Cache-Control"] == "no-store", "API replies are stored")


def test_private(folder):
    """Someone who holds no office: named by the page alone, never by a field of the API, unless the record was made so."""
    page = os.path.join(folder, "private.txt")
    with open(page, "w", encoding="utf-8") as f:
        f.write("Baker questioned over fire in Vilnius\n\nBy Tomasina Quillfeather\n\nVILNIUS, May 16, 2023 - Police in Lithuania arrested Barnabas Thistlewhite, a baker, on Tuesday.\n\n"
                "Barnabas Thistlewhite said that 12 people were hurt.\n\n"
                "Mayor Lukas Petrauskas, citing Barnabas Thistlewhite, said that five shops had burned.\n\n"
                "\"I lit no fire,\" Barnabas Thistlewhite told reporters.\n\nPresident Gitanas Nausėda thanked the police.\n")
    marches = [os.path.join(folder, f"march{n}.txt") for n in range(2)]
    for path, giver in zip(marches, ("The farmer", "Police in Vilnius")):
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"Thousands march in Vilnius against the dam\n\nVILNIUS, June 20, 2023 - Marchers filled Vilnius on Tuesday against the dam of the government of Lithuania. "
                    f"Farmer Barnabas Thistlewhite told reporters that the dam was old.\n\nThe farmer said on Tuesday that Lithuania had lied. He said that he would leave.\n\n"
                    f"{giver} put the number of marchers at {len(giver)},000. "
                    "The government of Lithuania condemned the march in Vilnius on Tuesday.\n")

    def structured(value, path=()):
        """Strings of fields that name somebody, not of fields that quote the page."""
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("content", "lines", "headline", "title", "snippet", "evidence", "trigger", "blocks", "says") and not (key == "text" and path and path[-1] == "told_in"):
                    yield from structured(inner, (*path, key))
        elif isinstance(value, list):
            for inner in value:
                yield from structured(inner, path)
        elif isinstance(value, str):
            yield path, value
    addresses = ("/api/stories", "/api/events", "/api/statements", "/api/people", "/api/places", "/api/facets", "/api/page/1", "/api/page/2", "/api/relation?a=LTU", "/api/record")
    for options, named in (((), False), (("--private-names",), True)):
        record = os.path.join(folder, f"private{named}.db")
        build(record, page, *marches, options=options)
        with Server(record) as server:
            replies = {a: server.json(a) for a in addresses}
            stories = {story["id"]: server.json(f"/api/story/{story['id']}") for story in replies["/api/stories"]["items"]}
            replies.update(stories)
            givers = {value["according_to"] for reply in stories.values() for row in reply["story"]["comparisons"] if row["kind"] == "quantity" for value in row["values"]}
            check({"Police in Vilnius", "Barnabas Thistlewhite" if named else "The farmer"} <= givers, f"who gives a count: {givers}")
            found = [(a, path, text) for a in replies for path, text in structured(replies[a]) if "thistlewhite" in text.lower() or "quillfeather" in text.lower()]
            if named:
                check(any("Thistlewhite" in text for _, _, text in found), "--private-names names nobody")
            else:
                check(not found, f"a private person is named: {found[:3]}")
                check("Thistlewhite" not in server.get("/api/network.gexf").body.decode(), "a private person in the network")
            check(replies["/api/record"]["private_names"] is named, "the record does not say whether private people are named")
            check(any(p["name"] == "Gitanas Nausėda" for p in replies["/api/people"]["items"]), "a president is private")


def test_program(folder, record):
    run = lambda *args: subprocess.run([ANNALS, "serve", *args], capture_output=True, env=ENVIRONMENT, timeout=60)
    text, empty = os.path.join(folder, "text.db"), os.path.join(folder, "empty.db")
    other = os.path.join(folder, "other.db")
    open(text, "w", encoding="utf-8").write("no database at all, but long enough to be looked at as if it were one\n" * 30)
    open(empty, "w", encoding="utf-8").close()
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t(x)")
    db.commit()
    db.close()
    for path, words in ((os.path.join(folder, "missing.db"), "No such file"), (text, "no record of annals"), (empty, "is empty"), (other, "no record of annals"), (folder, "a folder")):
        done = run(path)
        check(done.returncode == 2 and words in done.stderr.decode() and not done.stdout, f"serve {path}: {done.returncode} {done.stderr.decode()}")
    for layout, words in ((2, "build it again"), (99, "a newer annals")):
        shutil.copy(record, other)
        db = sqlite3.connect(other)
        db.execute(f"PRAGMA user_version = {layout}")
        db.close()
        done = run(other)
        check(done.returncode == 2 and words in done.stderr.decode() and not done.stdout, f"layout {layout}: {done.returncode} {done.stderr.decode()}")
    done = run(os.path.join(folder, "missing.db"))
    check("annals build" in done.stderr.decode() and "annals build" in run().stderr.decode(), f"how a record is made is not told: {done.stderr.decode()}")
    check(run().returncode == 2 and run(record, "--port", "0").returncode == 2, "wrong usage")
    with Server(record) as first, Server(record) as second:
        check(first.port != second.port, "two servers on one port")
        done = run(record, "--port", str(first.port))
        check(done.returncode == 2 and "in use" in done.stderr.decode(), f"a port that is taken: {done.stderr.decode()}")
    for number in (signal.SIGINT, signal.SIGTERM):
        server = Server(record)
        server.json("/api/record")
        code, said = server.stop(number)
        check(code == 0 and said == b"", f"ended by {number}: {code} {said!r}")


def test_first_use(folder, record):
    """A record without pages; one that is being written: served as it was, and told to be unfinished."""
    none, nothing = os.path.join(folder, "nothing"), os.path.join(folder, "nothing.db")
    os.mkdir(none)
    subprocess.run([ANNALS, "build", "-q", none, "-o", nothing], capture_output=True, env=ENVIRONMENT, timeout=120, check=False)
    with Server(nothing) as server:
        told = server.json("/api/record")
        check(told["pages"] == 0 and told["stories"] == 0 and told["earliest"] is None and not told["unfinished"], f"an empty record: {told}")
        for name in LISTS:
            check(server.json(f"/api/{name}") == {"items": [], "total": 0, "next": None}, f"{name} of an empty record")
        facets = server.json("/api/facets")
        check(all(facets[name] == [] for name in facets), f"facets of an empty record: {facets}")
        check(server.get("/").status == 200 and server.get("/api/network.gexf").status == 200, "views of an empty record")
    writing = os.path.join(folder, "writing.db")
    shutil.copy(record, writing)
    with Server(writing) as server:
        before = server.json("/api/stories")
        db = sqlite3.connect(writing, isolation_level=None)
        db.execute("UPDATE meta SET value = '1' WHERE key = 'unfinished'")
        db.execute("INSERT OR IGNORE INTO meta VALUES('unfinished', '1')")
        check(server.json("/api/record")["unfinished"] is True, "an unfinished record is not told to be")
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM story")
        check(server.json("/api/stories") == before, "a writer in its transaction is seen")
        db.execute("ROLLBACK")
        db.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record.db")
        build(record, os.path.join(SOURCE, "examples/pages"))
        db = sqlite3.connect(record)
        with Server(record) as server:
            test_lists(server, db)
            test_filters(server, db)
            test_refusals(server)
            test_search(server)
            test_facets(server, db)
            test_record_and_story(server, db, exported(record, "jsonl"))
            test_pages(server, db)
            test_relation(server)
            test_heads(server)
        db.close()
        test_private(folder)
        test_program(folder, record)
        test_first_use(folder, record)
    end()


if __name__ == "__main__":
    main()
