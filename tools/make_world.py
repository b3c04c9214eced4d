#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_world.py: make data/world/*.tsv out of the frozen facts in ../shared/data/world.

For developers: run it when the facts or the rules below change, look at the diff, commit it. Nothing is
written from memory here: names and terms come from the facts alone. What people wrote by hand stands in
the files *.hand.tsv, outlets.tsv, roles.tsv and cues.tsv, which this program reads and never touches. It gives
the same bytes each time; tests/world/test_generate.py holds the committed tables against it.

    tools/make_world.py [--facts ../shared/data/world] [--hand data/world] [--out data/world]
"""
import argparse
import csv
import datetime
import difflib
import functools
import os
import re
import sys
import unicodedata
from collections import defaultdict

PARTICLES = {'von', 'van', 'der', 'den', 'de', 'la', 'di', 'da', 'do', 'dos', 'das', 'del', 'bin', 'ibn', 'al', 'el',
             'ter', 'ten', 'af', 'zu', 'of', 'the', 'bint', 'ould', 'y', 'e'}
ROMAN = re.compile(r'^[IVX]{1,5}$')
HONORIFIC = re.compile(r'^(King|Queen|Emperor|Emir|Amir|Sultan|Sheikh|Shaykh|Prince|Princess|Crown Prince|Dr\.?|Gen\.|Lt\.|'
                       r'Col\.|Maj\.|Brig\.|Mr\.|Mrs\.|Ms\.|Sir|Dame|Lord|Grand Duke|Pope|Co-prince|Archbishop|Ambassador|Capt\.|'
                       r'Adm\.|Vice Adm\.|Rear Adm\.|Dr|Professor|Prof\.|Hon\.|Excellency|General|Colonel|Marshal|Mar\.)\s+')
FAMILY_FIRST = {'CHN', 'KOR', 'PRK', 'TWN', 'HKG', 'KHM', 'MAC'}
WHOLE_ALIKE = FAMILY_FIRST | {'VNM'}
CLASSES = {'head_of_state', 'head_of_government', 'supreme_leader', 'vice_head_of_state', 'deputy_head_of_government',
           'foreign_minister', 'defence_minister', 'interior_minister', 'finance_minister', 'justice_minister',
           'energy_minister', 'economy_minister', 'health_minister', 'parliament_leader', 'un_sg', 'eu', 'spokesperson',
           'military_chief', 'security_chief', 'un_official', 'io_official', 'un_ambassador', 'central_bank',
           'representative_of_head_of_state'}
# class -> (role, one holder at a time, sector)
PLAIN = {'supreme_leader': ('supreme_leader', 1, 'GOV'), 'vice_head_of_state': ('vice_president', 0, 'GOV'),
         'deputy_head_of_government': ('deputy_prime_minister', 0, 'GOV'), 'foreign_minister': ('foreign_minister', 1, 'GOV'),
         'defence_minister': ('defence_minister', 1, 'GOV'), 'interior_minister': ('interior_minister', 1, 'GOV'),
         'finance_minister': ('finance_minister', 1, 'GOV'), 'justice_minister': ('justice_minister', 1, 'GOV'),
         'energy_minister': ('energy_minister', 0, 'GOV'), 'economy_minister': ('economy_minister', 0, 'GOV'),
         'health_minister': ('health_minister', 0, 'GOV'), 'parliament_leader': ('speaker', 0, 'LEG'),
         'spokesperson': ('spokesperson', 0, 'GOV'), 'military_chief': ('military_chief', 0, 'MIL'),
         'security_chief': ('security_chief', 0, 'SPY'), 'un_ambassador': ('un_ambassador', 0, 'GOV'),
         'central_bank': ('central_bank_governor', 0, 'GOV'),
         'representative_of_head_of_state': ('governor_general', 0, 'GOV')}
HEADS = {'supreme_leader', 'president', 'prime_minister', 'chancellor', 'monarch', 'chief_executive', 'first_minister',
         'pope', 'head_of_state', 'head_of_government', 'chair_of_presidency'}
TODAY_LIMIT = '1970'
# Local and former names that are words, other people's names, or mean something older than the state.
WORDS_TOO = {'island', 'choson', 'dilmun', 'tylos', 'awal', 'misr', 'uman', 'tunis', 'ifni', 'german reich', 'russian empire', 'kingdom of hungary',
             'mesopotamia', 'senegambia', 'gold coast', 'quito', 'santo domingo', 'mexican empire', 'outer mongolia', 'belau', 'pleasant island',
             'savage island', 'friendly islands', 'upper peru', 'great colombia', 'confederation', 'vila', 'viti', 'uqbar', 'caroline islands'}


@functools.cache
def fold(text):
    """Lower case, no accents, hyphens and apostrophes gone: as src/world/fold.c, for comparing only."""
    text = unicodedata.normalize('NFKD', text.replace('ı', 'i').replace('ø', 'o').replace('ł', 'l').replace('đ', 'd'))
    text = ''.join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"[’'`ʻʿʾ‘]", '', text)
    return ' '.join(re.findall(r'\w+', text))


def read(path):
    with open(path, encoding='utf-8', newline='') as f:
        rows = list(csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE))
    for r in rows:                             # the facts call the European Union EUE, PLOVER calls it EUR
        r.update((k, 'EUR') for k in ('country', 'code', 'id', 'iso3', 'alpha3') if r.get(k) == 'EUE')
    return rows


def write(folder, name, header, rows):
    rows = sorted({tuple('' if v is None else ' '.join(str(v).split()) for v in r) for r in rows})
    for r in rows:
        assert len(r) == len(header), (name, r)
        assert not any('\t' in v or '\n' in v for v in r), (name, r)
    with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='\n') as f:
        f.write('\t'.join(header) + '\n')
        for r in rows:
            f.write('\t'.join(r) + '\n')
    print(f'{name}: {len(rows)} rows', file=sys.stderr)


# ---- countries and their forms -------------------------------------------------------------------------

def clean(text):
    text = re.sub(r'\s*\([^)]*\)', '', text).replace('*', '').split(';')[0].strip()
    return text.replace('’', "'")


def listed(text):
    return [t.strip() for t in text.replace('*', '').split(';') if t.strip()]


def plain_names(text):
    """Former and local names as the Factbook lists them, "Schweiz (German)/ Suisse (French)": those that can be told apart."""
    text = ' '.join(re.sub(r'\([^)]*\)?|\[[^]]*\]', '', text).split())
    found = [t.strip() for t in re.split(r'[;/]| or ', text)]
    return [t for t in found if re.fullmatch(r"[A-Z][\w' -]{3,44}", t) and not re.search(r'Trust Territory|Protectorate| and .* and | is the ', t)]


def names_elsewhere(facts):
    """What a former or local name may not be: the name of a place or capital, or of more than one country, or an English word."""
    found = {fold(r[k]) for r in read(os.path.join(facts, 'places.tsv')) for k in ('name', 'ascii')}
    count = defaultdict(set)
    for r in read(os.path.join(facts, 'countries.tsv')):
        for t in [clean(r['name'])] + plain_names(r['former_names']) + plain_names(r['local_names']) + [r['capital'], r['adjective']] + listed(r['alt_names']):
            count[fold(t)].add(r['code'])
    found |= {t for t, codes in count.items() if len(codes) > 1}
    return found | WORDS_TOO


def adjectives(row):
    """The source writes "Saudi or Saudi Arabian", "Antiguan, Barbudan", "Motswana (singular), Batswana (plural)"."""
    if row['status'].startswith(('Part of', 'Territor')) and row['code'] not in ('GRL', 'PRI', 'HKG', 'FRO', 'BMU', 'GUM'):
        return []
    text = re.sub(r'\s*\([^)]*\)', '', row['adjective'])
    found = [a.strip() for a in re.split(r',| or |;|/| and ', text) if a.strip()]
    other = re.sub(r'\s*\([^)]*\)', '', row['adjective_other']).strip()
    if other and row['status'] == 'sovereign' and other != row['name']:
        found += [a.strip() for a in other.split(' or ') if a.strip()]
    bad = {'Dutch', 'French', 'Chinese', 'Korean', 'Congo', 'Antiguans', 'Batswana', 'Spaniard'}
    keep = {'Dutch': 'NLD', 'French': 'FRA', 'Chinese': 'CHN'}
    return [a for a in dict.fromkeys(found) if a not in bad or keep.get(a) == row['code']]


def countries(facts, out):
    rows, forms = [], []
    names = {}
    elsewhere = names_elsewhere(facts)
    for r in read(os.path.join(facts, 'countries.tsv')):
        code = r['code']
        if code in ('XIO', 'NTZ', 'BUR', 'TMP') or code.startswith('COW') and code != 'COW315':  # no states, or another code has them
            continue
        name = clean(r['name']).replace(' & ', ' and ').replace('St. ', 'Saint ')
        name = re.sub(r' SAR China$', '', name)
        name = {'Congo - Kinshasa': 'Democratic Republic of the Congo', 'Congo - Brazzaville': 'Republic of the Congo'}.get(name, name)
        names[code] = name
        src = 'facts:' + r['source'].replace('; ', ',')
        sovereign = {'sovereign': 'yes', 'In contention': 'disputed', 'partly_recognised': 'disputed', 'unrecognised': 'disputed',
                     'former': 'former'}.get(r['status'], 'no')
        if code == 'TWN':
            sovereign = 'disputed'
        rows.append((code, name, r['cow_abbrev'], r['cow_from'] if sovereign == 'former' else '', r['cow_to'], sovereign,
                     r['capital_lat'], r['capital_lon'], r['wikidata_id'], r['gec'], r['iso2'], src))
        seen = set()

        def form(surface, kind, prior):
            if code == 'EUR':
                return                         # an organisation, in orgs.hand.tsv
            surface = surface.strip().rstrip('*').strip()
            exact = surface.isupper() or re.fullmatch(r'(?:[A-Z]\.)+[A-Z]?', surface)
            if len(surface) < 2 or (fold(surface), kind) in seen:
                return
            if surface in ('Virgin Islands', 'The Dominican', 'Antarctica') or re.search(r'\(|\d|/', surface):
                return
            seen.add((fold(surface), kind))
            forms.append((code, surface, kind, 'exact' if exact else 'any', prior, '', '', src))
        ambiguous = code in ('COD', 'COG')
        form(name, 'name', 900)
        if ' & ' in clean(r['name']) or 'St. ' in r['name']:
            form(clean(r['name']), 'name', 880)
        for alt in listed(r['alt_names']):
            alt = re.sub(r'\s*\([^)]*\)', '', alt)
            if ', ' in alt or (ambiguous and alt == 'Congo'):
                continue
            form(alt, 'abbr' if alt.replace('.', '').isupper() else 'name', 850)
        if r['status'] in ('sovereign', 'former', 'partly_recognised', 'In contention'):
            form(clean(r['official_name']), 'name', 880)
        for adj in adjectives(r):
            form(adj, 'adj', 900)
        if r['status'] == 'sovereign' or r['code'] in ('GRL', 'PRI', 'XKX', 'TWN'):
            for kind, field in (('noun', 'demonym_singular'), ('noun_pl', 'demonym_plural')):
                for d in listed(r[field]):
                    if d not in ('Korean', 'Koreans', 'British', 'Taiwan', 'Laos', 'Cypriot; Dutch'):
                        form(d, kind, 850)
        for kind, prior, texts in (('former', 700, plain_names(r['former_names'])), ('name', 750, plain_names(r['local_names']))):
            for text in texts:
                if r['status'] in ('sovereign', 'partly_recognised') and fold(text) not in elsewhere:
                    form(text, kind, prior)
        cap = r['capital'].split(' in ')[0]
        if cap and 'London' not in cap or code == 'GBR':
            if r['status'] in ('sovereign', 'partly_recognised', 'former') or code == 'TWN':
                cap = cap.replace(', D.C.', '')
                if cap not in ('Vatican City', 'East Jerusalem'):
                    form(cap, 'capital', 600)
                    plain = ''.join(c for c in unicodedata.normalize('NFKD', cap) if not unicodedata.combining(c))
                    form(plain, 'capital', 600)
    write(out, 'countries.tsv', 'id name cow valid_from valid_to sovereign lat lon wikidata gec iso2 src'.split(), rows)
    write(out, 'forms.tsv', 'entity surface kind case prior needs sector src'.split(), forms)
    return names, {r[0] for r in rows if r[5] in ('yes', 'disputed', 'former')}


# ---- people: names ---------------------------------------------------------------------------------------

def is_caps(token):
    letters = [c for c in token if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters) and not ROMAN.match(token)


def title_case(token):
    if token.lower() in PARTICLES and len(token) <= 4:
        return token.lower()
    return re.sub(r"[^\W\d_]+", lambda m: m.group(0)[0].upper() + m.group(0)[1:].lower(), token)


def normal_name(raw):
    """-> (display, given, family). The Factbook writes the family name in capitals and keeps the country's order."""
    raw = re.sub(r'\s+', ' ', re.sub(r'"[^"]*"|\([^)]*\)', '', raw)).replace('al- ', 'al-').strip(' ,')
    raw = re.sub(r',?\s+(Jr|Sr|Dr|Gen|MP|SC)\.?$', '', raw)
    raw = raw.split(',')[0].strip()
    while HONORIFIC.match(raw):
        raw = HONORIFIC.sub('', raw, count=1)
    tokens = raw.split()
    family = []
    shown = []
    for t in tokens:
        parts = re.split(r'(-)', t)
        caps = [p for p in parts if is_caps(p)]
        if caps and not re.fullmatch(r'(?:[A-Z]\.)+', t):
            done = ''.join(title_case(p) if is_caps(p) else p for p in parts)
            shown.append(done)
            mixed = [p for p in parts if p not in ('-',) and not is_caps(p)]
            if len(caps) * 2 == len(parts) + 1 or all(p.lower() in PARTICLES for p in mixed):
                family.append(done)
            else:
                family.append('-'.join(title_case(p) for p in caps))
        else:
            shown.append(t)
    if shown and shown[0].lower() in PARTICLES and shown[0].islower():
        shown[0] = shown[0].capitalize() if len(shown) > 1 else shown[0]
    given = ' '.join(t for t in shown if t not in family)
    return ' '.join(shown), given, ' '.join(family)


