#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads a model directory that bertctl saved, unchanged, in Hugging Face transformers and runs it.

    python check_saved_model.py MODEL_DIR INPUTS LOGITS.jsonl        writes the logits, one line an input
    python check_saved_model.py MODEL_DIR INPUTS --compare FILE      compares with the logits in FILE instead

INPUTS        either sentence pairs, for BertForSequenceClassification: a .jsonl file with {"premise": ..., "hypothesis": ...} or
              {"sentence1": ..., "sentence2": ...} a line, other keys ignored; at most 128 tokens (longest_first);
              or token ids, for any of the classes below: a .json file, what "bertctl pack TASK --json" prints. Each of its
              features, in their order, is an input.
LOGITS.jsonl  {"logits": [...]} a line, in the inputs' order, rounded to 6 decimals. FILE has the same form; other keys are ignored.
              BertForSequenceClassification  [labels], for regression [1]     BertForTokenClassification  [tokens][labels]
              BertForMultipleChoice  [choices]                                BertForQuestionAnswering  [tokens][start, end]

The tokenizer is AutoTokenizer's, the class the one named in config.json ("architectures"). Float32, evaluation mode, one input
at a time, so that no padding can hide or cause a difference (but the choices of an input are padded to the longest of them).
Exit code: 0 done or equal; 1 weights missing or left over, tokens that the model's tokenizer calls otherwise, files of
different length, or a difference above 1e-4; 2 wrong usage.
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


def load(directory):
    """The tokenizer and the model, refusing weights that transformers would silently make up or drop."""
    architecture, = json.loads((directory / "config.json").read_text(encoding="utf-8"))["architectures"]
    model, report = getattr(transformers, architecture).from_pretrained(
        directory, dtype=torch.float32, local_files_only=True, output_loading_info=True)
    wrong = {kind: sorted(map(str, keys)) for kind, keys in report.items() if keys}
    if wrong:
        sys.exit(f"{directory}: {architecture} did not load cleanly: {json.dumps(wrong)}")
    return transformers.AutoTokenizer.from_pretrained(directory, local_files_only=True), model.eval()


def sentences(row, number):
    for first, second in (("premise", "hypothesis"), ("sentence1", "sentence2")):
        if first in row and second in row:
            return row[first], row[second]
    sys.exit(f"pair {number}: neither premise and hypothesis nor sentence1 and sentence2, only {sorted(row)}")


def pairs(path, tokenizer):
    for number, row in enumerate(read_jsonl(path), start=1):
        yield tokenizer(*sentences(row, number), truncation="longest_first", max_length=MAX_LENGTH, padding=False,
                        return_tensors="pt")


def packed(path, tokenizer):
    """Each feature's sequences as [C, T]."""
    for example in json.loads(path.read_text(encoding="utf-8"))["examples"]:
        for feature in example["features"]:
            for sequence in feature["sequences"]:
                tokens = tokenizer.convert_ids_to_tokens(sequence["ids"])
                if tokens != sequence["tokens"]:
                    sys.exit(f"{example['location']}: the model's tokenizer calls {sequence['tokens']} {tokens}")
            yield tokenizer.pad({"input_ids": [sequence["ids"] for sequence in feature["sequences"]],
                                 "token_type_ids": [sequence["segments"] for sequence in feature["sequences"]]},
                                padding="longest", return_tensors="pt")


def logits_of(model, inputs):
    """The logits of the only input, without the dimension of the batch."""
    if isinstance(model, transformers.BertForMultipleChoice):
        inputs = {name: tensor[None] for name, tensor in inputs.items()}
    with torch.no_grad():
        output = model(**inputs)
    if isinstance(model, transformers.BertForQuestionAnswering):
        return torch.stack([output.start_logits[0], output.end_logits[0]], dim=-1)
    return output.logits[0]


def rounded(values):
    return [rounded(value) for value in values] if isinstance(values, list) else round(values, 6)


def compare(ours, theirs):
    """Prints the largest difference; true when it is within the tolerance."""
    if len(ours) != len(theirs):
        print(f"{len(ours)} inputs here, {len(theirs)} lines of logits there")
        return False
    worst, worst_line = 0.0, 0
    for line, (here, there) in enumerate(zip(map(torch.tensor, ours), map(torch.tensor, theirs)), start=1):
        if here.shape != there.shape:
            print(f"line {line}: logits of the shape {list(there.shape)} instead of {list(here.shape)}")
            return False
        difference = (here - there).abs().max().item()
        if not math.isfinite(difference):  # NaN compares as neither larger nor smaller
            print(f"line {line}: not finite: {there.tolist()}")
            return False
        worst, worst_line = max((worst, worst_line), (difference, line))
    print(f"max absolute difference {worst:.3g} (line {worst_line}) in {len(ours)} lines")
    return worst <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=pathlib.Path)
    parser.add_argument("inputs", type=pathlib.Path)
    parser.add_argument("logits", type=pathlib.Path, nargs="?", help="where to write the logits")
    parser.add_argument("--compare", type=pathlib.Path, metavar="FILE", help="logits to compare with instead of writing")
    options = parser.parse_args()
    if (options.logits is None) == (options.compare is None):
        parser.error("give either LOGITS.jsonl or --compare FILE")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()

    tokenizer, model = load(options.model_dir)
    inputs = (pairs if options.inputs.suffix == ".jsonl" else packed)(options.inputs, tokenizer)
    ours = [rounded(logits_of(model, each).tolist()) for each in inputs]
    if options.compare:
        sys.exit(0 if compare(ours, [row["logits"] for row in read_jsonl(options.compare)]) else 1)
    with open(options.logits, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"logits": row}) + "\n" for row in ours)


if __name__ == "__main__":
    main()
