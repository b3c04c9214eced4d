#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who held an office on a day: probes.tsv asked of `annals who`, and the middle of each quarter of 40 countries read out of
data/world/terms.tsv by the rule of src/world/offices.c: a term is [from, to), one without an end holds for 200 days after its last
check (400: heads), in an office of one holder the later start is taken. The holes stand in docs/world.md; --update writes them."""
import csv
import datetime
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict

ROOT = os.environ.get('SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..', '..'))
ANNALS = os.environ.get('ANNALS', os.path.join(ROOT, 'build', 'release', 'annals'))
DATA = os.environ.get('ANNALS_DATA', os.path.join(ROOT, 'build', 'release', 'share', 'annals'))
PAGE = os.path.join(ROOT, 'docs', 'world.md')
COUNTRIES = '''AFG ARG BGD BRA CAN CHN COD COL DEU DZA EGY ESP ETH FRA GBR IDN IND IRN IRQ ISR
               ITA JPN KEN KOR MEX NGA PAK PHL POL RUS SAU SYR THA TUR TZA UKR USA VEN VNM ZAF'''.split()
MONARCHIES = {'CAN', 'ESP', 'GBR', 'JPN', 'SAU', 'THA'}
# The president heads the government as well: asked once, as head of state (as ../shared/data/world/gaps.tsv does).
PRESIDENTIAL = {'AFG', 'ARG', 'BRA', 'COL', 'IDN', 'KEN', 'KOR', 'MEX', 'NGA', 'PHL', 'USA', 'VEN'}
LAST = {'head of state': 2025, 'head of government': 2025, 'foreign minister': 2021}
STALE, STALE_HEAD = 200, 400


def rows(name):
    with open(os.path.join(ROOT, name), encoding='utf-8', newline='') as f:
        return list(csv.DictReader((line for line in f if not line.startswith('#')), delimiter='\t', quoting=csv.QUOTE_NONE))


def day(text, end=False):
    y, m, d = (int(n) for n in (text.split('-') + ['0', '0'])[:3])
    if not end or d:
        return datetime.date(y, m or 1, d or 1)
    return datetime.date(y + (m == 12), m % 12 + 1, 1) if m else datetime.date(y + 1, 1, 1)


def offices_of(country, what, on):
    if what == 'foreign minister':
        return ['foreign_minister']
    if what == 'head of state':
        if country == 'IRN':
            return ['supreme_leader']
        if country == 'AFG' and on > datetime.date(2021, 8, 15):
            return ['supreme_leader', 'head_of_state']
        return ['monarch' if country in MONARCHIES else 'president']
    if country == 'TUR' and on >= datetime.date(2018, 7, 9) or country in ('IRN', 'ZAF'):
        return ['president']
    return ['chancellor' if country == 'DEU' else 'prime_minister']


def holders(terms, heads, offices, on):
    """-> the persons, and whether more than one row claims the day."""
    found = {}
    claims = set()
    for office in offices:
        stale = datetime.timedelta(days=STALE_HEAD if office in heads else STALE)
        held = [t for t in terms[office] if day(t['from']) <= on and (on < day(t['to'], True) if t['to'] else on - day(t['verified_on']) <= stale)]
        claims |= {t['person'] for t in held}
        if held:
            found[office] = max(held, key=lambda t: day(t['from']))['person']
    return set(found.values()), len(claims) > 1


def quarters():
    terms = defaultdict(list)
    for t in rows('data/world/terms.tsv'):
        terms[t['office']].append(t)
    heads = {o['id'] for o in rows('data/world/offices.tsv') if o['head'] == '1'}
    total, holes = Counter(), []
    for country in COUNTRIES:
        for what, last in LAST.items():
            if what == 'head of government' and country in PRESIDENTIAL:
                continue
            for quarter in range(4 * (last - 2004)):
                on = datetime.date(2005 + quarter // 4, 2 + 3 * (quarter % 4), 15)
                who, claimed = holders(terms, heads, [f'{country}.{o}' for o in offices_of(country, what, on)], on)
                kind = 'none' if not who else 'more' if len(who) > 1 else 'one'
                total[what, kind] += 1
                total[what, 'claimed by two'] += claimed and kind == 'one'
                if kind == 'one':
                    continue
                if holes and holes[-1][:2] == [country, what] and holes[-1][4] == quarter - 1 and holes[-1][5] == kind:
                    holes[-1][3:5] = [on, quarter]
                    holes[-1][6] += 1
                else:
                    holes.append([country, what, on, on, quarter, kind, 1])
    return total, holes


def share(total, *offices):
    one = sum(total[o, 'one'] for o in offices)
    return one / (one + sum(total[o, k] for o in offices for k in ('none', 'more')))


def table(total, holes):
    lines = ['| office | years | probes | one holder | none | more than one | one, two rows claim the day |', '|---|---|---|---|---|---|---|']
    for what, last in LAST.items():
        n = sum(total[what, k] for k in ('one', 'none', 'more'))
        lines.append(f'| {what} | 2005-{last} | {n} | {100 * share(total, what):.1f} % | {total[what, "none"]} | {total[what, "more"]} | '
                     f'{total[what, "claimed by two"]} |')
    lines += ['', '| country | office | first probe | last | probes | holders |', '|---|---|---|---|---|---|']
    lines += [f'| {c} | {what} | {a} | {b} | {n} | {kind} |' for c, what, a, b, _, kind, n in holes]
    return '\n'.join(lines) + '\n'


def fold(name):
    return re.sub(r'[^a-z]', '', name.lower())


def asked():
    """probes.tsv, through the program."""
    faults = []
    for p in rows('tests/world/probes.tsv'):
        out = subprocess.run([ANNALS, 'who', p['phrase'], '--on', p['day']], capture_output=True, text=True,
                             env=dict(os.environ, ANNALS_DATA=DATA)).stdout
        answers = [json.loads(line) for line in out.splitlines()]
        named = {a['name'] for a in answers if a['kind'] == 'person'}
        if {fold(n) for n in named} != ({fold(p['person'])} if p['person'] != '-' else set()):
            faults.append(f'{p["phrase"]}, {p["day"]}: {p["person"]}, not {", ".join(sorted(named)) or "nobody"}')
    return faults


def main():
    total, holes = quarters()
    made = table(total, holes)
    begin, end = '<!-- probes: tests/world/test_probes.py --update -->\n', '<!-- end of probes -->'
    with open(PAGE, encoding='utf-8') as f:
        page = f.read()
    a, b = page.index(begin) + len(begin), page.index(end)
    if '--update' in sys.argv:
        with open(PAGE, 'w', encoding='utf-8') as f:
            f.write(page[:a] + made + page[b:])
        page = page[:a] + made + page[b:]
        b = a + len(made)
    faults = asked()
    if page[a:b] != made:
        faults.append('docs/world.md does not hold the table of these probes: run this with --update')
    heads, foreign = share(total, 'head of state', 'head of government'), share(total, 'foreign minister')
    print(f'heads of state and government 2005-2025: {100 * heads:.2f} %, foreign ministers 2005-2021: {100 * foreign:.2f} % exactly one')
    if heads < 0.97:
        faults.append('heads: less than 97 %')
    if foreign < 0.85:
        faults.append('foreign ministers: less than 85 %')
    for f in faults:
        print(f)
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
