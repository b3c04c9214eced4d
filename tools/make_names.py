#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text with marked names, for tools/names.c to learn from.

    make_names.py OUT.txt [--copies N] FILE...

FILE is a .tsv of sentences with marks ("[person Amara Diallo]", data/examples/names.tsv: each a page of its own) or a CoNLL-U
file of GUM (its entities stand in the column MISC; a file may be gzipped), or a folder of such files, of which *-train* of GUM
are taken. Sentences of a .tsv are also given N times with other people, places and organisations in them, drawn from data/world
and from the sentences themselves: what names look like shall be learned, not which names there are. A page ends with an empty line.
The same files give the same bytes.
"""
import argparse
import csv
import glob
import gzip
import os
import random
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORLD = os.path.join(HERE, "..", "data", "world")
MARK = re.compile(r"\[(person|organisation|place|country) ([^\[\]]+)\]")
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
OPENED = re.compile(r"\((\d+)-([a-z]+)-[^()]*?-([0-9,]+)-(?:ana|coref|sgl|pred|appos|cata|disc|[a-z]+)[^()]*|\((\d+)[^()]*|(\d+)\)")


def table(name):
    with open(os.path.join(WORLD, name), encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


# ---- GUM ------------------------------------------------------------------------------------------------------

def sentences_of(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        rows, new = [], False
        for line in f:
            line = line.rstrip("\n")
            new |= line.startswith("# newdoc")
            if line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield new, rows
                rows, new = [], False


def is_name(words, first, end):
    inside = words[first:end]
    if end == first + 1 and inside[0][4] == "NNPS": # "Thais"
        return False
    caps = [w for w in inside if w[1][:1].isupper()]
    return bool(caps) and inside[0][1][:1].isupper() and any(w[3] == "PROPN" for w in inside) and inside[-1][3] in ("PROPN", "NUM", "NOUN", "X", "ADJ") and (
        inside[-1][1][:1].isupper() or inside[-1][3] in ("NUM", "PROPN"))


def marked(rows):
    """The sentence with its names marked: the widest entities whose own words are a name."""
    words = [r for r in rows if r[0].isdigit()]
    spans, open_ = [], []
    for i, r in enumerate(words):
        misc = next((f[7:] for f in r[9].split("|") if f.startswith("Entity=")), "")
        for piece in re.findall(r"\(\d+[^()]*\)?|\d+\)", misc):
            if piece.startswith("("):
                fields = piece.strip("()").split("-")
                open_.append((fields, i))
            if piece.endswith(")"):
                number = piece.strip("()").split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0][0] == number:
                        fields, begin = open_.pop(k)
                        minimal = [int(x) for x in fields[5].split(",")] if len(fields) > 5 and re.fullmatch(r"[0-9,]+", fields[5]) else []
                        if fields[1] in KINDS and minimal:
                            spans.append((begin + minimal[0] - 1, begin + minimal[-1], KINDS[fields[1]], i + 1))
                        break
    taken, begins, ends = set(), {}, {}
    for first, end, kind, limit in sorted(spans, key=lambda s: s[0] - s[1]):
        while kind == "person" and first < end - 1 and words[first][7] == "nmod:desc" and words[first][4] == "NNP" and words[first][1].rstrip(".") in TITLES:
            first += 1
        if end > limit or not is_name(words, first, end) or taken & set(range(first, end)):
            continue
        taken |= set(range(first, end))
        begins[first], ends[end - 1] = kind, True
    text, covered = "", {}
    for r in rows:
        if "-" in r[0]:
            a, b = (int(x) for x in r[0].split("-"))
            covered.update({k: (r[1], r[9], a, b) for k in range(a, b + 1)})
    for i, r in enumerate(words):
        form = r[1].replace("[", "(").replace("]", ")")
        surface, misc, a, b = covered.get(i + 1, (r[1], r[9], i + 1, i + 1))
        if i in begins:
            text += "[%s " % begins[i]
        text += form
        if i in ends:
            text += "]"
        if i + 1 == b and "SpaceAfter=No" not in misc:
            text += " "
    return text.strip()


# ---- Other names in the same sentences ---------------------------------------------------------------------------------

PARTICLES = ("de", "de la", "van", "van der", "von", "al-", "el-", "bin", "dos", "di", "ben", "O'", "Mc", "Le ", "D'")
FAMILY_FIRST = {"CHN", "TWN", "KOR", "PRK", "VNM", "HUN", "KHM"}
MATTERS = ("Health", "Education", "Defence", "Energy", "Labour", "Trade", "Justice", "Fisheries", "Transport", "Culture", "Tourism", "Water", "Mines",
           "Forestry", "Youth", "Sport", "Housing", "Finance", "Agriculture", "Planning", "Statistics", "Veterans", "Children", "Pensions", "Railways",
           "Refugees", "Elections", "Human Rights", "Social Affairs", "Public Works", "Rural Development", "Internal Affairs", "Foreign Affairs")
OFFICES = ("Ministry of", "Department of", "Department for", "Ministry for", "Committee on", "Commission for", "Office of", "Institute for", "Institute of",
           "Council for", "Council of", "Federation of", "Union of", "Agency for", "Authority for", "Association of", "Movement for", "Front for", "Centre for")
OF_PLACE = ("University", "City Council", "Police", "United", "City", "Chamber of Commerce", "Hospital", "Museum", "Stock Exchange", "Football Club", "Airlines",
            "Times", "Herald", "Post", "Fire Department", "County Court", "High Court", "Bank", "Steel", "Cement", "Electric", "Port Authority", "School of Economics",
            "Rovers", "Athletic", "Wanderers", "Tigers", "Symphony Orchestra", "Development Bank", "Water Board", "Bar Association", "Farmers' Union")
OF_FAMILY = ("& Sons", "& Co.", "Group", "Ltd", "Ltd.", "Inc.", "Inc", "Holdings", "Motors", "Industries", "Capital", "Partners", "LLP", "AG", "GmbH", "S.A.", "Foundation",
             "Brothers", "Bros.", "Energy", "Pharma", "Logistics", "plc", "Corp.", "Corporation", "Steel", "Media", "Airways", "Solicitors", "Hospital", "Institute",
             "Bank", "University", "College", "Prize Foundation", "Trust", "Securities", "Bancorp", "Shipping", "Textiles", "Foods", "Oil", "SpA", "Oyj", "AB", "ASA", "Bhd")
SYLLABLES = ("ka", "lo", "me", "tri", "vo", "xa", "nor", "zen", "qua", "pel", "gra", "vi", "so", "lum", "bri", "ter", "cor", "dex", "ma", "fin", "al", "ur", "tek", "gen", "ris")


def pools(rows):
    people, country = {}, {}
    for p in table("people.tsv"):
        if p["given"] and p["family"] and " " not in p["given"].strip() and len(p["family"]) > 2:
            people.setdefault(p["country"], []).append((p["given"], p["family"]))
    people = [(k in FAMILY_FIRST, v) for k, v in sorted(people.items()) if len(v) >= 5]
    places = [p["ascii"] if random.Random(p["geonameid"]).random() < .3 else p["name"] for p in table("places.tsv")]
    orgs = {True: [], False: []}
    for r in rows:
        for m in MARK.finditer(r):
            if m[1] == "organisation":
                orgs[r[:m.start()].lower().endswith("the ")].append(m[2])
    return people, [p for p in places if p[:1].isupper()], orgs


def person(draw, people):
    """A name of two words or more: a given and a family name of one country, and what names have besides."""
    first, group = draw.choice(people)
    given, family = draw.choice(group)[0], draw.choice(group)[1]
    chance = draw.random()
    if chance < .06:
        family = family + "-" + draw.choice(group)[1]
    elif chance < .12:
        particle = draw.choice(PARTICLES)
        family = particle + family if particle[-1] in "-'c " else particle + " " + family
    elif chance < .18:
        family = family + " " + draw.choice(group)[1]
    elif chance < .21:
        family = family + draw.choice((" Jr.", " Sr.", " II", " III"))
    if first and chance > .3:
        return family + " " + given
    chance = draw.random()
    if chance < .08:
        given += " " + draw.choice("ABCDEFGHJKLMNPRSTVW") + "."
    elif chance < .12:
        given = ". ".join((given[0], draw.choice("ABCDEFGHJKLMNPRSTVW"))) + "."
    elif chance < .15:
        given = given[0] + "."
    elif chance < .22:
        given += " " + draw.choice(group)[0]
    elif chance < .25:
        given += "-" + draw.choice(group)[0]
    return given + " " + family


def surname(draw, people):
    first, group = draw.choice(people)
    given, family = draw.choice(group)
    if first and draw.random() < .3:
        return given
    chance = draw.random()
    return given if chance < .2 else family + "-" + draw.choice(group)[1] if chance < .25 else family


def body(draw, people, places, orgs, the):
    """A body's name: one of those in the sentences, or made of its parts."""
    chance = draw.random()
    if chance < .5:
        return draw.choice(orgs[the])
    if the or chance < .6:
        what = draw.sample(MATTERS, 3)
        of = draw.choice(OFFICES) + " "
        chance = draw.random()
        return of + (what[0] if chance < .4 else what[0] + " and " + what[1] if chance < .8 else "%s, %s and %s" % tuple(what))
    place = draw.choice(places)
    if chance < .72:
        return place + " " + draw.choice(OF_PLACE)
    if chance < .76:
        return "University of " + place
    if chance < .9:
        chance, name = draw.random(), draw.choice(draw.choice(people)[1])[1]
        name = name + " & " + draw.choice(draw.choice(people)[1])[1] if chance < .1 else name + " " + draw.choice(draw.choice(people)[1])[1] if chance < .2 else name
        return name + " " + draw.choice(OF_FAMILY)
    if chance < .95:
        return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 3))).capitalize() + draw.choice(("", "", "", " " + draw.choice(OF_FAMILY)))
    return "".join(draw.choice("ABCDEFGHIKLMNOPRSTU") for _ in range(draw.randint(3, 5)))