def plain_name(raw, country):
    """A Wikidata label: mixed case. The family name is a guess by position, used as a surname form only."""
    raw = re.sub(r'\s*\([^)]*\)', '', raw).strip()
    raw = re.sub(r',?\s+(Jr|Sr)\.?$', '', raw)
    tokens = raw.split()
    if len(tokens) < 2:
        return raw, '', raw
    if country in FAMILY_FIRST and 2 <= len(tokens) <= 3 and not any('.' in t for t in tokens):
        return raw, ' '.join(tokens[1:]), tokens[0]
    cut = len(tokens) - 1
    if ROMAN.match(tokens[-1]):
        return raw, raw, ''
    while cut > 1 and (tokens[cut - 1].lower() in PARTICLES or tokens[cut - 1] in ('Al', 'El', 'Ben', 'Ould', 'Van', 'Von', 'Le', 'La')):
        cut -= 1
    return raw, ' '.join(tokens[:cut]), ' '.join(tokens[cut:])


@functools.cache
def alike(a, b):
    """How alike two tokens are, after what romanisations differ in."""
    def key(t):
        t = fold(t).replace(' ', '')
        t = re.sub(r'^(al|el)(?=\w{3})', '', t)
        for x, y in (('kh', 'k'), ('gh', 'g'), ('dh', 'd'), ('ou', 'u'), ('oo', 'u'), ('ee', 'i'), ('q', 'k'), ('ph', 'f'), ('w', 'v'),
                     ('y', 'i'), ('j', 'i'), ('ts', 'c'), ('tz', 'c'), ('z', 's'), ('o', 'u'), ('e', 'i')):
            t = t.replace(x, y)
        return re.sub(r'(.)\1+', r'\1', t)
    x, y = key(a), key(b)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    return difflib.SequenceMatcher(None, x, y, autojunk=False).ratio()


