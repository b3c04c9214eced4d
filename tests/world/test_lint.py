#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What data/world may not hold: a term without src and verified_on, an open term with a successor, two holders of a
single-holder office whose terms cross, a form of one small word without `needs`. Prints how old the newest check of a
country's terms is. Terms that lie inside another's are known faults of the source: they are counted, and may not grow."""
import csv
import datetime
import os
import re
import sys
from collections import defaultdict

ROOT = os.environ.get('SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..', '..'))
FOLDER = os.path.join(ROOT, 'data', 'world')
INSIDE = 69          # terms inside another holder's term, as of the tables of 2026-01
faults = []


def rows(name):
    found = []
    for file in (name + '.hand.tsv', name + '.tsv'):
        path = os.path.join(FOLDER, file)
        if not os.path.exists(path):
            continue
        with open(path, encoding='utf-8', newline='') as f:
            for number, row in enumerate(csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE), 2):
                row['where'] = f'{file}:{number}'
                found.append(row)
    return found


def first(text):
    y, m, d = (text.split('-') + ['', ''])[:3]
    return datetime.date(int(y), int(m or 1), int(d or 1))


def after(text):
    """The first day after all that a cut date can mean."""
    y, m, d = (text.split('-') + ['', ''])[:3]
    if d:
        return datetime.date(int(y), int(m), int(d))
    return datetime.date(int(y) + (m == '12'), int(m) % 12 + 1, 1) if m else datetime.date(int(y) + 1, 1, 1)


def fault(row, what):
    faults.append(f'{row["where"]}: {what}')


def terms():
    single = {o['id'] for o in rows('offices') if o['single'] == '1'}
    by_office = defaultdict(list)
    newest = defaultdict(str)
    for t in rows('terms'):
        if not t['src'] or not t['verified_on']:
            fault(t, 'a term without src or verified_on')
        newest[t['office'].split('.')[0]] = max(newest[t['office'].split('.')[0]], t['verified_on'])
        if t['office'] in single:
            by_office[t['office']].append(t)
    inside = 0
    for office, held in by_office.items():
        held = sorted((t for t in held if t['basis'] != 'listed'), key=lambda t: (first(t['from']), t['to'] or '9999'))
        for a, b in zip(held, held[1:]):
            if a['person'] == b['person'] or first(a['from']) == first(b['from']):
                continue
            if not a['to']:
                fault(a, f'{office}: an open term, and {b["person"]} follows on {b["from"]}')
            elif first(a['to']) > first(b['from']) and not (b['to'] and after(b['to']) <= after(a['to'])):
                fault(a, f'{office}: runs to {a["to"]}, past the start of {b["person"]} on {b["from"]}')
            elif first(a['to']) > first(b['from']):
                inside += 1
    if inside > INSIDE:
        faults.append(f'terms.tsv: {inside} terms inside another holder\'s, {INSIDE} known')
    by_day = defaultdict(list)
    for country, day in newest.items():
        by_day[day].append(country)
    for day in sorted(by_day)[:6]:
        print(f'newest check {day}: {" ".join(sorted(by_day[day])[:12])}')
    print(f'{inside} terms lie inside another holder\'s')


def forms():
    words = {r['phrase'].lower() for r in rows('cues') if r['kind'] in ('not_a_name', 'modifier', 'former', 'particle')}
    for r in rows('forms'):
        if not r['src']:
            fault(r, 'a row without src')
        surface = r['surface']
        if ' ' not in surface and surface.lower() in words and not r['needs'] and not surface.isupper():
            fault(r, f'"{surface}" is a common word and needs nothing beside it')
    for r in rows('aliases'):
        if not r['src']:
            fault(r, 'a row without src')
        if r['kind'] != 'surname' and len(re.findall(r'\w+', r['surface'])) == 1 and (r['surface'].lower() in words or r['surface'].islower()):
            fault(r, f'"{r["surface"]}" alone is a word')
    for name, field in (('orgs', 'surfaces'), ('outlets', 'cites_as')):
        for r in rows(name):
            for surface in filter(None, (s.strip() for s in r[field].split(';'))):
                if ' ' not in surface and surface.islower() and surface.isalpha() and len(surface) < 6:
                    fault(r, f'"{surface}" is written like any word')
    for name in ('countries', 'people', 'offices', 'places', 'roles', 'cues'):
        for r in rows(name):
            if not r['src']:
                fault(r, 'a row without src')


def main():
    terms()
    forms()
    for f in faults[:40]:
        print(f)
    print(f'{len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
