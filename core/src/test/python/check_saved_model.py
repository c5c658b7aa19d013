#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads a model directory that bertctl saved, unchanged, in Hugging Face transformers and runs it on sentence pairs.

    python check_saved_model.py MODEL_DIR PAIRS.jsonl LOGITS.jsonl        writes the logits, one line a pair
    python check_saved_model.py MODEL_DIR PAIRS.jsonl --compare FILE      compares with the logits in FILE instead

PAIRS.jsonl   {"premise": ..., "hypothesis": ...} or {"sentence1": ..., "sentence2": ...} a line; other keys are ignored.
LOGITS.jsonl  {"logits": [...]} a line, in the pairs' order, rounded to 6 decimals. FILE has the same form; other keys are ignored.

The tokenizer is AutoTokenizer's, the class the one named in config.json ("architectures"). Float32, evaluation mode,
at most 128 tokens (longest_first), one pair at a time, so that no padding can hide or cause a difference.
Exit code: 0 done or equal; 1 weights missing or left over, files of different length, or a difference above 1e-4; 2 wrong usage.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0.
"""
import argparse
import json
import math
import pathlib
import sys

import torch
import transformers

MAX_LENGTH = 128
TOLERANCE = 1e-4


def read_jsonl(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def sentences(row, number):
    for first, second in (("premise", "hypothesis"), ("sentence1", "sentence2")):
        if first in row and second in row:
            return row[first], row[second]
    sys.exit(f"pair {number}: neither premise and hypothesis nor sentence1 and sentence2, only {sorted(row)}")


def load(directory):
    """The tokenizer and the model, refusing weights that transformers would silently make up or drop."""
    architecture, = json.loads((directory / "config.json").read_text(encoding="utf-8"))["architectures"]
    model, report = getattr(transformers, architecture).from_pretrained(
        directory, dtype=torch.float32, local_files_only=True, output_loading_info=True)
    wrong = {kind: sorted(map(str, keys)) for kind, keys in report.items() if keys}
    if wrong:
        sys.exit(f"{directory}: {architecture} did not load cleanly: {json.dumps(wrong)}")
    return transformers.AutoTokenizer.from_pretrained(directory, local_files_only=True), model.eval()


def logits_of(tokenizer, model, pairs):
    for first, second in pairs:
        inputs = tokenizer(first, second, truncation="longest_first", max_length=MAX_LENGTH, padding=False, return_tensors="pt")
        with torch.no_grad():
            yield [round(value, 6) for value in model(**inputs).logits[0].tolist()]


def compare(ours, theirs):
    """Prints the largest difference; true when it is within the tolerance."""
    if [len(row) for row in ours] != [len(row) for row in theirs]:
        print(f"{len(ours)} pairs here, {len(theirs)} lines of logits there, or rows of different length")
        return False
    for line, row in enumerate(theirs, start=1):
        if not all(map(math.isfinite, row)):  # NaN compares as neither larger nor smaller
            print(f"line {line}: not finite: {row}")
            return False
    worst, line = max(((abs(a - b), line) for line, (x, y) in enumerate(zip(ours, theirs), start=1)
                       for a, b in zip(x, y)), default=(0.0, 0))
    same_choice = sum(max(range(len(x)), key=x.__getitem__) == max(range(len(y)), key=y.__getitem__)
                      for x, y in zip(ours, theirs))
    print(f"max absolute difference {worst:.3g} (line {line}); the same label is highest in {same_choice} of {len(ours)} pairs")
    return worst <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=pathlib.Path)
    parser.add_argument("pairs", type=pathlib.Path)
    parser.add_argument("logits", type=pathlib.Path, nargs="?", help="where to write the logits")
    parser.add_argument("--compare", type=pathlib.Path, metavar="FILE", help="logits to compare with instead of writing")
    options = parser.parse_args()
    if (options.logits is None) == (options.compare is None):
        parser.error("give either LOGITS.jsonl or --compare FILE")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()

    pairs = [sentences(row, number) for number, row in enumerate(read_jsonl(options.pairs), start=1)]
    ours = list(logits_of(*load(options.model_dir), pairs))
    if options.compare:
        sys.exit(0 if compare(ours, [row["logits"] for row in read_jsonl(options.compare)]) else 1)
    with open(options.logits, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"logits": row}) + "\n" for row in ours)


if __name__ == "__main__":
    main()
