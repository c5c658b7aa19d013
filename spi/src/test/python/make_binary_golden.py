#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden file that the scores of two classes are tested against.

    python make_binary_golden.py [OUTPUT]        default: ../resources/golden/binary.tsv beside this folder

The reference is scikit-learn, with zero_division=0. Last run with: python 3.11.7, scikit-learn 1.9.1.
Scores are equal but for the last bit: scikit-learn takes the square root of the Matthews correlation in another form.

Columns: gold and predicted labels, a digit each; accuracy, f1, precision, recall, matthews_correlation of class 1.
"""
import pathlib
import random
import sys
import warnings

from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef, precision_score, recall_score

FIXED = [("0111", "0011"), ("001", "011"), ("0101", "1111"), ("0101", "0000"), ("1111", "1111"), ("0000", "0000"),
         ("1111", "0000"), ("0000", "1111"), ("0011", "1100"), ("0", "1")]


def drawn():
    draw = random.Random(7)
    for size, gold_share, agreement in [(10, 0.5, 0.5), (60, 0.68, 0.8), (250, 0.37, 0.9), (400, 0.05, 0.97)]:
        gold = [int(draw.random() < gold_share) for _ in range(size)]
        yield gold, [g if draw.random() < agreement else 1 - g for g in gold]


def scores(gold, predicted):
    return [accuracy_score(gold, predicted)] + [
        score(gold, predicted, zero_division=0) for score in (f1_score, precision_score, recall_score)
    ] + [matthews_corrcoef(gold, predicted)]


def main():
    warnings.simplefilter("ignore")  # of a single class there is no matrix
    beside = pathlib.Path(__file__).parent.parent / "resources/golden/binary.tsv"
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    cases = [([int(c) for c in gold], [int(c) for c in predicted]) for gold, predicted in FIXED] + list(drawn())
    with output.open("w", encoding="utf-8", newline="\n") as file:
        print("gold", "predicted", "accuracy", "f1", "precision", "recall", "matthews_correlation", sep="\t", file=file)
        for gold, predicted in cases:
            digits = ["".join(map(str, labels)) for labels in (gold, predicted)]
            print(*digits, *(repr(float(score)) for score in scores(gold, predicted)), sep="\t", file=file)


if __name__ == "__main__":
    main()
