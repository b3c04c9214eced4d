#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages made to hurt, through the whole program: a reading comes out, in bounded time and memory, with exit 0 or 1.

Limits are for a busy machine: CPU seconds of the process, not the clock's; under a sanitizer only that it ends well.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

ANNALS, DATA, PRESET = os.environ["ANNALS"], os.environ["ANNALS_DATA"], os.environ.get("ANNALS_PRESET", "dev")
MIB = 1 << 20
SENTENCE = b"The president of Kenya met the president of Uganda in Nairobi on Tuesday and said that talks would go on. "

SECONDS, MEMORY = 3, 400  # CPU and MiB in a release build: ten times and a third more than they took when written

PAGES = [
    ("nested.html", b"<div>" * 1000000 + b"Kenya met Uganda."),
    ("line.txt", b"A line without an end " * (64 * MIB // 22)),
    ("marks.txt", b'"' * MIB),
    ("curly.txt", "“”‘’".encode() * (MIB // 12)),
    ("dates.txt", b"On 3 March 2017 and on Tuesday, 4 April 2018. " * (MIB // 46)),
    ("prose.txt", b"\n\n".join([SENTENCE * 4] * (5 * MIB // (4 * len(SENTENCE))))),
    ("oneparagraph.txt", SENTENCE * (5 * MIB // len(SENTENCE))),
    ("lists.txt", b"\n\n".join([b"The ministers, Ana Belkar, Ole Damsen, Ivo Kerrin, Una Tolsted, Per Garrow and Lia Mundsen, said on Monday that it was done."] * 600)),  # every name presented 600 times
    ("nul.txt", b"Kenya\0met\0Uganda. " * 20000),
    ("badutf8.txt", b"Kenya \xff\xfe\xc3( met Uganda \x80. " * 20000),
    ("tags.html", b"<b c=1><p>" * (MIB // 10)),
    ("open.html", b"<a href='" * (MIB // 9)),
]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, page in PAGES:
            path = os.path.join(folder, name)
            with open(path, "wb") as f:
                f.write(page)
            process = subprocess.Popen([ANNALS, "read", "-q", "--data", DATA, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            out, err = process.stdout.read(), process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
            complaints = []
            if process.returncode not in (0, 1):
                complaints.append("exit %d: %s" % (process.returncode, err.decode(errors="replace")[:300]))
            lines = out.decode("utf-8", "strict").splitlines()
            if len(lines) != 1 or json.loads(lines[0])["format"] != "annals-reading/1":
                complaints.append("%d lines came out" % len(lines))
            elif name == "lists.txt" and "needs more memory" in lines[0]:
                complaints.append("what a page presents took its memory")
            if PRESET == "release" and (cpu > SECONDS or memory > MEMORY):
                complaints.append("more than %d s or %d MiB" % (SECONDS, MEMORY))
            print("%-18s %5.2f s %6.0f MiB%s" % (name, cpu, memory, "".join("  FAILED: " + c for c in complaints)))
            failed += bool(complaints)
            os.remove(path)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