def bare(tokens):
    """Without what every second name has: al, bin, Abd."""
    return [t for t in tokens if t not in PARTICLES and not re.fullmatch(r'abd(el|al|ul|u)?|abu|ould|mohd?|sayyid|sayed|shaykh|sheikh', t)] or list(tokens)


@functools.cache
def pairs(a, b):
    """Tokens of the shorter name, each with a token of its own in the longer: (the least likeness, their sum)."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    left, least, total = list(long), 1.0, 0.0
    for t in short:
        best = max(left, key=lambda o: alike(t, o))
        least = min(least, alike(t, best))
        total += alike(t, best)
        left.remove(best)
    return least, total


def same_person(tokens_a, family_a, tokens_b, lenient, whole):
    """How sure is it that the capitals row (tokens_a, family_a) is the person written tokens_b? 0: another."""
    if whole:                                  # few family names, short given names: the whole must be alike
        sure = alike(''.join(tokens_a), ''.join(tokens_b))
        return sure if sure >= 0.9 else 0.0
    a, b = bare(tokens_a), bare(tokens_b)
    least, total = pairs(tuple(a), tuple(b))
    sure = 2 * total / (len(a) + len(b))
    # "Sadyr Japarov" is not Akylbek: all of the shorter name must stand in the longer, and two names at least.
    if least >= 0.8 and (min(len(a), len(b)) >= 2 or len(a) == len(b)):
        return sure
    if not lenient:
        return 0.0
    family = bare(family_a)
    fam = max(alike(f, t) for f in family for t in b)
    if lenient == 2 and max(alike(f, b[-1]) for f in family) >= 0.95:
        return max(sure, 0.5)                  # the same office from the same day, the same family name: Liz, Mary Elizabeth
    giv = max((alike(g, t) for g in a if g not in family for t in b), default=0.6)
    return max(sure, 0.4) if fam >= 0.72 and giv >= (0.5 if lenient == 2 else 0.7) else 0.0


# ---- offices ---------------------------------------------------------------------------------------------

def office_of(cls, position):
    """-> (role, single holder, sector, acting) or None."""
    p = position.lower()
    acting = bool(re.search(r'\b(acting|interim|caretaker|transitional|provisional)\b', p))
    if cls in ('head_of_state', 'head_of_government'):
        if re.search(r'captain regent|co-prince|member of|\bcouncil of state\b|^ceo$', p):
            return None
        if re.search(r'chair\w* of the presidency|presidency', p):
            return 'chair_of_presidency', 1, 'GOV', acting
        if re.search(r'president of the (government|council of ministers|executive|council)|prime minister|\bpremier\b|council of ministers|'
                     r'cabinet of ministers|chairman of the government|taoiseach|minister of state$|minister-president|statsminister', p):
            return 'prime_minister', 1, 'GOV', acting
        if re.search(r'first minister', p):
            return 'first_minister', 1, 'GOV', acting
        if re.search(r'chancellor', p):
            return 'chancellor', 1, 'GOV', acting
        if re.search(r'\b(king|queen|monarch|sultan|emir|amir|emperor|grand duke|prince|yang di)\b|yang di', p):
            return 'monarch', 1, 'GOV', acting
        if re.search(r'\bpope\b|supreme pontiff', p):
            return 'pope', 1, 'REL', acting
        if re.search(r'\bpresident\b', p) and 'vice' not in p:
            return 'president', 1, 'GOV', acting
        if 'chief executive' in p:
            return 'chief_executive', 1, 'GOV', acting
        if 'chief minister' in p:
            return 'chief_minister', 1, 'GOV', acting
        return cls, 0, 'GOV', acting
    if cls in PLAIN:
        if cls.endswith('_minister') and re.search(r'deputy|vice|junior|minister of state|assistant|shadow|parliamentary', p):
            return None
        if cls == 'un_ambassador' and 'united nations' not in p and ' un' not in p:
            return None
        role, single, sector = PLAIN[cls]
        return role, single, sector, acting
    return None


BODY = re.compile(r'United Nations|Secretary-General|Secretary General')


def body_office(country, cls, position):
    """Offices of the UN and the EU: each keeps its own words."""
    p = re.sub(r'^\((.*)\)$', r'\1', position)
    slug = re.sub(r'[^a-z0-9]+', '_', fold(p)).strip('_')
    if country == 'EUR':
        for word, role in (('european_commission', 'commission_president'), ('european_council', 'council_president'),
                           ('high_representative', 'high_representative')):
            if word in slug:
                return 'EUR.' + role, role, 1, 'EUR'
        return None
    if cls in ('un_sg', 'un_official', 'io_official'):
        sector = 'UNO' if cls != 'io_official' else 'IGO'
        if cls == 'un_sg':
            return 'UNO.secretary_general', 'secretary_general', 1, 'UNO'
        return 'XIO.' + slug, slug, 1, sector
    return None


# ---- terms -----------------------------------------------------------------------------------------------

def day(text, end=False):
    """The first day that a cut date can mean, or the first day after it."""
    if not text:
        return None
    y, m, d = (text.split('-') + ['', ''])[:3]
    if not end:
        return datetime.date(int(y), int(m or 1), int(d or 1))
    if d:
        return datetime.date(int(y), int(m), int(d))
    if m:
        return datetime.date(int(y) + (m == '12'), int(m) % 12 + 1, 1)
    return datetime.date(int(y) + 1, 1, 1)


FAR = datetime.date(9999, 1, 1)
RANK = {'wikidata': 0, 'wikidata_current': 1, 'term_yaml_election': 0, 'wikidata_year': 5, 'factbook_since': 2}


class Term:
    def __init__(self, person, office, start, end, precision, basis, checked, src, rank, seen):
        self.person, self.office, self.start, self.end, self.seen = person, office, start, end, seen
        self.precision, self.basis, self.checked, self.src, self.rank = precision, basis, checked, {src}, rank

    @property
    def first(self):
        return day(self.start)

    @property
    def after(self):
        return day(self.end, True) or FAR


def basis_of(raw, acting):
    if acting:
        return 'acting'
    if raw.startswith('term_yaml'):
        return 'inaugurated'
    for word, basis in (('elect', 'elected'), ('assumed', 'inaugurated'), ('took', 'inaugurated'), ('appointed', 'named'),
                        ('listed', 'listed'), ('since', 'since'), ('wikidata', 'held')):
        if word in raw:
            return basis
    return 'held'


def short_src(source):
    return (source.replace('every-politician-scrapers/', 'wikidata:').replace('CIA World Leaders via WilliamRADFunk/cia-world-leaders', 'world-leaders')
            .replace('factbook/factbook.json', 'factbook').replace('unitedstates/congress-legislators', 'us-executive'))


def people(facts, hand, out, names, states, problems):
    away = {}
    fixes = {(r['country'], r['name'], r['start']): r['id'] for r in read(os.path.join(hand, 'fixes.hand.tsv'))}
    pronouns = {r['person']: r['pronoun'] for r in read(os.path.join(hand, 'pronouns.hand.tsv'))}
    raw = [r for r in read(os.path.join(facts, 'terms.tsv')) if set(r['role_class'].split('+')) & CLASSES]
    by_country = defaultdict(list)
    for r in raw:
        if re.search(r'[^\x00-\u024f\u1e00-\u1eff\u2010-\u2027\u02bb-\u02bf]', r['person']) or re.fullmatch(r'\(?vacant\)?|Q\d+|.', r['person'].strip(), re.I):
            continue
        by_country[r['country']].append(r)
    offices, persons, terms = {}, {}, []
    for country in sorted(by_country):
        rows = by_country[country]
        status = names.get(country)
        if not status and country not in ('XIO', 'EUR'):
            continue
        local = {}          # id -> {'names': [...], 'tokens': [...]}
        placed = []
        rows.sort(key=lambda r: (r['wikidata_id'] == '', r['source'], r['person'], r['start'], r['position']))
        for r in rows:
            cls = sorted(set(r['role_class'].split('+')) & CLASSES)[0]
            if cls == 'head_of_state' and country in names and country not in states:
                continue                       # the Factbook repeats the head of state under each territory
            if country in ('XIO', 'EUR'):
                made = body_office(country, cls, r['position'])
                if not made:
                    continue
                office, role, single, sector = made
                acting = 'acting' in r['position'].lower()
            else:
                made = office_of(cls, r['position'])
                if not made:
                    continue
                role, single, sector, acting = made
                office = f'{country}.{role}'
            end = r['end']
            if end and r['start'] and day(end, True) < day(r['start']):
                problems.append(f'{country} {r["person"]} ends before it starts ({r["start"]}..{end}): left out')
                continue
            if end and day(end, True) > day(r['seen_last']):
                end = ''                       # the end of an elected term that lies ahead is a plan, not a fact
            if (end or r['seen_last']) < TODAY_LIMIT:
                continue
            caps = any(is_caps(t) for t in re.split(r'[ -]', r['person'])) and not r['wikidata_id']
            display, given, family = normal_name(r['person']) if caps else plain_name(r['person'], country)
            if not display:
                continue
            tokens = fold(display).split()
            pid = fixes.get((country, r['person'], r['start'])) or r['wikidata_id']
            if not pid:
                start = day(r['start'])
                fam = fold(family).split() or tokens[-1:]
                best, best_sure = None, 0.0
                for other, p in local.items():
                    then = any(o == office and start and s and abs((s - start).days) <= 60 for o, s, e, year in p['held'])
                    near = then or any(o == office and start and s and year and s.year == start.year for o, s, e, year in p['held'])
                    listed = r['basis'].endswith('listed') or r['basis'] == 'listed_only'
                    during = listed and any(o == office and s and s <= day(r['seen_first']) < e for o, s, e, year in p['held'])
                    sure = max(same_person(tokens, fam, fold(n).split(), single * (2 if then else near or during), country in WHOLE_ALIKE) for n in p['names'])
                    sure += 0.5 if sure > 0 and (near or during) else 0.0
                    if sure > best_sure:
                        best, best_sure = other, sure
                pid = best or f'{country}:' + '-'.join(tokens)
            p = local.setdefault(pid, {'names': [], 'held': [], 'family': [], 'given': '', 'src': set()})
            if display not in p['names']:
                p['names'].append(display)
            if caps and family and family not in p['family']:
                p['family'].append(family)
            if not caps and family:
                p.setdefault('guess', family)
            p['src'].add(short_src(r['source']))
            start_text = r['start']
            basis = basis_of(r['basis'], acting)
            precision = r['start_precision'] or 'd'
            if not start_text:                 # only listed: true on the days on which it was listed
                start_text = r['seen_first']
                if not end:
                    end = (day(r['seen_last']) + datetime.timedelta(days=1)).isoformat()
                basis = 'acting' if acting else 'listed'
                precision = 'd'
            p['held'].append((office, day(start_text), day(end, True) or FAR, precision == 'y'))
            if office not in offices:
                offices[office] = (country, role, sector, single)
            placed.append(Term(pid, office, start_text, end, precision, basis, r['seen_last'], short_src(r['source']),
                               RANK.get(r['basis'], 9 if basis == 'listed' else 3), r['seen_first']))
        bounded_starts(placed)
        terms += join_terms(placed, offices)
        guests = {v for (c, _, _), v in fixes.items() if c == country}
        for pid, p in local.items():
            if pid not in persons and pid in guests:
                away[pid] = country            # "Emmanuel Macron" of Andorra: the country is where other rows have the person
            q = persons.setdefault(pid, {'names': [], 'family': [], 'country': country, 'src': set(), 'guess': ''})
            q['names'] += [n for n in p['names'] if n not in q['names']]
            q['family'] += [f for f in p['family'] if f not in q['family']]
            q['guess'] = q['guess'] or p.get('guess', '')
            q['src'] |= p['src']
            if q['country'] in ('XIO', 'EUR') or (len(q['country']) > 3 and len(country) == 3):
                q['country'] = country
            if away.get(pid, country) != country:
                q['country'] = country
                del away[pid]
    terms = close_terms(terms, offices, problems)
    for t in [t for t in terms if t.end and day(t.end, len(t.end) < 10) <= t.first]:
        problems.append(f'{t.office}: {t.person} {t.start}..{t.end} holds no day: left out')
    terms = [t for t in terms if not t.end or day(t.end, len(t.end) < 10) > t.first]
    held = {t.person for t in terms}
    rows, aliases = [], []
    for pid in sorted(persons):
        if pid not in held:
            continue
        p = persons[pid]
        display = p['names'][0]
        family = (p['family'] or [p['guess']])[0]
        src = ','.join(sorted(p['src']))
        ftokens = fold(family).split()
        given = ' '.join(t for t in display.split() if fold(t) not in ftokens)
        country = '' if p['country'] in ('XIO', 'EUR') else p['country']
        rows.append((pid, display, given, family, pronouns.get(pid, ''), country, '', src))
        for surface, kind in name_forms(p, display, family, country):
            aliases.append((pid, surface, kind, src))
    write(out, 'people.tsv', 'id display given family pronoun country sector src'.split(), rows)
    write(out, 'aliases.tsv', 'entity surface kind src'.split(), aliases)
    used = {t.office for t in terms}
    orows = []
    for o in sorted(used):
        country, role, sector, single = offices[o]
        orows.append((o, '' if country in ('XIO',) else country, role, sector, single, 1 if role in HEADS else 0, '', 'facts:terms'))
    write(out, 'offices.tsv', 'id entity role sector single head surfaces src'.split(), orows)
    write(out, 'terms.tsv', 'person office from to precision basis verified_on src'.split(),
          [(t.person, t.office, t.start, t.end, t.precision, t.basis, t.checked, ','.join(sorted(t.src))) for t in terms])


def name_forms(p, display, family, country):
    """Full, short and surname forms. Every spelling that a source has is kept; none is made up but by leaving out."""
    seen = set()

    def give(surface, kind):
        key = fold(surface)
        if len(key) < 3 or key in seen:
            return
        seen.add(key)
        yield surface, kind if len(key.split()) > 1 or '-' in surface else 'surname'
    for n in p['names']:
        kind = 'full' if n == display else 'translit'
        yield from give(n, kind)
        bare = ' '.join(t for t in n.split() if not re.fullmatch(r'(?:[A-Z]\.)+', t))
        if len(bare.split()) > 1:
            yield from give(bare, 'short')
        tokens = bare.split()
        low = [t.lower() for t in tokens]
        if len(tokens) == 3 and not set(low) & PARTICLES and country not in FAMILY_FIRST:
            yield from give(' '.join(tokens[1:]), 'short')
            yield from give(tokens[0] + ' ' + tokens[2], 'short')
    for f in p['family']:
        for n in p['names']:
            first = n.split()[0]
            if fold(f) in fold(n) and fold(first) not in fold(f) and len(first) > 1 and not first.endswith('.'):
                yield from give(f'{first} {f}', 'short')
    families = list(p['family'])
    if p['guess'] and not families:
        families.append(p['guess'])
    elif p['guess'] and families:
        families.append(p['guess'])
    for f in families:
        if not f.startswith('of '):            # "of Spain" names a country more often than its queen
            yield from give(f, 'surname')


def bounded_starts(terms):
    """"since 2025", first listed that autumn, where another began in that summer: known to be in office from the listing on."""
    exact = defaultdict(set)
    for t in terms:
        if len(t.start) == 10 and t.basis != 'listed':
            exact[t.office, t.start[:4]].add(t.person)
    for t in terms:
        if len(t.start) == 4 and t.seen[:4] == t.start and t.src == {'factbook'} and exact[t.office, t.start] - {t.person}:
            t.start = t.seen


def join_terms(terms, offices):
    """One row for each stretch in which a person held an office, the best source's dates. An open row says nothing past the day
    on which another took over: who comes back later has a stretch of his own."""
    groups = defaultdict(list)
    begins = defaultdict(set)
    for t in terms:
        groups[t.person, t.office].append(t)
        if t.basis != 'listed':
            begins[t.office].add((t.first, t.person))

    def came_back(s, t):
        between = (b for b, p in begins[t.office] if p != t.person and s.first < b and (t.first - b).days > 60)
        return offices[t.office][3] and s.end == '' and t.basis != 'listed' and (t.first - s.first).days > 400 and any(between)
    out = []
    for key in sorted(groups):
        stretch = []
        for t in sorted(groups[key], key=lambda t: (t.rank, t.first, t.after)):
            for s in stretch:
                if came_back(s, t) or came_back(t, s):
                    continue
                apart = max((t.first - s.after).days, (s.first - t.after).days)
                near = abs((t.first - s.first).days) <= 400 and t.rank > s.rank
                if apart <= 3 or near and t.after >= s.first:
                    if t.rank == s.rank or t.basis != 'listed' and s.basis == 'listed':
                        if t.first < s.first:
                            s.start, s.precision = t.start, t.precision
                    # A later source that still lists the holder shows that the stretch went on.
                    if s.end == '' and t.end and t.basis != 'listed' and t.rank <= s.rank:
                        s.end = t.end
                    elif s.end and t.after > s.after and (t.rank == s.rank or (t.basis == 'listed' and apart <= 3 and t.after > s.after)):
                        s.end = t.end
                    if s.basis == 'listed':
                        s.basis = t.basis
                    s.checked = max(s.checked, t.checked)
                    s.src |= t.src
                    break
            else:
                stretch.append(t)
        out += stretch
    return out


def close_terms(terms, offices, problems):
    """In an office of one holder an open term ends where the next begins; a term never runs past its successor's start."""
    by_office = defaultdict(list)
    for t in terms:
        by_office[t.office].append(t)
    out = []
    for office in sorted(by_office):
        rows = sorted(by_office[office], key=lambda t: (t.first, t.after))
        if not offices[office][3]:
            out += rows
            continue
        kept = []
        for t in rows:
            if t.basis == 'listed' and any(o is not t and o.person == t.person and o.first <= t.first < o.after for o in rows):
                continue
            kept.append(t)
        over = sum(1 for a, b in zip(kept, kept[1:]) if a.person != b.person and a.end and (day(a.end) - b.first).days > 40)
        if len(kept) >= 4 and over * 4 > len(kept):
            problems.append(f'{office}: {over} of {len(kept)} terms overlap: taken as an office of several holders')
            offices[office] = offices[office][:3] + (0,)
            out += kept
            continue
        for i, t in enumerate(kept):
            later = [n for n in kept[i + 1:] if n.person != t.person and n.first > t.first and n.basis not in ('listed',)]
            if not later:
                continue
            n = later[0]
            if t.end == '':
                nested = n.end and any(o.person == t.person for o in kept[i + 1:])
                t.end = n.start
                if nested:
                    problems.append(f'{office}: open term of {t.person} closed at {n.start}')
            elif t.after > n.first and n.after >= t.after:
                if (day(t.end) - n.first).days > 40:
                    problems.append(f'{office}: {t.person} to {t.end} overlaps {n.person} from {n.start}: cut')
                t.end = n.start
            elif t.after > n.first:
                problems.append(f'{office}: {n.person} {n.start}..{n.end} lies inside the term of {t.person}: kept')
        out += kept
    return out


