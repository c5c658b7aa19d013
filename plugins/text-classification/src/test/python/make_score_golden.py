#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that the scores of classes, of sets of labels, and of numbers are tested against.

    python make_score_golden.py [FOLDER]        default: ../resources/golden beside this folder

The reference is scikit-learn and SciPy. Last run with: python 3.11.7, scikit-learn 1.9.1, scipy 1.17.1.
zero_division is 0, but 1 for samples_f1: a text rightly without labels is right.

classes.tsv   gold and predicted classes, a digit each (of CLASSES); accuracy, macro_f1, weighted_f1
sets.tsv      gold and predicted labels, a digit for each of LABELS (1: it applies), texts with commas between; scores by name
numbers.tsv   gold and predicted numbers, with commas between; scores by name
"""
import pathlib
import random
import sys
import warnings

import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import (
    accuracy_score, f1_score, hamming_loss, mean_absolute_error, mean_squared_error, r2_score)

CLASSES, LABELS = 5, 4


def classes(draw):
    for size, agreement in [(1, 1), (8, 0.4), (60, 0.7), (300, 0.9)]:
        gold = [min(draw.randrange(CLASSES), draw.randrange(CLASSES)) for _ in range(size)]
        predicted = [g if draw.random() < agreement else draw.randrange(CLASSES) for g in gold]
        scores = {"accuracy": accuracy_score(gold, predicted)} | {
            f"{mean}_f1": f1_score(gold, predicted, average=mean, labels=range(CLASSES), zero_division=0)
            for mean in ("macro", "weighted")}
        yield "".join(map(str, gold)), "".join(map(str, predicted)), scores


def sets(draw):
    for size, share, agreement in [(1, 0.5, 1), (5, 0, 1), (7, 0.4, 0.6), (80, 0.3, 0.85), (200, 0.05, 0.97)]:
        gold = np.array([[int(draw.random() < share) for _ in range(LABELS)] for _ in range(size)])
        keep = np.array([[draw.random() < agreement for _ in range(LABELS)] for _ in range(size)])
        predicted = np.where(keep, gold, 1 - gold)
        scores = {f"{mean}_f1": f1_score(gold, predicted, average=mean, zero_division=1 if mean == "samples" else 0)
                  for mean in ("micro", "macro", "weighted", "samples")}
        scores |= {"subset_accuracy": accuracy_score(gold, predicted), "hamming_loss": hamming_loss(gold, predicted)}
        yield *(",".join("".join(map(str, row)) for row in rows) for rows in (gold, predicted)), scores


def numbers(draw):
    for size, noise, digits in [(2, 0, 2), (5, 1, 0), (40, 0.5, 1), (200, 2, 3), (30, 5, 2)]:
        gold = [round(5 * draw.random(), digits) for _ in range(size)]
        predicted = [round(g + draw.gauss(0, noise), digits + 1) for g in gold]
        yield *(",".join(map(repr, values)) for values in (gold, predicted)), {
            "pearson": pearsonr(gold, predicted)[0], "spearman": spearmanr(gold, predicted)[0],
            "mae": mean_absolute_error(gold, predicted), "rmse": mean_squared_error(gold, predicted) ** 0.5,
            "r2": r2_score(gold, predicted)}


def main():
    warnings.simplefilter("ignore")  # of labels that are never there
    beside = pathlib.Path(__file__).resolve().parent.parent / "resources/golden"
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    folder.mkdir(parents=True, exist_ok=True)
    for cases in (classes, sets, numbers):
        rows = list(cases(random.Random(7)))
        with (folder / f"{cases.__name__}.tsv").open("w", encoding="utf-8", newline="\n") as file:
            print("gold", "predicted", *rows[0][2], sep="\t", file=file)
            for gold, predicted, scores in rows:
                print(gold, predicted, *(repr(float(score)) for score in scores.values()), sep="\t", file=file)


if __name__ == "__main__":
    main()
