#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is held in memory while a request is answered (src/serve/held.c), and what is counted in C, says what the record says: actors in
thousands of events, pages that tell them, people on them, facets, the network, an event of more than 64 parties. Generated pages."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

from server import ANNALS, ENVIRONMENT, SOURCE, Server, check, end

PAGES, PARTIES = "6000", 150
OF = "(SELECT story, event FROM story_party WHERE country = ? OR name = ? COLLATE NOCASE OR entity = ?)"
FACT = "e.realis IN ('happened', 'ongoing') AND NOT e.negated AND NOT e.background"


def pages_of(*actor):
    return f"SELECT t.page FROM told_in t WHERE (t.story, t.event) IN {OF}", actor * 3


def many_parties(db, count=PARTIES, skip=0):
    """An event with as many countries as no page names."""
    story, event, actor = db.execute("SELECT story, id, (SELECT max(place) FROM story_party_row y WHERE y.story = e.story AND y.event = e.id) FROM story_event e"
                                     " WHERE where_country = 'USA' AND " + FACT + f" LIMIT 1 OFFSET {skip}").fetchone()
    first = db.execute("SELECT max(id) FROM who").fetchone()[0] + 1
    for i in range(count):
        db.execute("INSERT INTO who(id, name, country) VALUES(?, ?, ?)", (first + i, f"Person {i}", f"X{i:02d}"))
        for twice in (0, 1):  # named twice, counted once
            db.execute("INSERT INTO story_party_row VALUES(?, ?, 1, ?, ?, NULL)", (story, event, actor + 1 + 2 * i + twice, first + i))
    db.commit()
    return story, event


def test_actors(server, db, actor):
    total = db.execute(f"SELECT count(*) FROM story_event e WHERE (e.story, e.id) IN {OF}", [actor] * 3).fetchone()[0]
    check(total > 1000, f"{actor} is in {total} events: too few to be held")
    check(server.json(f"/api/events?actor={actor}&limit=1")["total"] == total, f"events of {actor}")
    relation = server.json(f"/api/relation?a={actor}&limit=1")
    check(relation["total"] == total, f"relation of {actor}: {relation['total']} of {total}")
    months = db.execute(f"SELECT count(*) FROM story_event e WHERE (e.story, e.id) IN {OF} AND substr(earliest, 1, 7) = substr(latest, 1, 7)", [actor] * 3).fetchone()[0]
    check(sum(month["events"] for month in relation["months"]) == months, f"months of {actor}")
    sql, args = pages_of(actor)
    facets = server.json(f"/api/facets?actor={actor}")
    check(sum(one["count"] for one in facets["types"]) == total, f"types of {actor}")
    pages = db.execute(f"SELECT count(*) FROM page p WHERE p.id IN ({sql}) AND coalesce(outlet, domain) IS NOT NULL", args).fetchone()[0]
    check(sum(one["count"] for one in facets["outlets"]) == pages, f"outlets of {actor}: not {pages}")
    people = server.json(f"/api/people?actor={actor}&limit=5")
    for one in people["items"]:
        on = db.execute(f"SELECT count(DISTINCT m.page) FROM mention_row m JOIN who w ON w.id = m.who WHERE m.kind = 0 AND w.name = ? COLLATE NOCASE AND m.page IN ({sql})",
                        (one["name"], *args)).fetchone()[0]
        check(one["pages"] == on, f"{one['name']} beside {actor}: {one['pages']} pages, not {on}")


def test_two(server, db):
    both = f"SELECT count(*) FROM story_event e WHERE (e.story, e.id) IN {OF} AND (e.story, e.id) IN {OF} AND e.type = 'ACCUSE' AND e.earliest >= '2016-01-01'"
    total = db.execute(both, ["USA"] * 3 + ["RUS"] * 3).fetchone()[0]
    check(total > 0 and server.json("/api/events?a=USA&b=RUS&type=ACCUSE&since=2016-01-01&limit=1")["total"] == total, "two held actors, a type and days")
    rare = db.execute("SELECT name FROM who WHERE office IS NOT NULL AND id IN (SELECT who FROM story_party_row GROUP BY 1 HAVING count(*) = 2) LIMIT 1").fetchone()[0]
    few = db.execute(f"SELECT count(*) FROM story_event e WHERE (e.story, e.id) IN {OF}", [rare] * 3).fetchone()[0]
    check(server.json(f"/api/events?actor={rare.replace(' ', '%20')}")["total"] == few, f"{rare}, who is not held")