# ---- armed forces and services -----------------------------------------------------------------------------

GENERIC = set('''armed forces force army navy air naval land ground defense defence national guard coast border police military service
    services security republican presidential special operations internal troops marine marines corps component wing state federal
    gendarmerie militia reserve civil territorial support regular public royal command and of the for de fleet aviation general staff
    joint cyber space rapid reaction strategic rocket missile airborne home people's republic republic's ministry order intelligence
    unit units brigade guards protection rescue maritime customs prison auxiliary regional central agency combined branch islamic
    group professional element elements fire logistics medical information systems unmanned directorate council'''.split())


# English names that hold no country and still mean one: nobody else calls a force so.
PROPER = re.compile(r"Bolivarian|^PLA |^KPA |Sultan's|Self-Defense Force|Punjab Rangers|Sindh Rangers|Frontier Corps|Frontier Constabulary|Basij|"
                    r"Revolutionary (Armed|Navy|Air|Police)|People's Armed Police|Homeland Defense Volunteers|Village Defense Party|"
                    r"Royal Bahamas|Popular Mobilization Committee|Missile Troops of Strategic")


def force_sector(name):
    if re.search(r'(?i)police|gendarm|carabin|constabulary|guardia civil|border guard|coast guard|coastguard|prefectura', name):
        return 'COP'
    if re.search(r'(?i)intelligence|security (service|agency|bureau)|secret (service|police)', name):
        return 'SPY'
    return 'MIL'


