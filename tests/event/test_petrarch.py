#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Behaviours of PETRARCH's unit records may not fall below what docs/accuracy.md says; skipped (77) without ../shared."""

import os
import subprocess
import sys

FLOOR = ".70"
script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "score_petrarch.py")
shared = os.path.join(os.path.dirname(script), "..", "..", "..", "shared", "data", "petrarch")
sys.exit(subprocess.run([sys.executable, script, "--floor", FLOOR, "--shared", shared]).returncode)
