# SPDX-License-Identifier: Apache-2.0
"""What the tests of the input room share: records, members, and running annals inside bounds of time and memory."""
import gzip
import json
import os
import resource
import subprocess
import sys
import time

annals = os.environ["ANNALS"]
MEMORY = 1 << 30
SECONDS = 60


def words(n, of="the harbour council met on Tuesday and spoke of the old pier"):
    return f"Page {n}: " + " ".join(f"In paragraph {i} {of}." for i in range(6))


def html(n):
    return f"<html><head><title>Pier {n}</title></head><body><article><h1>Pier {n}</h1><p>{words(n)}</p></article></body></html>".encode()


def http(body, status="200 OK", kind="text/html; charset=utf-8", *fields):
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields, "", ""]).encode() + body


def record(block, n=1, kind="response", version="1.0", length=None, fields=()):
    """A WARC record; length: what it says of itself, when that is not the truth; None in `fields` leaves nothing out."""
    said = len(block) if length is None else length
    head = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Target-URI: http://pier.example/{n}", "WARC-Date: 2021-06-03T10:00:00Z",
            f"WARC-Record-ID: <urn:uuid:{n}>", *([] if said == "" else [f"Content-Length: {said}"]), *fields, "", ""]
    return "\r\n".join(head).encode() + block + b"\r\n\r\n"


def good(n):
    return record(http(html(n)), n)


def run(*args, stdin=None, feed=None, memory=MEMORY):
    """(exit status, readings, standard error). feed: writes to the standard input of annals."""
    def bounds():
        if "asan" not in os.environ.get("ANNALS_PRESET", "") and "tsan" not in os.environ.get("ANNALS_PRESET", ""):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    began = time.monotonic()
    p = subprocess.Popen([annals, "read", "--json", "-j1", *args], stdin=subprocess.PIPE if feed else stdin, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, preexec_fn=bounds)
    if feed:
        feed(p.stdin)
        p.stdin.close()
        p.stdin = None
    out, err = p.communicate(timeout=SECONDS)
    assert time.monotonic() - began < SECONDS
    return p.returncode, [json.loads(line) for line in out.decode().splitlines()], err.decode(errors="replace")


def problems(reading):
    return " | ".join(p["what"] for p in reading["problems"])


def urls(readings):
    return [int(r["page"]["url"].rsplit("/", 1)[1]) for r in readings]


def main(tests):
    """Each function of `tests` in a folder of its own; what fails is told by name."""
    import tempfile
    import traceback
    failed = 0
    home = os.getcwd()
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                test()
            except Exception:
                failed += 1
                print(f"FAILED {test.__name__}")
                traceback.print_exc(file=sys.stdout)
            os.chdir(home)
    print(f"{len(tests)} cases, {failed} failures")
    sys.exit(1 if failed else 0)


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)
    return name


def member(data, level=6):
    return gzip.compress(data, level, mtime=0)
