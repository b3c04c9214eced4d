# SPDX-License-Identifier: Apache-2.0
"""Files, lines and names as nobody wants them: each run ends soon, in bounded memory, tells what it left out, and reads the
rest."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from pages import SECONDS, annals, good, html, main, member, problems, run, urls, words, write


def line_of_a_gigabyte():
    size = 1 << 30 if os.environ.get("ANNALS_PRESET") == "release" else 1 << 28

    def feed(pipe):
        pipe.write(b'{"text": "First."}\n{"text": "')
        block = b"word " * (1 << 16)
        for _ in range(size // len(block) + 1):
            pipe.write(block)
        pipe.write(b'"}\n{"text": "Last."}\n')
    code, readings, err = run("-", feed=feed, memory=400 << 20)
    assert [r["page"]["bytes"] for r in readings] == [6, 5], (code, readings, err)
    assert "-: line 2 at byte 19 is longer than a page may be" in err and code == 1, err


def lines_of_many_kinds():
    text = words(1)
    lines = [json.dumps({"text": text, "url": "http://pier.example/0"}),
             '{"url": "http://pier.example/1", "text": "lone \\ud800 surrogate and \\udc00 its half, \\ud83d\\ude00"}',
             '{"text": "first", "url": "http://a.example/9", "text": "second", "url": "http://pier.example/2"}',
             '{"text": 5}', '[]', '"text"', '{', '{"text": "no end', '{"text": "x"} and more', '{"html": null, "text": null}', "nul\0nul",
             '{"text": "a\\u0000b", "url": "http://pier.example/3"}', "[" * 5000, '{"a":' * 5000, '\ufeff{"text": "after a mark", "url": "http://pier.example/4"}',
             '{"url": "http://pier.example/5", "text": "' + "\\n" * 1000 + '"}']
    data = "\n".join(lines).encode() + b'\n{"text": "bytes \xff\xfe that are no UTF-8", "url": "http://pier.example/6"}\r\n\n{"url": "http://pier.example/7", "text": "the last, without an end"}'
    data = b"\xef\xbb\xbf" + data                                                # a mark at the very beginning is none of the line's
    lines[0] = "\ufeff" + lines[0]
    for name, packed in (("a.jsonl", data), ("b.jsonl.gz", member(data[:300]) + member(data[300:]))):
        code, readings, err = run(write(name, packed))
        got = urls(readings)
        assert set(got) >= {0, 1, 2, 3, 5, 6, 7} and code == 1, (got, err)
        second = next(r for r in readings if r["page"]["url"].endswith("/2"))
        assert second["page"]["bytes"] == len("second")                         # of keys that come twice the last one counts
        assert f"{name}: line 4 at byte " in err and "broken" in err, err
        at = readings[1]["page"]["at"]
        assert data[at["offset"]:at["offset"] + at["length"]].decode() == lines[1] + "\n"


def names():
    folder = pathlib.Path("d")
    folder.mkdir()
    odd = [b"-q.html", b"--help.html", b"two\nlines.html", b"\x1b[31mred.html", b"not \xff\xfe utf-8.html", b"..html", b"...html", b" .html",
           b"'quoted' \"twice\" $(id) `id`.html", b"a\\b.html", b"%s%n.html"]
    for n, name in enumerate(odd):
        with open(b"d/" + name, "wb") as f:
            f.write(html(n))
    code, readings, err = run("d")
    hidden = 2                                                                   # "..html" and "...html" begin with a dot
    assert len(readings) == len(odd) - hidden and code in (0, 1), (len(readings), err)
    assert {r["page"]["path"] for r in readings} >= {"d/-q.html", "d/two\nlines.html", "d/not \ufffd\ufffd utf-8.html", "d/a\\b.html"}
    os.chdir("d")
    code, readings, err = run("--", "-q.html", "../d/-q.html", "./--help.html")
    assert [r["page"]["path"] for r in readings] == ["-q.html", "../d/-q.html", "./--help.html"], err
    code, readings, err = run(b"missing\nline \x1b[31m.html", "./-q.html")
    assert code == 2 and len(readings) == 1 and err.count("\n") == len(err.splitlines()) and "\x1b" not in err, repr(err)
    assert "missing?line ?[31m.html: No such file" in err, repr(err)
    os.chdir("..")


def links_pipes_and_devices():
    os.makedirs("d/sub")
    write("d/page.html", html(1))
    os.symlink("..", "d/sub/up")
    os.symlink(".", "d/here")
    os.symlink("loop.html", "d/loop.html")
    os.symlink("nowhere.html", "d/broken.html")
    os.symlink("/dev/zero", "d/zero.html")
    os.symlink("page.html", "d/same.html")
    os.mkfifo("d/pipe.html")
    began = time.monotonic()
    code, readings, err = run("d")
    assert time.monotonic() - began < 20
    assert [r["page"]["path"] for r in readings] == ["d/page.html", "d/same.html"] and code == 2, (readings, err)
    assert "d/loop.html: Too many levels" in err and "d/broken.html: No such file" in err, err
    for device in ("/dev/zero", "/dev/urandom", "/dev/full"):
        code, readings, err = run(device, "d/page.html")
        assert code == 2 and len(readings) == 1 and f"{device}: a device" in err, err
    code, readings, err = run("--meta", "/dev/zero", "d/page.html")
    assert code == 2 and readings == [], err
    code, readings, err = run("-", stdin=open("/dev/zero", "rb"))
    assert len(readings) == 1 and "limit met: page bytes" in problems(readings[0]), err

    def feed():
        with open("d/pipe.html", "wb") as f:
            f.write(html(7))
    writer = threading.Thread(target=feed)
    writer.start()
    code, readings, err = run("d/pipe.html")                                     # a pipe that is named is read
    writer.join()
    assert len(readings) == 1 and readings[0]["page"]["bytes"] == len(html(7))


def folders():
    for name in ("d/b", "d/.git", "d/c_files", "d/b/deep"):
        os.makedirs(name)
    for n, name in enumerate(["d/z.html", "d/b/1.txt", "d/b/deep/2.htm", "d/.hidden.html", "d/.git/x.html", "d/c.html", "d/c_files/ad.html", "d/style.css",
                              "d/B.jsonl", "d/w.warc", "d/UPPER.HTML"]):
        write(name, {".jsonl": b'{"text": "One."}', ".warc": good(3)}.get(pathlib.Path(name).suffix, html(n)))
    code, readings, err = run("d")
    assert [r["page"]["path"] for r in readings] == ["d/B.jsonl", "d/UPPER.HTML", "d/b/1.txt", "d/b/deep/2.htm", "d/c.html", "d/w.warc", "d/z.html"], err
    os.chmod("d/b", 0)
    if os.getuid() != 0:
        code, readings, err = run("d")
        assert code == 2 and len(readings) == 5 and "d/b: Permission denied" in err
    os.chmod("d/b", 0o755)
    deep = pathlib.Path("e", *["f"] * 100)
    deep.mkdir(parents=True)
    write(deep / "x.html", html(1))
    write("e/y.html", html(2))
    code, readings, err = run("e")
    assert [r["page"]["path"] for r in readings] == ["e/y.html"], (code, err)


def saved_by_a_browser():
    os.makedirs("d/Pier_files")
    write("d/Pier_files/frame.html", html(2))
    for name in ("d/Pier-Dateien", "d/Pier_fichiers", "d/politics-filer"):       # the last has no page beside it
        os.makedirs(name)
        write(name + "/frame.html", html(3))
    page = html(1).replace(b"<html>", b"<html>\n<!-- saved from url=(0042)https://pier.example/2021/06/03/pier-opens.html -->\n")
    write("d/Pier.html", page)
    code, readings, err = run("d")
    assert [r["page"]["path"] for r in readings] == ["d/Pier.html", "d/politics-filer/frame.html"] and readings[0]["outlet"]["domain"] == "pier.example", readings
    assert readings[0]["published"]["day"] == "2021-06-03", readings[0]["published"]


def table_of_what_pages_do_not_say():
    write("a.txt", words(1).encode())
    write("b.txt", words(2).encode())
    write("m.tsv", b"# comment\noutlet\tpath\tpublished\turl\tfetched\nThe Pier Post\ta.txt\t2021-06-03\thttp://pier.example/x\t2021-06-04\nNobody\tnone.txt\t2020-01-01\t\t\n")
    code, readings, err = run("--meta", "m.tsv", "a.txt", "b.txt")
    first, second = readings
    assert first["outlet"]["name"] == "The Pier Post" and first["published"]["day"] == "2021-06-03" and first["page"]["url"] == "http://pier.example/x"
    assert first["page"]["fetched"] == "2021-06-04" and second["page"]["url"] is None and "1 of 2 rows" in err, err
    os.mkdir("d")
    write("d/a.txt", words(1).encode())
    write("d/m.tsv", b"path\toutlet\na.txt\tThe Pier Post\n")                    # paths as they are beside the table
    code, readings, err = run("--meta", "d/m.tsv", "d")
    assert readings[0]["outlet"]["name"] == "The Pier Post" and "rows match" not in err, err
    for bad in (b"", b"x\ty\n1\t2\n", b"path\tpublished\na.txt\tyesterday\n", b"path\t" + b"x" * (3 << 20)):
        code, readings, err = run("--meta", write("bad.tsv", bad), "a.txt")
        assert (code == 2 and readings == []) or bad == b"", (bad[:20], code, err)


def file_that_shrinks():
    """A file that is cut while it is read gives what was read, and is told; nothing ends by a signal."""
    data = b"".join(good(n) for n in range(4000))
    write("a.warc", data)
    p = subprocess.Popen([annals, "read", "--json", "-j1", "a.warc"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = p.stdout.readline()
    os.truncate("a.warc", len(data) // 2)
    rest, err = p.communicate(timeout=SECONDS)
    assert p.returncode == 2 and first.startswith(b"{") and rest.count(b"\n") > 500, (p.returncode, err[-300:])
    assert b"a.warc: it became shorter while it was read" in err, err[-300:]


def compressed_pages():
    page = html(1) * 40
    code, readings, err = run(write("a.html.gz", member(page)[:-30]), write("b.html.gz", member(html(2))), write("c.html.gz", b"\x1f\x8b\x08"))
    assert len(readings) == 2 and "truncated: its compressed data is broken" in problems(readings[0]) and code in (1, 2), (len(readings), err)
    assert "a.html.gz: broken compressed data after" in err and "c.html.gz: broken" in err, err
    wrong = bytearray(member(page))
    wrong[-5] ^= 1
    code, readings, err = run(write("a.html.gz", bytes(wrong)))
    assert len(readings) == 1 and "its compressed data is broken" in problems(readings[0]) and code == 1, err


def standard_input():
    for data, count in ((html(1), 1), (b"".join(good(n) for n in range(3)), 3), (b"".join(member(good(n)) for n in range(3)), 3),
                        (b'{"text": "One."}\n{"text": "Two."}\n', 2), (b"", 1)):
        code, readings, err = run("-", feed=lambda pipe: pipe.write(data))
        assert len(readings) == count and all(r["page"]["path"] == "-" for r in readings), (data[:30], err)


def stops_soon_when_nobody_reads():
    write("a.warc", b"".join(good(n) for n in range(3000)))
    p = subprocess.Popen([annals, "read", "--json", "a.warc"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdout.readline()
    p.stdout.close()
    p.stderr.read()
    assert p.wait(timeout=SECONDS) in (2, -signal.SIGPIPE)


sys.exit(main([line_of_a_gigabyte, lines_of_many_kinds, names, links_pipes_and_devices, folders, saved_by_a_browser, table_of_what_pages_do_not_say,
               file_that_shrinks, compressed_pages, standard_input, stops_soon_when_nobody_reads]))
