# SPDX-License-Identifier: Apache-2.0
"""WARC files as crawlers write them, and as they break: each gives readings, with problems, or a rejection with file and
offset, and what is good behind it is read."""
import ctypes
import ctypes.util
import subprocess
import zlib

from pages import good, html, http, main, member, problems, record, run, urls, words, write


def versions_and_kinds():
    data = (record(b"software: none", 1, "warcinfo") + record(b"GET / HTTP/1.1\r\n\r\n", 2, "request") + good(3) +
            record(http(html(4)), 4, version="1.1") + record(html(5), 5, "resource", fields=["Content-Type: text/html"]) +
            record(words(6).encode(), 6, "conversion", fields=["Content-Type: text/plain"]) + record(b"", 7, "revisit") +
            record(b"x", 8, "metadata"))
    code, readings, err = run(write("a.warc", data))
    assert urls(readings) == [3, 4, 5, 6], urls(readings)
    assert "1 revisit records" in err and code == 0, (code, err)
    first = readings[0]["page"]
    assert first["at"]["record"] == "<urn:uuid:3>" and data[first["at"]["offset"]:].startswith(b"WARC/1.0\r\nWARC-Type: response")
    assert first["fetched"] == "2021-06-03T10:00:00Z" and first["status"] == 200
    code, readings, err = run(write("wet.warc.wet.gz", b"".join(member(record(words(n).encode(), n, "conversion")) for n in range(3))))
    assert urls(readings) == [0, 1, 2] and err == "", err


def reasons_are_counted():
    data = (record(http(b"", "301 Moved"), 1) + record(http(html(2), "404 Not Found"), 2) + record(http(b"x", kind="image/png"), 3) +
            record(http(b"x()", kind="text/javascript"), 4) + record(b"1.2.3.4", 5, fields=["Content-Type: text/dns"]) + good(6))
    code, readings, err = run(write("a.warc", data))
    assert urls(readings) == [6] and code == 0
    assert "1 pages; left out: 2 not of status 200, 3 no text by type" in err, err


def pages_that_come_again():
    def two(order):
        data = b"".join(record(http(html(body)), url) for url, body in order)
        code, readings, err = run(write("a.warc", data))
        return sorted((r["page"]["url"], r["page"]["sha256"]) for r in readings), err
    order = [(1, 1), (2, 2), (1, 1), (1, 3), (3, 1), (2, 2), (1, 3)]
    there, told = two(order)
    back, told_back = two(order[::-1])
    assert there == back and told == told_back and len(there) == 4, (there, back)
    assert "3 with address and bytes of an earlier page" in told and "1 pages have the address of an earlier page" in told
    assert "1 pages have the bytes of an earlier page, and another address" in told, told


def brotli(data):
    name = ctypes.util.find_library("brotlienc")
    if name is None:
        return None
    size, out = ctypes.c_size_t(len(data) + 4096), ctypes.create_string_buffer(len(data) + 4096)
    assert ctypes.CDLL(name).BrotliEncoderCompress(5, 22, 0, ctypes.c_size_t(len(data)), data, ctypes.byref(size), out)
    return out.raw[:size.value]


def zstd(data):
    name = ctypes.util.find_library("zstd")
    if name is None:
        return None
    lib, out = ctypes.CDLL(name), ctypes.create_string_buffer(len(data) + 4096)
    lib.ZSTD_compress.restype = ctypes.c_size_t
    size = lib.ZSTD_compress(out, ctypes.c_size_t(len(out)), data, ctypes.c_size_t(len(data)), 3)
    return out.raw[:size]


def codings():
    def raw_deflate(b):
        return zlib.compress(b)
    said = {"gzip": member, "x-gzip": member, "deflate": raw_deflate, "br": brotli, "zstd": zstd}
    data, wanted = b"", []
    for n, (name, encode) in enumerate(said.items()):
        for field in ("Content-Encoding", "X-Crawler-Content-Encoding"):
            for body in (encode(html(n)), html(n)):          # stored as it came, or decoded already
                if body is None:
                    continue
                wanted.append(len(wanted))
                data += record(http(body, "200 OK", "text/html", f"{field}: {name}"), len(wanted) - 1)
    code, readings, err = run(write("a.warc", data))
    assert urls(readings) == wanted, (urls(readings), err)
    for r in readings:
        assert r["title"] and r["title"]["text"].startswith("Pier") and r["page"]["bytes"] == len(html(1)) and "cut" not in problems(r), r
    assert "bytes of an earlier page" in err


