#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What data/world may not hold, told with file and line: a row or term without its source, an open term with a successor, two
holders of a single-holder office whose terms cross, one word that is a common word and asks for nothing beside it, the same
form twice in one file, a byte-order mark, a carriage return, rows out of order. And how much it must hold: the counts of issue 5.

A common word is one that the tables themselves use as a word: heads, frames, cues and function words of data/lexicon, cues and
roles of data/world; some 3,000. Terms that lie inside another's are known faults of the source: counted, and may not grow.
Prints how old the newest check of a country's terms is."""
import csv
import datetime
import glob
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

ROOT = os.environ.get('SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..', '..'))
FOLDER = os.path.join(ROOT, 'data', 'world')
INSIDE = 69          # terms inside another holder's term, as of the tables of 2026-01
# Written like a word and meant as a name: capitals tell them apart, and no other reading is common in news.
NAMES = {'Facebook', 'Twitter', 'Nato'}
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


def fold(text):
    text = unicodedata.normalize('NFKD', text)
    return ' '.join(re.findall(r'\w+', ''.join(c for c in text if not unicodedata.combining(c)).lower().replace("'", '')))


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


def files():
    """What a file must be before its rows are looked at."""
    for path in sorted(glob.glob(os.path.join(FOLDER, '*.tsv'))):
        name = os.path.basename(path)
        with open(path, 'rb') as f:
            data = f.read()
        if data.startswith(b'\xef\xbb\xbf'):
            faults.append(f'{name}:1: a byte-order mark')
        if not data.endswith(b'\n') or data.endswith(b'\n\n'):
            faults.append(f'{name}: the last line does not end, or is empty')
        lines = data.decode('utf-8').split('\n')[:-1]
        width = lines[0].count('\t')
        for number, line in enumerate(lines, 1):
            if '\r' in line:
                faults.append(f'{name}:{number}: a carriage return')
            if line.count('\t') != width:
                faults.append(f'{name}:{number}: {line.count(chr(9)) + 1} cells, {width + 1} columns')
            if any(c != c.strip() or '  ' in c for c in line.split('\t')):
                faults.append(f'{name}:{number}: spaces at an end of a cell, or two together')
            if number > 2 and line.split('\t') <= lines[number - 2].split('\t'):
                faults.append(f'{name}:{number}: out of order, or there twice')


def terms():
    single = {o['id'] for o in rows('offices') if o['single'] == '1'}
    by_office = defaultdict(list)
    newest = defaultdict(str)
    for t in rows('terms'):
        if not t['src'] or not t['verified_on']:
            fault(t, 'a term without src or verified_on')
        if 'hand' in t['src']:
            fault(t, 'a term from memory')
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


def common_words():
    words = {r['phrase'].lower() for r in rows('cues') + rows('roles')}
    for name, column in (('heads', 'word'), ('cues', 'word'), ('frames', 'key'), ('functionwords', 'word')):
        with open(os.path.join(ROOT, 'data', 'lexicon', name + '.tsv'), encoding='utf-8') as f:
            lines = [line.rstrip('\n').split('\t') for line in f if line.strip() and not line.startswith('#')]
        at = lines[0].index(column) if column in lines[0] else 0
        words |= {line[at].lower() for line in lines[1:]
                  if name != 'functionwords' or 'en' in line[1].split()}
    return {w for w in words if w.isalpha()}


def small(surface, words):
    """One word that is a common word. Short ones all in capitals are met only so ("US", "WHO"), and "The Guardian"
    only with its article and a capital (src/world/build.c)."""
    return surface.isalpha() and surface.lower() in words and not surface.isupper() and surface not in NAMES


def forms():
    words = common_words()
    print(f'{len(words)} common words')
    twice = defaultdict(set)

    def once(row, entity, surface, kind):
        key = (entity, surface, kind)
        if key in twice[row['where'].split(':')[0]]:
            fault(row, f'"{surface}" is there twice')
        twice[row['where'].split(':')[0]].add(key)
    for r in rows('forms'):
        once(r, r['entity'], r['surface'], r['kind'])
        if small(r['surface'], words) and not r['needs']:
            fault(r, f'"{r["surface"]}" is a common word and needs nothing beside it')
    for r in rows('aliases'):
        once(r, r['entity'], r['surface'], r['kind'])
        if r['kind'] != 'surname' and len(re.findall(r'\w+', r['surface'])) == 1 and (small(r['surface'], words) or r['surface'].islower()):
            fault(r, f'"{r["surface"]}" alone is a word')
    for name, field in (('orgs', 'surfaces'), ('outlets', 'cites_as'), ('places', 'alt')):
        for r in rows(name):
            for surface in filter(None, (s.strip() for s in r[field].split(';'))):
                once(r, r.get('id') or r['geonameid'], surface, name)
                if name != 'places' and (small(surface, words) or surface.isalpha() and surface.islower() and len(surface) < 6):
                    fault(r, f'"{surface}" is written like any word')
    for name in ('countries', 'people', 'offices', 'places', 'roles', 'cues', 'forms', 'aliases', 'orgs', 'outlets', 'given', 'naming', 'fixes'):
        for r in rows(name):
            if not r['src']:
                fault(r, 'a row without src')


def ids():
    """Every id that a row names is there, once in each file, and what looks like a domain is one."""
    known = {r['id'] for r in rows('countries')}
    for name in ('countries', 'people', 'offices', 'orgs', 'outlets'):
        count = Counter((r['where'].split(':')[0], r['id']) for r in rows(name))
        for (file, i), n in count.items():
            if n > 1:
                faults.append(f'{file}: {i} is there {n} times')
    for name in ('orgs', 'outlets', 'people', 'places'):
        for r in rows(name):
            if r['country'] and r['country'] not in known:
                fault(r, f'no country {r["country"]}')
    domains = Counter(r['domain'] for r in rows('outlets'))
    for r in rows('outlets'):
        if not re.fullmatch(r'[a-z0-9.-]+\.[a-z]{2,}', r['domain']) or domains[r['domain']] > 1:
            fault(r, f'{r["domain"]} is no domain, or of two outlets')


def counts():
    """What issue 5 asks to be there."""
    forms_of = Counter(r['entity'] for r in rows('forms'))
    countries = rows('countries')
    states = [r['id'] for r in countries if r['sovereign'] == 'yes']
    orgs = Counter(r['type'] for r in rows('orgs'))
    have = (('countries and territories', len(countries), 210), ('forms a sovereign state, in the mean', sum(forms_of[s] for s in states) / len(states), 12),
            ('metonyms', sum(r['kind'] == 'metonym' for r in rows('forms')), 350), ('seats', sum(r['kind'] == 'capital' for r in rows('forms')), 190),
            ('organisations beside armed groups', sum(orgs.values()) - orgs['armed_group'], 300), ('armed groups', orgs['armed_group'], 150),
            ('outlets and agencies', len(rows('outlets')), 400), ('role words', len(rows('roles')), 900), ('terms', len(rows('terms')), 16000),
            ('places', len(rows('places')), 39000), ('aliases', len(rows('aliases')), 32000))
    for what, count, least in have:
        print(f'{what}: {count:.4g}' if isinstance(count, float) else f'{what}: {count}')
        if count < least:
            faults.append(f'{what}: {count}, fewer than {least}')


def main():
    files()
    terms()
    forms()
    ids()
    counts()
    for f in faults[:60]:
        print(f)
    print(f'{len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