def other(m, text, draw, people, places, orgs, same):
    kind, name = m[1], m[2]
    if kind == "country" or (kind == "organisation" and draw.random() < .4) or (kind == "place" and draw.random() < .3):
        return m[0]
    if (kind, name) not in same:
        if kind == "person":
            parts, new = name.split(), person(draw, people)
            if len(parts) == 1 or draw.random() < SINGLE:
                new = surname(draw, people)
            elif draw.random() < .3: # half of the name stays
                new = " ".join(new.split()[:1] + parts[1:]) if draw.random() < .5 else " ".join(parts[:-1] + new.split()[-1:])
        elif kind == "place":
            new = draw.choice(places)
        else:
            new = body(draw, people, places, orgs, text[:m.start()].lower().endswith("the "))
        same[kind, name] = new
    return "[%s %s]" % (kind, same[kind, name])


SINGLE, CAPS = .15, .06 # shares of surnames alone, and half that of sentences in other capitals


def cased(row, draw):
    """Some sentences in the capitals of a dateline or of a headline."""
    if len(row) > 150 or draw.random() >= 2 * CAPS:
        return row
    pieces, at, upper = [], 0, draw.random() < .5
    small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "by", "with", "as", "from"}

    def change(text):
        return text.upper() if upper else re.sub(r"[A-Za-z][\w'’]*", lambda w: w[0] if w[0] in small else w[0][0].upper() + w[0][1:], text)
    for m in MARK.finditer(row):
        pieces += [change(row[at:m.start()]), "[%s %s]" % (m[1], m[2].upper() if upper else m[2])]
        at = m.end()
    return "".join(pieces) + change(row[at:]).rstrip(".")


