#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files of ONNX models from PyTorch's own exporters.

    pip install torch transformers onnx onnxscript safetensors
    python make_onnx_golden.py [OUTPUT_DIR]        default: ../resources/golden/onnx beside this folder

Each folder has a BertForSequenceClassification (14 word pieces, hidden 16, 2 layers, 2 heads, 3 labels) with fixed seeds:

  trained   torch.onnx.export(dynamo=True), all weights different as after training, the larger ones in model.onnx.data
  new       the same exporter with all weights in model.onnx, and weights as transformers draws them: biases that are all
            zero are stored once, or left out
  old       torch.onnx.export(dynamo=False) of the model of "new"

with model.onnx, config.json, vocab.txt and expected.safetensors: input_ids, token_type_ids, attention_mask [N,T], integers,
and the logits [N,3] of transformers, float32. What the exporter notes about the lines of Python that a node comes from
(metadata_props) is taken out: it is longer than all the rest.
Last run with: python 3.11.7, torch 2.15.0, transformers 5.24.0, onnx 1.23.2, onnxscript 0.7.2.
"""
import pathlib
import sys

import onnx
import torch
import transformers
from safetensors.torch import save_file
from transformers import BertConfig, BertForSequenceClassification

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "dog", "cat", "##s", "red", "sees", "a", "small", "."]
INPUTS = {
    "input_ids": torch.tensor([[2, 5, 6, 8, 3, 0, 0], [2, 5, 7, 3, 11, 6, 3]]),
    "token_type_ids": torch.tensor([[0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1]]),
    "attention_mask": torch.tensor([[1, 1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1, 1]]),
}


def model(trained):
    torch.manual_seed(1)
    drawn = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(VOCABULARY), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=24, num_labels=3)).eval()
    if trained:
        with torch.no_grad():
            for parameter in drawn.parameters():
                parameter.add_(torch.randn_like(parameter) * 0.1)
    return drawn


def without_notes(file):
    exported = onnx.load(file, load_external_data=False)
    for described in (exported, exported.graph, *exported.graph.node, *exported.graph.initializer, *exported.graph.value_info):
        del described.metadata_props[:]
    onnx.save(exported, file)


def write(folder, drawn, options):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "model.onnx"
    torch.onnx.export(drawn, (), str(file), kwargs=INPUTS, input_names=list(INPUTS), **options)
    without_notes(file)
    drawn.config.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    with torch.no_grad():
        logits = drawn(**INPUTS).logits
    save_file({**INPUTS, "logits": logits.contiguous()}, folder / "expected.safetensors")


def main(output):
    transformers.logging.set_verbosity_error()
    sizes = {name: {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC} for name in INPUTS}
    names = {name: {0: "batch", 1: "length"} for name in INPUTS}
    write(output / "trained", model(True), {"dynamo": True, "external_data": True, "dynamic_shapes": sizes})
    write(output / "new", model(False), {"dynamo": True, "external_data": False, "dynamic_shapes": sizes})
    write(output / "old", model(False), {"dynamo": False, "dynamic_axes": names})


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources/golden/onnx")
