#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that attention weights are tested against, from texts to weights.

    python make_attention_golden.py [OUTPUT_DIR]        default: ../resources/golden beside this folder

The reference is Hugging Face transformers' BERT on PyTorch with eager attention and `output_attentions`, and its tokenizer, on
a toy model as in make_golden.py (vocabulary 60, hidden 16, 2 layers, 2 heads).
Last run with: python 3.11.7, torch 2.15.0, transformers 5.24.0, safetensors 0.8.0, numpy 2.4.6.

What it writes:

  attention/          config.json, model.safetensors (a BertModel), vocab.txt, tokenizer_config.json (lower case),
        inputs.json           for each input its texts, one or two, its tokens and its segments as transformers has them
        expected.safetensors  INPUT.LAYER  float32 [2, T, T]    head, from, to; computed in one batch, padded on the right to
                              the longest, and cut to the T tokens that the input has
  attention/causal/   config.json of the same model with is_decoder, and expected.safetensors; no token sees those behind it
"""
import json
import pathlib
import sys

import numpy as np
import torch
import transformers
from safetensors.torch import save_file
from transformers import BertModel, BertTokenizer

from make_golden import config, draw_weights

SEED = 42
INPUTS = [["The red cat sees a small dog.", "A cat sees it!"], ["Birds like old trees"], ["the boat", "the unlikely new house on the river"]]
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "a", "red", "blue", "cat", "dog", "bird", "tree", "house", "river",
          "boat", "see", "like", "old", "new", "small", "big", "it", "on", "un", "##s", "##like", "##ly", "##red", ".", "!", ","]


def expected(model, tokenizer):
    batch = tokenizer.pad([tokenizer(*texts) for texts in INPUTS], return_tensors="pt")
    with torch.no_grad():
        attentions = model(**batch, output_attentions=True).attentions
    assert not batch["attention_mask"].all(), "nothing is padded"
    lengths = batch["attention_mask"].sum(dim=1).tolist()
    weights = {f"{row}.{layer}": weights[row, :, :length, :length].clone().contiguous()
               for row, length in enumerate(lengths) for layer, weights in enumerate(attentions)}
    for values in weights.values():
        torch.testing.assert_close(values.sum(dim=-1), torch.ones(values.shape[:2]))
        # Heads that attend alike everywhere would hide a transposed matrix, and mixed up heads or layers.
        assert (values - values.transpose(1, 2)).abs().max() > 1e-2 and (values[0] - values[1]).abs().max() > 1e-2
    rows = [{"texts": texts, "tokens": tokenizer.convert_ids_to_tokens(batch["input_ids"][row, :length].tolist()),
             "segments": batch["token_type_ids"][row, :length].tolist()} for row, (texts, length) in enumerate(zip(INPUTS, lengths))]
    return rows, weights


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    here = pathlib.Path(__file__).resolve().parent
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden"
    folder, causal = root / "attention", root / "attention" / "causal"
    causal.mkdir(parents=True, exist_ok=True)
    own = config()
    vocabulary = PIECES + [f"word{i}" for i in range(own.vocab_size - len(PIECES))]
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer", "do_lower_case": true}\n')
    tokenizer = BertTokenizer.from_pretrained(folder)
    model = draw_weights(BertModel(own), SEED, embeddings=0.4)
    model.save_pretrained(folder)
    rows, weights = expected(model, tokenizer)
    (folder / "inputs.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    save_file(weights, folder / "expected.safetensors")
    decoder = BertModel(config(is_decoder=True)).eval()
    decoder.load_state_dict(model.state_dict())
    decoder.config.save_pretrained(causal)
    weights = expected(decoder, tokenizer)[1]
    assert all(not values.triu(1).any() for values in weights.values())
    save_file(weights, causal / "expected.safetensors")
    files = [file for file in folder.rglob("*") if file.is_file()]
    for file in files:
        file.chmod(0o644)  # safetensors writes 0600
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, numpy {np.__version__}: {len(files)} files,",
          sum(file.stat().st_size for file in files), "bytes;", [len(row["tokens"]) for row in rows], "tokens")


if __name__ == "__main__":
    main()