def test_words(server, db, word):
    """Pages and stories with a word, alone and under filters; beyond half of all pages the newest come first."""
    pages = dict(db.execute("SELECT a.rowid, sp.story FROM article a JOIN story_page sp ON sp.page = a.rowid WHERE article MATCH ?", (word,)).fetchall())
    check(server.json(f"/api/search?q={word}&limit=1")["total"] == len(pages), f"pages with {word}: not {len(pages)}")
    check(server.json(f"/api/stories?q={word}&limit=1")["total"] == len(set(pages.values())), f"stories with {word}: not {len(set(pages.values()))}")
    for name, sql in (("since=2016-06-01", "SELECT page FROM story_page WHERE coalesce(latest, earliest) >= '2016-06-01'"), ("type=ACCUSE&country=USA",
                      "SELECT t.page FROM told_in t JOIN story_event e ON e.story = t.story AND e.id = t.event WHERE e.type = 'ACCUSE' AND e.where_country = 'USA'")):
        under = {page for (page,) in db.execute(sql)} & set(pages)
        check(0 < len(under) < len(pages) and server.json(f"/api/search?q={word}&{name}&limit=1")["total"] == len(under), f"{word} under {name}: not {len(under)}")
    told = {(story, event) for page, story, event in db.execute("SELECT page, story, event FROM told_in") if page in pages}
    check(server.json(f"/api/events?q={word}&limit=1")["total"] == len(told), f"events with {word}: not {len(told)}")
    check(sum(one["count"] for one in server.json(f"/api/facets?q={word}")["types"]) == len(told), f"facets with {word}")
    many = len(pages) > int(PAGES) / 2
    wanted = db.execute("SELECT sp.page FROM story_page sp JOIN article a ON a.rowid = sp.page WHERE article MATCH ? ORDER BY "
                        + ("coalesce(sp.earliest, sp.latest) DESC, sp.page" if many else "bm25(article, 4.0, 1.0)") + " LIMIT 30", (word,)).fetchall()
    first = server.json(f"/api/search?q={word}&limit=20")
    found = first["items"] + server.json(f"/api/search?q={word}&limit=20&after={first['next']}")["items"]
    check([one["page"] for one in found[:30]] == [page for (page,) in wanted], f"{word}: the pages in order")
    check(all(any(part["hit"] for part in one["snippet"]) for one in found), f"{word}: each snippet shows it")
    return many


def test_facets(server, story):
    found = {one["value"]: one["count"] for one in server.json(f"/api/facets?story={story}")["actors"]}
    check(sum(value.startswith("X") for value in found) > 90, "as many countries as are listed, of an event of more")
    check(all(count == 1 for value, count in found.items() if value.startswith(("X", "Person"))), "each counted once")


