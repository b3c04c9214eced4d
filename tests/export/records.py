# SPDX-License-Identifier: Apache-2.0
"""The record of examples/pages that the tests of exports share, and how they run annals."""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.environ.get("SOURCE_DIR", os.path.join(HERE, "..", "..")))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
PAGES = os.path.join(SOURCE, "examples/pages")
failures = []


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what)
    return right


def has_data():
    return os.path.exists(os.path.join(DATA, "english.an"))


def annals(*args, status=0, text=True, **kwargs):
    """Standard output of a run; its exit status is checked."""
    done = subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=240, **kwargs)
    check(done.returncode == status, f"annals {' '.join(args)}: exit status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-600:]}")
    return done.stdout.decode("utf-8") if text else done.stdout


def build(record, *pages):
    """A record of pages; 1, some page has a problem, is well."""
    done = subprocess.run([ANNALS, "build", "-q", *(pages or (PAGES,)), "-o", record], capture_output=True, env=ENVIRONMENT, timeout=240)
    check(done.returncode <= 1, f"build: {done.stderr.decode('utf-8', 'replace')[-600:]}")
    return record