TITLES = {row["phrase"] for row in table("roles.tsv")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--copies", type=int, default=3)
    options = parser.parse_args()
    files = []
    for path in options.files:
        files += sorted(glob.glob(os.path.join(path, "gum-train-*"))) if os.path.isdir(path) else [path]
    with open(options.out, "w", encoding="utf-8") as out:
        for path in files:
            if path.endswith(".tsv"):
                with open(path, encoding="utf-8") as f:
                    rows = [line.rstrip("\n").split("\t")[-1 if path.endswith("gold.tsv") else 0] for line in f if line.strip() and not line.startswith("#")][1:]
                rows = [re.sub(r"\[([a-z/]+) ([Tt]he|THE) ", r"\2 [\1 ", row) for row in rows] # an article is no part of what is looked up
                people, places, orgs = pools(rows)
                draw = random.Random(20170328)
                for row in rows:
                    out.write(row + "\n\n")
                    for _ in range(options.copies if MARK.search(row) else 0):
                        same = {}
                        out.write(cased(MARK.sub(lambda m: other(m, row, draw, people, places, orgs, same), row), draw) + "\n\n")
                continue
            for new, rows in sentences_of(path):
                if new:
                    out.write("\n")
                out.write(marked(rows) + "\n")
            out.write("\n")


if __name__ == "__main__":
    sys.exit(main())
