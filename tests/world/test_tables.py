#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/worldc and tables that are wrong: every fault is told with file and line, all in one run, and nothing is written."""
import os
import subprocess
import sys
import tempfile

BUILD = os.environ.get('ANNALS_BUILD', os.path.join('build', 'release'))
WORLDC = os.path.join(BUILD, 'tools', 'worldc')

GOOD = {
    'countries': ['id\tname\tcow\tvalid_from\tvalid_to\tsovereign\tlat\tlon\twikidata\tgec\tiso2\tsrc', 'ZZA\tFirstland\t\t\t\tyes\t1.0\t2.0\tQ1\t\t\town'],
    'forms': ['entity\tsurface\tkind\tcase\tprior\tneeds\tsector\tsrc', 'ZZA\tFirstland\tname\tany\t900\t\t\town'],
    'people': ['id\tdisplay\tgiven\tfamily\tpronoun\tcountry\tsector\tsrc', 'P1\tAna Berg\tAna\tBerg\tshe\tZZA\t\town'],
    'given': ['name\tsrc', 'Ana\town'],
    'naming': ['kind\tname\tsrc', 'family-first\tBerg\town'],
    'aliases': ['entity\tsurface\tkind\tsrc', 'P1\tAna Berg\tfull\town'],
    'offices': ['id\tentity\trole\tsector\tsingle\thead\tsurfaces\tsrc', 'ZZA.president\tZZA\tpresident\tGOV\t1\t1\t\town'],
    'terms': ['person\toffice\tfrom\tto\tprecision\tbasis\tverified_on\tsrc', 'P1\tZZA.president\t2001-02-03\t2005\td\theld\t2006-01-01\town'],
    'orgs': ['id\tdisplay\ttype\tcountry\tplover\tsector\tvalid_from\tvalid_to\tsurfaces\tsrc', 'org.A\tAid Front\tngo\tZZA\tNGO\tNGO\t\t\tAid Front\town'],
    'outlets': ['id\tdisplay\tdomain\tcountry\tkind\tcites_as\tsrc', 'outlet.a\tDaily A\ta.example\tZZA\tpaper\tDaily A\town'],
    'roles': ['phrase\tsector\toffice\tkind\tneeds_country\tplural\tsrc', 'president\tGOV\tpresident\tperson\t1\t0\town'],
    'cues': ['phrase\tkind\tsrc', 'former\tformer\town'],
    'places': ['geonameid\tname\tascii\talt\tcountry\tadmin1\tlat\tlon\tpop\tfeature\tsrc', '1\tOldtown\tOldtown\t\tZZA\tNorth\t1.0\t2.0\t50000\tPPL\town'],
}