def coding_that_gives_no_text():
    noise = bytes((i * 89 + i // 7) % 256 for i in range(4000))
    data = record(http(noise, "200 OK", "text/html", "Content-Encoding: br"), 1) + record(http(noise, "200 OK", "text/html", "Content-Encoding: lost"), 2) + good(3)
    code, readings, err = run(write("a.warc", data))
    assert urls(readings) == [3] and code == 1, (urls(readings), err)
    assert "2 in a coding that gives no text" in err and "a.warc: the record at byte 0 has a body in a coding" in err, err


def truncated_is_told():
    half = member(html(2) * 50)
    data = (record(http(html(1)), 1, fields=["WARC-Truncated: length"]) +
            record(http(half[:len(half) * 2 // 3], "200 OK", "text/html", "Content-Encoding: gzip"), 2) +
            record(http(html(3), "200 OK", "text/html", f"Content-Length: {len(html(3)) + 9}"), 3))
    code, readings, err = run(write("a.warc", data))
    told = [problems(r) for r in readings]
    assert "truncated: the crawler stopped there (WARC-Truncated: length)" in told[0], told
    assert "truncated: its compressed data ends early" in told[1], told
    assert "truncated: it has fewer bytes than its Content-Length" in told[2], told


def chunks():
    def chunked(body, n=50):
        parts = [body[i:i + n] for i in range(0, len(body), n)]
        return b"".join(b"%x;x=1\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
    field = "Transfer-Encoding: chunked"
    good_chunks = chunked(html(1))
    wrong = good_chunks.replace(b"\r\n32;", b"\r\nzz;", 4).replace(b"\r\nzz;", b"\r\n32;", 3)    # the fifth has no size
    data = b"".join(record(http(body, "200 OK", "text/html", field), n) for n, body in enumerate(
        [good_chunks, html(1), good_chunks[:-40], wrong, b"fffffffffff\r\n" + html(4), b"7fffffff\r\nabc"]))
    code, readings, err = run(write("a.warc", data))
    assert urls(readings) == list(range(6)), urls(readings)
    size = [r["page"]["bytes"] for r in readings]
    assert size[0] == size[1] == len(html(1)) and size[3] == 200, size
    assert "wrong size" not in problems(readings[0]) + problems(readings[1])
    assert "its last chunk is missing or of a wrong size" in problems(readings[2]) and "of a wrong size" in problems(readings[3])
    assert size[4] > len(html(4)) and size[5] == 3                  # no chunk at all; a chunk that never came whole


def lengths_that_lie():
    body = http(html(9))
    cases = {"long": record(body, 9, length=len(body) + 500), "short": record(body, 9, length=len(body) - 40),
             "huge": record(body, 9, length=999999999999), "negative": record(body, 9, length=-5), "none": record(body, 9, length=""),
             "words": record(body, 9, length="many"), "two": record(body, 9, fields=["Content-Length: 3"]),
             "same twice": record(body, 9, fields=[f"Content-Length: {len(body)}"]), "no type": record(body, 9).replace(b"WARC-Type", b"X-Type")}
    for name, bad in cases.items():
        for packed in (False, True):
            parts = [good(1), bad, good(2), good(3)]
            data = b"".join(member(p) for p in parts) if packed else b"".join(parts)
            code, readings, err = run(write("b.warc.gz" if packed else "a.warc", data))
            got = urls(readings)
            assert got[0] == 1 and got[-2:] == [2, 3], (name, packed, got, err)
            if name in ("long", "short", "huge"):
                assert got == [1, 9, 2, 3] and "does not have the length" in problems(readings[1]), (name, packed, got, problems(readings[1]))
            elif name == "same twice":
                assert got == [1, 9, 2, 3] and err == ""
            else:
                assert got == [1, 2, 3] and code == 1 and "byte" in err and "broken" in err, (name, packed, got, err)
            assert problems(readings[0]) == problems(readings[-1]) == problems(run("a.warc")[1][0] if not packed else readings[0])


def one_lie_in_a_large_file():
    """A length beyond the file does not swallow what is behind it, however long the file is."""
    filler = b"<!-- " + b"x" * 30000 + b" -->"
    data = good(1) + record(http(html(2)), 2, length=10**12) + b"".join(record(http(html(n) + filler), n) for n in range(3, 100))
    code, readings, err = run("--max-page", "1", write("a.warc", data))
    assert len(data) > 2 << 20 and urls(readings) == list(range(1, 100)), (len(readings), err)


def lies_in_a_row_stay_linear():
    """Each record says that it reaches to the end of the file."""
    data = b"".join(record(http(html(n)), n, length=10_000_000) for n in range(3000))
    code, readings, err = run(write("a.warc", data))
    assert urls(readings)[:2] == [0, 1] and "passed over" in err, (len(readings), err)


def garbage_and_broken_members():
    members = [member(good(n)) for n in range(6)]
    wrong_crc = bytearray(members[2])
    wrong_crc[-6] ^= 0xFF
    data = members[0] + b"garbage between members, some of it" + members[1] + bytes(wrong_crc) + members[3] + members[4][:-200] + members[5] + bytes(300)
    code, readings, err = run(write("a.warc.gz", data))
    assert [n for n in urls(readings) if n not in (2, 4)] == [0, 1, 3, 5], (urls(readings), err)
    assert "a.warc.gz: no good record at byte" in err and code == 1, err
    for r in readings:
        at = r["page"]["at"]
        assert data[at["offset"]:at["offset"] + 2] == b"\x1f\x8b", at
    data = good(1) + b"lines\r\nthat are\r\nno record\r\n" + good(2) + b"\0" * 100
    code, readings, err = run(write("b.warc", data))
    assert urls(readings) == [1, 2] and f"no good record at byte {len(good(1))}; passed over 28 bytes" in err, err


def one_member_for_all():
    """gzip FILE.warc, and members cut without regard to records."""
    plain = b"".join(good(n) for n in range(500))
    for name, data in {"one.warc.gz": member(plain), "blocks.warc.gz": b"".join(member(plain[i:i + 1000]) for i in range(0, len(plain), 1000))}.items():
        code, readings, err = run(write(name, data))
        assert urls(readings) == list(range(500)) and err == "", (name, len(readings), err)


def long_members():
    """Larger than what is inflated at one go, in and out."""
    noise = "".join(chr(97 + (i * i * 31 + i // 11) % 26) + (" " if i % 7 == 0 else "") for i in range(3_000_000))
    big = b"<title>Big</title><p>" + noise.encode() + b"</p>"
    data = member(good(1)) + member(record(http(big), 2)) + member(record(http(b"<title>Flat</title><p>" + b"flat words " * 900_000), 3)) + member(good(4))
    code, readings, err = run(write("a.warc.gz", data))
    assert urls(readings) == [1, 2, 3, 4] and readings[1]["page"]["bytes"] == len(big), (urls(readings), err)


def bombs():
    flat = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(flat.compress(bytes(1 << 20)) for _ in range(400)) + flat.flush()
    data = member(good(1)) + member(record(http(member(b"<p>" + bytes(40 << 20), 9), "200 OK", "text/html", "Content-Encoding: gzip"), 2)) + member(good(3))
    code, readings, err = run(write("body.warc.gz", data))
    assert urls(readings) == [1, 2, 3] and "truncated: it inflates to more than 256 times its size" in problems(readings[1]), problems(readings[1])
    assert readings[1]["page"]["bytes"] <= 16 << 20
    code, readings, err = run(write("bomb.warc.gz", member(good(1)) + bomb), write("after.warc", good(2)))
    assert urls(readings) == [1, 2] and "bomb.warc.gz: it inflates to more than 256 times its size" in err and code == 2, (code, err)
    write("plain", bytes(400 << 20))
    if subprocess.run(["sh", "-c", "zstd -q -19 plain -o bomb.jsonl.zst"], stderr=subprocess.DEVNULL).returncode == 0:
        code, readings, err = run("bomb.jsonl.zst", "after.warc")
        assert urls(readings) == [2] and "256 times" in err, err


def cut_anywhere():
    """A file that ends at any byte gives what was whole before."""
    plain = good(1) + good(2)
    packed = member(good(1)) + member(good(2))
    for name, data, first in (("a.warc", plain, len(good(1))), ("a.warc.gz", packed, len(member(good(1))))):
        for cut in list(range(0, len(data), max(1, len(data) // 13))) + [first, first + 1, len(data) - 1]:
            code, readings, err = run(write(name, data[:cut]))
            assert code in (0, 1) and (cut < first or urls(readings)[:1] == [1]), (name, cut, code, err)


main([versions_and_kinds, reasons_are_counted, pages_that_come_again, codings, coding_that_gives_no_text, truncated_is_told, chunks,
      lengths_that_lie, one_lie_in_a_large_file, lies_in_a_row_stay_linear, garbage_and_broken_members, one_member_for_all, long_members, bombs, cut_anywhere])
