#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a record promises, tried with the program: any order and any parts of a build, any number of threads, a build that
is killed at several moments, a disk that fills, a second build beside the first: each ends with the same export.

The pages are varied from examples/pages: other numbers and days, so that there are enough of them to be in the middle of.
"""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("SOURCE_DIR", os.path.join(HERE, "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
VARIANTS = 6 if os.environ.get("ANNALS_PRESET") == "tsan" else 12  # slower there; more than a batch (64 pages) is needed
failures = []


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what)


def annals(*args, **kwargs):
    return subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=240, **kwargs)


def build(pages, record, *options, **kwargs):
    return annals("build", "-q", *options, *pages, "-o", record, **kwargs)


FORMATS = ("jsonl", "readings", "csv", "plover", "gdelt", "gdelt-mentions", "polecat", "coverage")


def exports(record):
    """All formats in one; an export that fails is a failure of its own."""
    parts = []
    for name in FORMATS:
        done = annals("export", record, "--format", name)
        check(done.returncode == 0, f"export {name}: {done.stderr.decode()}")
        parts.append(done.stdout)
    return b"".join(parts)


def make_pages(folder):
    """Each page of examples/pages, with its years and numbers moved, several times."""
    source = os.path.join(SOURCE, "examples/pages")
    names = sorted(n for n in os.listdir(source) if n.endswith((".html", ".txt")))
    paths = []
    for variant in range(VARIANTS):
        for name in names:
            with open(os.path.join(source, name), "rb") as f:
                page = f.read()
            page = re.sub(rb"20(1|2)\d", lambda m: b"20%s%d" % (m.group(1), variant % 10), page)
            page = re.sub(rb"\b(\d\d)\b(?![:\d])", lambda m: b"%02d" % max(1, (int(m.group(1)) + variant) % 28), page)
            paths.append(os.path.join(folder, f"{variant:02}-{name}"))
            with open(paths[-1], "wb") as f:
                f.write(page)
    return paths


def test_orders_and_parts(pages, folder, whole):
    shuffled = pages[:]
    random.Random(7).shuffle(shuffled)
    record = os.path.join(folder, "shuffled.db")
    build(shuffled, record, "-j8")
    check(exports(record) == whole, "shuffled pages on 8 threads give other exports")
    record = os.path.join(folder, "parts.db")
    third = len(pages) // 3
    for begin, end in ((third, len(pages)), (0, 1), (1, third)):
        done = build(pages[begin:end], record, "-j2")
        check(done.returncode in (0, 1), f"a part failed: {done.stderr.decode()}")
    check(exports(record) == whole, "a build in parts gives other exports")
    done = build(shuffled, record)
    check(b" 0 pages added" in done.stdout, f"the same pages again add something: {done.stdout.decode()}")
    check(exports(record) == whole, "the same pages again change the exports")


REEF = (
    "Ferry runs onto reef off Kalda\n\nMarch 3, 2022\n\nKALDA - The ferry Aurora ran onto the reef off Kalda in a storm, the harbour master said on Thursday. "
    "Its crew of eleven were taken off by lifeboat, and the lamp of the Kalda light had failed.\n\nDivers will look at the keel of the ferry, and the reef will be closed to ships.\n",
    "Sailors tell of night on the Aurora\n\nThey heard the keel crack before they saw the reef. Seven of the crew spoke to this paper in a cafe in Kalda, "
    "and all praised the lifeboat that came through the storm for them.\n\nThe owner of the ferry would not answer our letters.\n",
    "Tugs pull Aurora off the rocks\n\nMarch 28, 2022\n\nKALDA - Two tugs freed the ferry Aurora from the reef at Kalda, where a storm had put it, the pilots said on Monday. "
    "Welders closed the crack in its keel; the crew cheered from the lifeboat.\n\nThe owner paid for the tugs.\n")


def sizes(record):
    """How many pages each story has."""
    return sorted(len(json.loads(line)["readings"]) for line in annals("export", record, "--format", "jsonl").stdout.splitlines())


def test_a_page_that_was_clearly_of_a_story(folder):
    """A page without a day stands with the one that it is clearly most like; a report of other days that it is as like comes later, and takes it away."""
    paths, whole, record, grown = [], os.path.join(folder, "reef-whole.db"), os.path.join(folder, "reef.db"), []
    for number, text in enumerate(REEF):
        paths.append(os.path.join(folder, f"reef{number}.txt"))
        with open(paths[-1], "w", encoding="utf-8") as f:
            f.write(text)
        build(paths[-1:], record)
        grown.append(sizes(record))
    build(paths, whole)
    check(grown == [[1], [2], [1, 1, 1]], f"pages by story, as they came: {grown}")
    check(exports(record) == exports(whole), "pages that come one by one give other exports, where the last takes one of them out of its story")


def test_kill(pages, folder, whole, seconds):
    """kill -9 at eight moments spread over the time that a whole build takes."""
    reached = set()
    for i in range(8):
        record = os.path.join(folder, f"killed-{i}.db")
        process = subprocess.Popen([ANNALS, "build", "-q", "-j1", *pages, "-o", record], env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(seconds * (i + 0.5) / 8)
        process.send_signal(signal.SIGKILL)
        reached.add(process.wait() == -signal.SIGKILL)
        done = build(pages, record)
        check(done.returncode in (0, 1), f"the build after a kill failed: {done.stderr.decode()}")
        check(exports(record) == whole, f"killed after {seconds * (i + 0.5) / 8:.2f} s and built again: other exports")
    check(True in reached, "no build was killed while it ran")


def test_killed_record_is_told(pages, folder):
    """A record whose build stopped says so, and is exported as far as its last generation goes."""
    record = os.path.join(folder, "stopped.db")
    build(pages[:5], record)
    before = annals("export", record).stdout
    reader, writer = os.pipe()
    process = subprocess.Popen([ANNALS, "build", "-q", "-j1", *pages[5:], "-", "-o", record], stdin=reader, env=ENVIRONMENT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.time() + 60
    while time.time() < deadline:  # until the first batch is on disk; the build then waits for standard input
        done = annals("export", record)
        if b"was stopped" in done.stderr:
            break
        time.sleep(0.1)
    check(b"was stopped" in done.stderr, "a record in the middle of a build does not say so")
    check(done.returncode == 0 and done.stdout == before, "readers do not see the last finished generation")
    process.kill()
    process.wait()
    os.close(writer)
    os.close(reader)


def test_two_builds(pages, folder):
    record = os.path.join(folder, "two.db")
    first = subprocess.Popen([ANNALS, "build", "-q", "-", "-o", record], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    deadline = time.time() + 60
    while not os.path.exists(record) and time.time() < deadline:
        time.sleep(0.05)
    second = build(pages[:2], record)
    check(second.returncode == 2, f"a second build beside the first ends with {second.returncode}")
    check(re.search(rb"another build writes .* since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", second.stderr) is not None,
          f"the second build does not say since when: {second.stderr.decode()}")
    with open(pages[0], "rb") as f:
        first.communicate(f.read())
    check(first.returncode in (0, 1), "the first build failed beside the second")
    check(build(pages[:2], record).returncode in (0, 1), "a build after both failed")


def test_full_disk(pages, folder, whole):
    """A file may not grow beyond a limit: as on a full disk. Then it may again."""
    record = os.path.join(folder, "full.db")
    told = 0
    for limit in (20_000, 200_000, 600_000, 1_200_000):
        done = build(pages, record, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        if done.returncode == 2:
            told += 1
            check(b"disk is full" in done.stderr and record.encode() in done.stderr, f"a full disk is told as: {done.stderr.decode()}")
    check(told > 0, "no limit was met")
    done = build(pages, record)
    check(done.returncode in (0, 1), f"the build after a full disk failed: {done.stderr.decode()}")
    check(exports(record) == whole, "a build that met a full disk and went on gives other exports")
    out = os.path.join(folder, "full.jsonl")
    done = annals("export", record, "-o", out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)))
    check(done.returncode == 2 and b"cannot write" in done.stderr, "an export that does not fit is not told")
    check(not os.path.exists(out) and not os.path.exists(out + ".part"), "an export that does not fit leaves half a file")


def test_read_only(pages, folder):
    record = os.path.join(folder, "locked", "r.db")
    os.mkdir(os.path.dirname(record))
    build(pages[:3], record)
    before = exports(record)
    os.chmod(record, 0o444)
    os.chmod(os.path.dirname(record), 0o555)
    try:
        check(exports(record) == before, "a record that may only be read gives other exports")
        if os.geteuid() != 0:
            done = build(pages, record)
            check(done.returncode == 2 and b"cannot write" in done.stderr, "a record that may only be read is built")
    finally:
        os.chmod(os.path.dirname(record), 0o755)


def main():
    if not os.path.exists(os.path.join(DATA, "english.an")):
        print(f"skipped: no compiled data in {DATA}")
        return 77
    folder = tempfile.mkdtemp(prefix="annals-build-")
    try:
        pages_folder = os.path.join(folder, "pages")
        os.mkdir(pages_folder)
        pages = make_pages(pages_folder)
        record = os.path.join(folder, "whole.db")
        began = time.time()
        done = build(pages, record, "-j1")
        seconds = time.time() - began
        check(done.returncode in (0, 1), f"the whole build failed: {done.stderr.decode()}")
        if failures:
            return 1
        whole = exports(record)
        check(whole.count(b"annals-reading/1") > len(pages) // 2, "the pages are not in the export")
        test_orders_and_parts(pages, folder, whole)
        test_a_page_that_was_clearly_of_a_story(folder)
        test_kill(pages, folder, whole, seconds)
        test_killed_record_is_told(pages, folder)
        test_two_builds(pages, folder)
        test_full_disk(pages, folder, whole)
        test_read_only(pages, folder)
        print(f"{len(pages)} pages, a build of {seconds:.2f} s, {len(whole)} bytes of exports; {len(failures)} failures")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