def test_network(server, db):
    sizes = [n for (n,) in db.execute("SELECT count(*) FROM story_party_row y JOIN story_event e ON e.story = y.story AND e.id = y.event WHERE " + FACT + " GROUP BY y.story, y.event")]
    sql = ("SELECT source, target, count(*), sum(quad <= 2), sum(quad >= 3), round(sum(score), 1) FROM (SELECT DISTINCT e.story, e.id, coalesce(a.country, a.name) AS source,"
           " coalesce(b.country, b.name) AS target, e.quad, e.score FROM story_event e JOIN story_party a ON a.story = e.story AND a.event = e.id AND a.role = 'actor'"
           " JOIN story_party b ON b.story = e.story AND b.event = e.id AND (b.role = 'recipient' OR (e.mutual AND b.role = 'actor' AND b.place > a.place)) WHERE " + FACT +
           " AND (SELECT count(*) FROM story_party_row y WHERE y.story = e.story AND y.event = e.id) <= 1000) WHERE source <> target GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5000")
    graph = xml.etree.ElementTree.fromstring(server.get("/api/network.gexf").body)
    space = "{http://gexf.net/1.3}"
    found = [(e.get("source"), e.get("target"), int(e.get("weight")), *(float(v.get("value")) for v in e.iter(space + "attvalue"))) for e in graph.iter(space + "edge")]
    wanted = db.execute(sql).fetchall()
    check(len(wanted) > 100 and found == [tuple(row) for row in wanted], f"network: {len(found)} edges, {len(wanted)} wanted")
    without = f"without {sum(n > 1000 for n in sizes)} of more than 1000 parties"
    check((without in graph.find(f"{space}meta/{space}description").text) == (max(sizes) > 1000), "events that are passed over are told")
    names = [node.get("id") for node in graph.iter(space + "node")]
    check(len(set(names)) == len(names) and {n for e in found for n in e[:2]} == set(names), "nodes of the network")


def test_best(server, db, few):
    """Pages are weighed in src/serve/weigh.c: in the order of FTS5's own bm25, page by page of the list, and under a filter."""
    pairs = [few[i] + " " + few[i + 1] for i in range(0, len(few) - 1, 2)]
    text = db.execute("SELECT text FROM article WHERE rowid = 700").fetchone()[0].split()
    for words in few + pairs + [f'"{text[3]} {text[4]}"', "nosuchword"]:
        match = words if words.startswith('"') else " ".join(f'"{word}"' for word in words.split())
        best = [row[0] for row in db.execute("SELECT rowid FROM article WHERE article MATCH ? AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank", (match,))]
        q = urllib.parse.quote_plus(words)
        found = [item["page"] for item in server.json(f"/api/search?q={q}&limit=40")["items"]]
        second = server.json(f"/api/search?q={q}&limit=7")["next"]
        check(found == best[:40], f"{words}: {found[:5]}, not {best[:5]}")
        check(second is None or [i["page"] for i in server.json(f"/api/search?q={q}&limit=7&after={second}")["items"]] == best[7:14], f"{words}: the second page of the list")
        let = {row[0] for row in db.execute("SELECT page FROM story_page WHERE earliest <= '2017-01-01'")}
        check([i["page"] for i in server.json(f"/api/search?q={q}&until=2017-01-01&limit=40")["items"]] == [page for page in best if page in let][:40], f"{words}: under a filter")


def main():
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record.db")
        subprocess.run([sys.executable, os.path.join(SOURCE, "bench/make_record.py"), record, "--pages", PAGES, "--annals", ANNALS], check=True, env=ENVIRONMENT)
        db = sqlite3.connect(record)
        story, _ = many_parties(db)
        with Server(record) as server:
            for actor in ("USA", "RUS"):
                test_actors(server, db, actor)
            test_two(server, db)
            test_facets(server, story)
            test_network(server, db)
            db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'article', 'row')")
            few, many = (db.execute("SELECT term FROM temp.vocabulary WHERE doc BETWEEN ? AND ? ORDER BY term LIMIT 1", bounds).fetchone()[0] for bounds in ((400, 1500), (4000, 6000)))
            check(not test_words(server, db, few) and test_words(server, db, many), f"{few} and {many}: a word of few and one of most pages")
            test_best(server, db, [row[0] for row in db.execute("SELECT term FROM temp.vocabulary WHERE doc BETWEEN 100 AND 2500 ORDER BY term LIMIT 12")])
            before = server.json(f"/api/search?q={few}&limit=1")
            db.execute("DELETE FROM story_page WHERE page = ?", (before["items"][0]["page"],))
            db.commit()
            check(server.json(f"/api/search?q={few}&limit=1")["total"] == before["total"] - 1, "a record that changes while it is served")
            check(json.loads(server.get("/api/people").body)["total"] > 1000, "people of the whole record")
        many_parties(db, 600, 1)
        with Server(record) as server:
            test_network(server, db)
        db.close()
    end()


if __name__ == "__main__":
    main()
