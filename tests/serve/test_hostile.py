#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bad clients and bad pages: the server serves or refuses, and goes on. Every reply that it makes has the headers that keep a page
of the record from doing anything, and nothing of a page comes out as markup."""
import csv
import http.client
import io
import os
import random
import resource
import socket
import sqlite3
import tempfile
import threading
import time

from server import SOURCE, Server, build, check, end, exported

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'")
NASTY = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "<style>*{background:url(//x.example)}</style>",
         "<svg/onload=alert(1)>", "\u2028alert(1)\u2029", "\u202egnirts\u202c \u2066x\u2069 \u200f", "\"'`&amp;", "javascript:alert(1)", "=cmd|' /C calc'!A0", "@SUM(1)",
         "a\tb\nc", "\U0001f600 \U00010348", "x" * 5000)
ADDRESSES = ("/api/record", "/api/stories", "/api/events", "/api/statements", "/api/people", "/api/places", "/api/facets", "/api/search?q=alert",
             "/api/relation?a=FIN&b=LTU", "/api/relation?a=FIN", "/api/network.gexf", "/api/page/1", "/api/page/2", "/api/page/11")


def alive(server, what):
    check(server.process.poll() is None and server.get("/api/record").status == 200, f"not served after {what}")


def test_headers(server):
    for path in (*ADDRESSES, "/", "/nothing", "/api/nothing", "/api/events?limit=x", "/favicon.ico", "/api/events?format=csv"):
        for method in ("GET", "HEAD", "POST"):
            headers = server.get(path, method=method).headers
            check(headers["Content-Security-Policy"] == CSP and headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer" and
                  headers["Cross-Origin-Resource-Policy"] == "same-origin" and not headers["Access-Control-Allow-Origin"], f"{method} {path}: {headers}")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NONSENSE"):
        check(server.get("/api/record", method=method).status in (405, 501), f"{method} is answered")


def test_hosts(server):
    port = server.port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        check(server.get("/api/record", host=host).status == 200, f"Host: {host}")
        check(server.get("/api/record", headers={"Origin": "http://" + host}).status == 200, f"Origin: http://{host}")
    for host in ("", "evil.example", f"evil.example:{port}", "127.0.0.1", "localhost", f"127.0.0.1:{port + 1}", f"127.0.0.1.evil.example:{port}", f"x@127.0.0.1:{port}", f"0.0.0.0:{port}"):
        check(server.get("/api/record", host=host).status in (400, 403), f"Host: {host!r} is served")
    for origin in ("http://evil.example", "null", "https://127.0.0.1:%d" % port, "http://127.0.0.1", "http://localhost:%d.evil.example" % port, "file://"):
        check(server.get("/api/record", headers={"Origin": origin}).status == 403, f"Origin: {origin} is served")
    double = server.raw(f"GET /api/record HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode())
    check(double.split(b"\r\n")[0].split()[1] in (b"400", b"403"), f"two hosts: {double[:60]}")
    with socket.socket() as s:  # not on any other address of this machine
        s.settimeout(2)
        try:
            named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        except OSError:
            named = []  # a machine that does not know its own name, as a new chroot
        own = [i for i in {a[4][0] for a in named} if not i.startswith("127.")]
        check(not own or s.connect_ex((own[0], port)) != 0, f"served on {own}")


def test_addresses(server):
    for path in ("/../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/assets/%5c..%5c", "/story/../../x",
                 "/api/page/..%2f1", "/api/%00", "/%00", "/api/page/1%00", "/api/events?q=a%00b", "/api/events?limit=%31%00", "/%", "/%zz", "/api/events?q=%e2%82", "/api/events?q=%ff",
                 "/api/story/%3Cscript%3E", "/api/events?story='%20OR%201=1", "/api/events?limit=9999999999999999999999", "/api/events?after=0-99999999999999999999",
                 "/api/events?" + "&".join(f"p{i}=1" for i in range(100)), "/" + "a" * 8000, "/api/search?q=" + "%22" * 400, "/api/search?q=" + "a+" * 250):
        reply = server.get(path)
        check(reply.status in (200, 400, 404, 414, 431) and b"root:" not in reply.body, f"{path[:60]}: {reply.status}")
        check(b"<script>" not in reply.body, f"{path[:60]} comes back as markup")
    for path in ("/%00", "/api/page/1%00", "/api/events?q=a%00b", "/api/events?q=%ff", "/%zz"):
        check(server.get(path).status == 400, f"{path} is no 400")
    alive(server, "odd addresses")


def test_bytes(server):
    """What is no HTTP, or too much of it."""
    host = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    r = random.Random(7)
    cases = [b"", b"\r\n\r\n", b"\0" * 1000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n" + host + b"\r\n", b"GET /\0x HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n",
             b"GET /api/record HTTP/1.1\r\n" + host + b"X: a\0b\r\nConnection: close\r\n\r\n",
             b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n" + host + b"\r\n", b"GET / HTTP/1.1\r\n" + host + b"X: " + b"y" * 200000 + b"\r\n\r\n",
             b"GET / HTTP/1.1\r\n" + host + b"".join(b"X%d: y\r\n" % i for i in range(20000)) + b"\r\n",
             b"POST /api/record HTTP/1.1\r\n" + host + b"Content-Length: 99999999999\r\n\r\n" + b"x" * 10000,
             b"POST /api/record HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n", b"GET /api/record HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nConnection: close\r\n\r\nabcde",
             b"GET /api/record HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + r.randbytes(300)]
    cases += [r.randbytes(r.randrange(1, 3000)) for _ in range(30)]
    whole = b"GET /api/record HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"
    cases += [whole[:i] + bytes([r.randrange(256)]) + whole[i + 1:] for i in range(0, len(whole), 3)]
    for data in cases:
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as s:
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
                while s.recv(65536):
                    pass
            except OSError:
                pass
    for begin in (cases[7], cases[8]):
        got = server.raw(begin, timeout=5)
        check(got == b"" or got.split()[1] in (b"400", b"413", b"414", b"431"), f"a huge head: {got[:60]}")
    alive(server, "bytes that are no HTTP")


def test_many(server, count):
    """Clients that say nothing, that stop in the middle, that never read, by the hundred; others are served all the while."""
    idle = []
    try:
        for i in range(count):
            s = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            s.sendall((b"", b"GET /api/rec", b"GET /api/events?limit=500 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port)[i % 3])
            idle.append(s)
    except OSError as error:
        print(f"{len(idle)} connections, then {error}")
    begin = time.monotonic()
    alive(server, f"{len(idle)} connections that do nothing")
    check(time.monotonic() - begin < 20, "one client waits for the others")
    check(len(idle) == count, f"only {len(idle)} of {count} connections")
    for s in idle:
        s.close()
    alive(server, "clients that left")


def test_slow(server):
    """A client that sends a byte now and then is let go; no thread waits for it."""
    slow = []
    for _ in range(40):
        s = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        s.sendall(b"GET /api/record HTTP/1.1\r\n")
        slow.append(s)
    for _ in range(3):
        for s in slow:
            s.sendall(b"X")
        alive(server, "slow clients")
        time.sleep(.2)
    begin = time.monotonic()
    try:
        while slow[0].recv(4096):
            pass
    except OSError:
        pass
    check(time.monotonic() - begin < 25, "a client that says nothing is never let go")
    for s in slow:
        s.close()


def test_at_once(server):
    """Many questions at the same time give what one gives."""
    paths = ["/api/stories", "/api/events?limit=500", "/api/facets", "/api/page/1", "/api/search?q=president", "/api/people"]
    expected, wrong = {p: server.get(p).body for p in paths}, []

    def ask(seed):
        r = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        for _ in range(20):  # all over one connection
            path = r.choice(paths)
            connection.request("GET", path)
            if connection.getresponse().read() != expected[path]:
                wrong.append(path)
        connection.close()
    threads = [threading.Thread(target=ask, args=(i,)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not wrong, f"other answers under load: {wrong[:3]}")


def strings(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def spoil(record):
    """Every column of words of the record holds something nasty somewhere, as a hostile page, or a hostile record, could have it."""
    readings = exported(record, "readings")
    db = sqlite3.connect(record)
    columns = {"page": "url path title outlet domain media_type charset language", "sentence_row": "text", "event_row": "type mode contexts evidence trigger_text why place",
               "statement_row": "cue content through doubtful", "who": "entity name given family country sector grp office", "party_row": "text", "mention_row": "text",
               "story": "headline places", "story_event": "mode contexts where_name", "story_party_row": "text", "run": "annals started"}
    for table, names in columns.items():
        keys = [r[0] for r in db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0")]
        for name in names.split():
            if name not in keys:
                for i, nasty in enumerate(NASTY):
                    db.execute(f"UPDATE {table} SET {name} = ? WHERE ({', '.join(keys)}) IN (SELECT {', '.join(keys)} FROM {table} ORDER BY random() LIMIT 3)", (nasty,))
    db.execute("UPDATE page SET url = 'javascript:alert(1)//' || id")
    db.execute("UPDATE page SET title = '</script><b>alert'")
    db.execute("UPDATE sentence_row SET text = 'alert <script>alert(1)</script> \u2028 alert ' || text WHERE id >> 20 > 4")
    db.execute("INSERT INTO article(article) VALUES('rebuild')")
    db.executemany("UPDATE reading SET json = ? WHERE page = ?", [(line.replace("Finland", "</script>\u2028<script>"), i + 1) for i, line in enumerate(readings[:4])])
    for i, bad in enumerate(("{", "not json", '{"events": 7, "mentions": {"a": 1}, "blocks": [1, null, "x"], "statements": [[]], "title": 5}', "[" * 3000, "", "null", "[1]", '"x"',
                             '{"mentions": [{"begin": -5, "end": 99999999999, "text": "x"}, {"begin": 1e300, "end": "x"}, {"begin": 0, "end": 4294967295, "text": ""}]}')):
        db.execute("UPDATE reading SET json = ? WHERE page = ?", (bad, 5 + i))
    db.execute("UPDATE sentence_row SET text = CAST(x'fffe80c3' || text AS TEXT) WHERE id >> 20 = 2")
    db.execute("UPDATE sentence_row SET begin = -begin, size = 99999999999 WHERE id >> 20 = 3")
    db.execute("UPDATE sentence_row SET text = NULL WHERE id >> 20 = 4")
    db.execute("UPDATE story SET json = replace(json, 'Finland', '</script>\u2028<script>\u202e')")
    db.execute("UPDATE story SET json = '{' WHERE id = (SELECT min(id) FROM story)")
    db.execute("UPDATE story_event SET lat = 'x', quad = 'y', pages = x'00ff'")
    db.commit()
    db.close()


def test_pages(record):
    spoil(record)
    with Server(record) as server:
        stories = [s["id"] for s in server.json("/api/stories")["items"]]
        paths = [*ADDRESSES, *(f"/api/page/{i}" for i in range(1, 14)), *(f"/api/story/{s}" for s in stories)]
        for path in paths:
            reply = server.get(path)
            check(reply.status == 200, f"{path}: {reply.status} {reply.body[:200]}")
            text = reply.body.decode("utf-8")
            if "gexf" in path:
                check("<script" not in text, f"{path}: markup")
                continue
            for wrong in ("<", ">", "&", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f"):
                check(wrong not in text, f"{path}: {wrong!r} comes out as it is")
            reply.json
        check(any(NASTY[0] in s for p in paths[:4] for s in strings(server.get(p).json)), "the words themselves are lost")
        for s in stories:
            check(all(p["url"] is None for p in server.json(f"/api/story/{s}")["pages"]), "a link to javascript:")
        for name in ("stories", "events", "statements", "people", "places"):
            reply = server.get(f"/api/{name}?format=csv&limit=500")
            rows = list(csv.reader(io.StringIO(reply.body.decode("utf-8", "replace"))))
            check(reply.status == 200 and len({len(r) for r in rows}) == 1, f"{name}: CSV")
            for row in rows:
                for cell in row:
                    check(not cell.startswith(("=", "+", "@", "\t", "\r")) and (not cell.startswith("-") or cell[1:2].isdigit()), f"{name}: a formula: {cell[:40]}")
        check(b"'=cmd" in b"".join(server.get(f"/api/{n}?format=csv&limit=500").body for n in ("stories", "events", "statements")), "no formula was there to be held")


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    sanitized = os.environ.get("ANNALS_PRESET") in ("asan", "tsan")
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record.db")
        build(record, os.path.join(SOURCE, "examples/pages"))
        with Server(record) as server:
            test_headers(server)
            test_hosts(server)
            test_addresses(server)
            test_bytes(server)
            test_at_once(server)
            test_many(server, 300 if sanitized else 1000)
            test_slow(server)
            check(server.memory_mib() < 300 or sanitized, f"{server.memory_mib():.0f} MiB")
        test_pages(record)
    end()


if __name__ == "__main__":
    main()