def forces(facts, hand, out):
    """Forces that have a name of their own, or an abbreviation of four letters. "Navy" needs its country, and "Lebanese Armed
    Forces" says it: those are read word by word."""
    adjectives_of = defaultdict(set)
    for folder, name in ((hand, 'forms.hand.tsv'), (out, 'forms.tsv')):
        for f in read(os.path.join(folder, name)):
            adjectives_of[f['entity']].add(fold(f['surface']))
    taken = {fold(s) for o in read(os.path.join(hand, 'orgs.hand.tsv')) for s in o['surfaces'].split(';')}
    taken |= {fold(f['surface']) for f in read(os.path.join(hand, 'forms.hand.tsv'))}
    found = [r for r in read(os.path.join(facts, 'forces.tsv')) if r['name'][:1].isupper() and not re.search(r'[()\d:/]| include| under | SEDENA', r['name'])
             and 2 <= len(r['name'].split()) <= 6 and not re.match(r'Ministry|Interior Ministry|Office|Department|Directorate', r['name'])]
    where = defaultdict(set)
    for r in found:
        for s in [r['name']] + listed(r['abbreviations']) + listed(r['other_names']):
            where[fold(s)].add(r['country'])
    rows = []
    for r in found:
        own = any((' ' + fold(r['name']) + ' ').find(' ' + f + ' ') >= 0 for f in adjectives_of[r['country']])
        plain = all(t in GENERIC for t in fold(r['name']).split())
        shorts = [a for a in listed(r['abbreviations']) if re.fullmatch(r'[A-Z]{4,}', a) and len(where[fold(a)]) == 1 and fold(a) not in taken]
        if not shorts and not PROPER.search(r['name']) or r['country'] in ('EUR', 'HKG'):
            continue                           # "Special Task Force", "Mobile Forces": any country's
        if plain or len(where[fold(r['name'])]) > 1 or fold(r['name']) in taken or own and not shorts:
            continue
        others = [o for o in listed(r['other_names']) if len(o.split()) > 1 and re.fullmatch(r"[^\W\d][\w' -]+", o)
                  and len(where[fold(o)]) == 1 and not all(t in GENERIC for t in fold(o).split())]
        names = list(dict.fromkeys([r['name']] + shorts + others))
        taken |= {fold(n) for n in names}
        sector = force_sector(r['name'])
        rows.append((f'org.{r["country"]}-' + fold(r['name']).replace(' ', '-'), r['name'], 'agency' if sector != 'MIL' else 'military',
                     r['country'], sector, sector, '', '', '; '.join(names), f'facts:factbook:{r["source_date"]}'))
    write(out, 'orgs.tsv', 'id display type country plover sector valid_from valid_to surfaces src'.split(), rows)