# table, line to add, words of the message; the line's number follows from its place.
WRONG = [
    ('countries', 'ZZB\tSecondland', '2 cells where the header names 12 columns'),
    ('countries', 'ZZC\tThirdland\t\t\t\tyes\t\t\tQ3\t\t\t', 'a row without a source'),
    ('countries', 'ZZD\tFourthland\t\t1990-13-01\t\tyes\t\t\tQ4\t\t\town', 'no day'),
    ('countries', 'ZZA\tFirstland again\t\t\t\tyes\t\t\tQ1\t\t\town', 'an id that is there already'),
    ('countries', 'ZZE\tFifthland\t\t\t\tyes\t\t\tQ5\t\t\town\r', 'carriage return'),
    ('forms', 'ZZX\tNoland\tname\tany\t900\t\t\town', 'no such entity'),
    ('forms', 'ZZA\tFirstie\tnickname\tany\t900\t\t\town', 'no such kind of form'),
    ('forms', 'ZZA\tFirsty\tname\tany\tmuch\t\t\town', 'no number'),
    ('forms', 'ZZA\tFirstling\tname\tany\t900\tsometimes\t\town', 'a need that nobody knows'),
    ('forms', 'ZZA\t...\tname\tany\t900\t\t\town', 'a form without a word in it'),
    ('naming', 'family-last\tBerg\town', 'no such rule of names'),
    ('naming', 'country-first\tZZX\town', 'no such country'),
    ('naming', 'join\tvan\t', 'a row without a source'),
    ('people', 'P1\tAna Berg\tAna\tBerg\tshe\tZZA\t\town', 'an id that is there already'),
    ('countries', 'ZZF\tSixthland\t\t\t\tperhaps\t\t\tQ6\t\t\town', 'sovereign is yes, no, disputed or former'),
    ('forms', 'ZZA\tFirstland\tname\tany\t900\t\t\town', 'a form that stands here twice'),
    ('forms', 'ZZA\tFIRST\tabbr\tloud\t900\t\t\town', 'case is any or exact'),
    ('forms', 'ZZA\tFirst House\tmetonym\tany\t900\t\tgov\town', 'no code of three capitals'),
    ('people', 'P2\tBo Vale\tBo\tVale\the\tZZX\t\town', 'no such country'),
    ('people', 'P3\tCy Dahl\tCy\tDahl\tthey\tZZA\t\town', 'pronoun is he or she'),
    ('people', 'P4\tDi Moor\tDi\tMoor\tshe\tZZA\tGOVT\town', 'no code of three capitals'),
    ('aliases', 'P1\tAna Berg\tfull\town', 'a form that stands here twice'),
    ('offices', 'ZZX.king\tZZX\tking\tGOV\t1\t1\t\town', 'no such country'),
    ('terms', 'P1\tZZA.president\t2014\t2015\ty\tappointed\t2016-01-01\town', 'no such basis of a term'),
    ('terms', 'P1\tZZA.president\t2016\t2017\tweek\theld\t2018-01-01\town', 'precision is d, m or y'),
    ('orgs', 'org.B\tBlue Front\tngo\tZZX\tNGO\tNGO\t\t\tBlue Front\town', 'no such country'),
    ('orgs', 'org.C\tCoal Board\tngo\tZZA\tNGO\tNGO\t\t\tCoal Board; Coal Board\town', 'a form that stands here twice'),
    ('outlets', 'outlet.b\tDaily B\tb.example\tZZX\tpaper\tDaily B\town', 'no such country'),
    ('roles', 'president\tGOV\tpresident\tperson\t1\t0\town', 'a form that stands here twice'),
    ('cues', 'former\tformer\town', 'a form that stands here twice'),
    ('places', '3\tLosttown\t\t\tZZX\t\t\t\t5\tPPL\town', 'no such country'),
    ('aliases', 'P9\tNobody\tfull\town', 'no such person'),
    ('aliases', 'P1\tAnna Berg\tspelling\town', 'no such kind of alias'),
    ('terms', 'P1\tZZA.president\t2008\t2007\ty\theld\t2009-01-01\town', 'a term that ends before it starts'),
    ('terms', 'P1\tZZA.president\t2008-02-30\t\td\theld\t2009-01-01\town', 'no day'),
    ('terms', 'P1\tZZA.chancellor\t2008\t2009\ty\theld\t2009-01-01\town', 'no such office'),
    ('terms', 'P8\tZZA.president\t2008\t2009\ty\theld\t2009-01-01\town', 'no such person'),
    ('terms', 'P1\tZZA.president\t2010\t2011\ty\theld\t2009-01-01\t', 'a term without src or verified_on'),
    ('terms', 'P1\tZZA.president\t2012\t2013\ty\theld\t\town', 'a term without src or verified_on'),
    ('orgs', 'org.A\tAid Front\tngo\tZZA\tNGO\tNGO\t\t\tAid Front\town', 'an id that is there already'),
    ('roles', 'chief\tGOV\t\tboss\t0\t0\town', 'no such kind of role'),
    ('cues', 'once\tsometime\town', 'no such kind of cue'),
    ('places', '2\tNewtown\t\t\tZZA\t\t\t\tmany\tPPL\town', 'no number'),
]


def write(folder, tables):
    for name, lines in tables.items():
        with open(os.path.join(folder, name + '.tsv'), 'wb') as f:
            f.write(b''.join(line if isinstance(line, bytes) else (line + '\n').encode() for line in lines))


def run(tables):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, tables)
        out = os.path.join(folder, 'world.an')
        done = subprocess.run([WORLDC, folder, out], capture_output=True, text=True, errors='replace')
        return done.returncode, done.stderr.replace(folder + os.sep, ''), os.path.exists(out)


def main():
    faults = []

    def hold(what, well):
        if not well:
            faults.append(what)
    code, said, written = run(GOOD)
    hold(f'good tables are refused: {said}', code == 0 and written)

    tables = {name: list(lines) for name, lines in GOOD.items()}
    expected = []
    for name, line, what in WRONG:
        tables[name].append(line)
        expected.append((f'{name}.tsv:{len(tables[name])}: ', what))
    code, said, written = run(tables)
    hold(f'exit status {code}', code == 2)
    hold('something was written', not written)
    lines = said.splitlines()
    for where, what in expected:
        hold(f'not told: {where}{what}', any(line.startswith(where) and what in line for line in lines))
    told = {line.split(': ')[0] + ':' for line in lines if '.tsv:' in line}
    for where in told - {where.strip() for where, _ in expected}:
        hold(f'told without need: {where}', False)

    tables = {name: list(lines) for name, lines in GOOD.items()}
    tables['cues'][0] = b'\xef\xbb\xbf' + (GOOD['cues'][0] + '\n').encode()
    tables['roles'].append(b'k\xc3\tGOV\t\tperson\t0\t0\town\n')
    tables['given'] = []
    code, said, written = run(tables)
    for where, what in (('cues.tsv:1: ', 'byte-order mark'), ('roles.tsv:3: ', 'no UTF-8'), ('given.tsv:0: ', 'no line names the columns')):
        hold(f'not told: {where}{what}: {said}', any(line.startswith(where) and what in line for line in said.splitlines()))
    hold('a bad file was compiled', code == 2 and not written)

    missing = {name: lines for name, lines in GOOD.items() if name != 'terms'}
    code, said, written = run(missing)
    hold(f'a missing table: {said}', code == 2 and 'terms.tsv is not there' in said and not written)
    for f in faults:
        print(f)
    print(f'{len(WRONG) + 4} wrong things, {len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    if not os.path.exists(WORLDC):
        print(f'{WORLDC} is not built')
        sys.exit(77)
    main()
