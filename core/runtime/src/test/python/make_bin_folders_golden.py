#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes model folders with PyTorch's own weight files, as models were published before safetensors, and what they compute.

    python make_bin_folders_golden.py [OUTPUT_DIR]        default: ../resources/golden beside this folder

The reference is Hugging Face transformers' BERT on PyTorch, as in make_golden.py, whose toy models these are. transformers 5 writes
no .bin files; their layout is that of transformers 4, and of 2 for the old one.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, numpy 2.4.6.

  bin-folders/classifier/   a BertForSequenceClassification with 3 labels: config.json and pytorch_model.bin, torch.save of its
        state_dict(), names with the prefix bert.; expected.safetensors with logits  float32 [4, 3]
  bin-folders/old/   a BertModel: pytorch_model.bin in the form before PyTorch 1.6, without the prefix, LayerNorm's parameters called gamma
        and beta, position_ids and the output layer of the pretraining (cls.*) among the weights; expected.safetensors with
        last_hidden_state  float32 [3, 9, 16], pooler_output  float32 [3, 16]
  bin-folders/sharded/   a BertForMaskedLM in three shards, pytorch_model-0000N-of-00003.bin, with pytorch_model.bin.index.json; the output
        layer, which is the word embeddings, is there again; expected.safetensors with labels  int64 [4, 9], logits  float32 [4, 9, 60]
All have input_ids, token_type_ids, attention_mask  int64 [rows, 9] in expected.safetensors. The values of padding mean nothing.
"""
import json
import pathlib
import sys

import torch
import transformers
from safetensors.torch import save_file
from transformers import BertForMaskedLM, BertForPreTraining, BertForSequenceClassification

from make_golden import LENGTHS, NO_DROPOUT, batch, config, draw_weights
from make_language_model_golden import features, masked

SHARDS = 3


def write(folder, model, expected):
    folder.mkdir(parents=True, exist_ok=True)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    save_file({name: tensor.detach().clone().contiguous() for name, tensor in expected.items()}, folder / "expected.safetensors")


def make_classifier(folder):
    model = draw_weights(BertForSequenceClassification(config(num_labels=3, **NO_DROPOUT)), 51, embeddings=0.4)
    inputs = batch(LENGTHS, 151)
    write(folder, model, inputs | {"logits": model(**inputs).logits})
    torch.save(model.state_dict(), folder / "pytorch_model.bin")


def make_old(folder):
    whole = draw_weights(BertForPreTraining(config()), 52)
    inputs = batch(LENGTHS[:3], 152)
    output = whole.bert(**inputs)
    write(folder, whole.bert, inputs | {"last_hidden_state": output.last_hidden_state, "pooler_output": output.pooler_output})
    renamed = {name.removeprefix("bert.").replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): value
               for name, value in whole.state_dict().items()}
    renamed["embeddings.position_ids"] = torch.arange(whole.config.max_position_embeddings).expand((1, -1))
    torch.save(renamed, folder / "pytorch_model.bin", _use_new_zipfile_serialization=False)


def make_sharded(folder):
    model = draw_weights(BertForMaskedLM(config(**NO_DROPOUT)), 53, embeddings=0.4)
    inputs = masked(153)
    write(folder, model, inputs | {"logits": model(**features(inputs)).logits})
    state = model.state_dict()
    assert "cls.predictions.decoder.weight" in state
    names = list(state)
    weight_map = {}
    for shard in range(SHARDS):
        file = f"pytorch_model-{shard + 1:05d}-of-{SHARDS:05d}.bin"
        own = names[len(names) * shard // SHARDS:len(names) * (shard + 1) // SHARDS]
        torch.save({name: state[name] for name in own}, folder / file)
        weight_map |= dict.fromkeys(own, file)
    size = sum(value.numel() * value.element_size() for value in state.values())
    (folder / "pytorch_model.bin.index.json").write_text(
        json.dumps({"metadata": {"total_size": size}, "weight_map": weight_map}, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main():
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    default = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
    folder = (pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default) / "bin-folders"
    with torch.no_grad():
        make_classifier(folder / "classifier")
        make_old(folder / "old")
        make_sharded(folder / "sharded")


if __name__ == "__main__":
    main()