# ---- places ----------------------------------------------------------------------------------------------

def places(facts, out):
    rows = []
    src = 'geonames:2023-03-05'
    for r in read(os.path.join(facts, 'places.tsv')):
        alts = []
        seen = {fold(r['name'])}
        for a in [r['ascii']] + listed(r['alt_names']):
            key = fold(a)
            if key and key not in seen and len(key) > 2 and len(alts) < 6:
                seen.add(key)
                alts.append(a)
        rows.append((r['geonameid'], r['name'], r['ascii'], '; '.join(alts), r['country'], r['admin1'], r['lat'], r['lon'],
                     r['population'] or '0', r['feature_code'], src))
    for r in read(os.path.join(facts, 'airports.tsv')):
        names = [r['name']] + listed(r['other_names'])
        alts = []
        seen = {fold(r['name'])}
        for a in names[1:]:
            # Half of "other names" are codes and city names: only what is named as an airfield may stand for one.
            if fold(a) not in seen and re.search(r'(?i)\b(air ?base|air ?field|airport|afb|raf|air force base|air station)\b', a):
                seen.add(fold(a))
                alts.append(a)
        for n in list(names[:1]) + alts:
            for long, short in ((' International Airport', ' Airport'), (' Air Base', ' airbase'), (' Airbase', ' air base'), (' Air Force Base', ' air base')):
                if n.endswith(long):
                    v = n[:-len(long)] + short
                    if fold(v) not in seen and len(alts) < 8:
                        seen.add(fold(v))
                        alts.append(v)
            if r['airbase'] and n == r['name'] and not re.search(r'(?i)\bbase\b|airport', n):
                alts.append(n + ' air base')
        rows.append(('A:' + r['ident'], r['name'], '', '; '.join(alts), r['country'], r['municipality'], r['lat'], r['lon'], '0',
                     'AIRB' if r['airbase'] else 'AIRP', 'ourairports:1.0.0'))
    write(out, 'places.tsv', 'geonameid name ascii alt country admin1 lat lon pop feature src'.split(), rows)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    p.add_argument('--facts', default=os.path.join(here, '..', '..', 'shared', 'data', 'world'))
    p.add_argument('--out', default=os.path.join(here, '..', 'data', 'world'))
    p.add_argument('--hand', default=os.path.join(here, '..', 'data', 'world'), help='where the files written by hand lie')
    p.add_argument('--problems', help='write what was cut, closed or left out to this file')
    a = p.parse_args()
    problems = []
    names, states = countries(a.facts, a.out)
    people(a.facts, a.hand, a.out, names, states, problems)
    forces(a.facts, a.hand, a.out)
    places(a.facts, a.out)
    print(f'{len(problems)} terms were cut, closed or left out', file=sys.stderr)
    if a.problems:
        with open(a.problems, 'w', encoding='utf-8') as f:
            f.write('\n'.join(problems) + '\n')


if __name__ == '__main__':
    main()
