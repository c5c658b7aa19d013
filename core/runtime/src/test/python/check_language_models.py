#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads a language model that bertctl saved, unchanged, in Hugging Face transformers and compares its logits with bertctl's.

    python check_language_models.py MODEL_DIR [CHECK.safetensors]        default: MODEL_DIR/check.safetensors

MODEL_DIR   config.json, whose "architectures" names one of MODELS below, and model.safetensors
CHECK.safetensors, what bertctl computed with that model; other tensors are ignored, so it may be an expected.safetensors of
            the golden files:
            input_ids, token_type_ids, attention_mask   integers [B, T], padded on the right
            logits                    float32 [B, T, vocabulary], of all tokens; those of padding are not compared
                                      BertForPreTraining, BertForMaskedLM, BertLMHeadModel
            seq_relationship_logits   float32 [B, 2]    BertForPreTraining, BertForNextSentencePrediction

Float32, evaluation mode, eager attention. Prints the largest absolute difference of each kind of logits.
Exit code: 0 equal; 1 weights missing, left over or of another shape, a decoder that is not tied to the word embeddings, logits
missing or of another shape, or a difference above 1e-4; 2 wrong usage.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0.
"""
import argparse
import json
import pathlib
import sys

import torch
import transformers
from safetensors.torch import load_file

TOLERANCE = 1e-4
# architecture -> name in the file: name in the model's output
MODELS = {
    "BertForPreTraining": {"logits": "prediction_logits", "seq_relationship_logits": "seq_relationship_logits"},
    "BertForMaskedLM": {"logits": "logits"},
    "BertForNextSentencePrediction": {"seq_relationship_logits": "logits"},
    "BertLMHeadModel": {"logits": "logits"},
}


def load(directory):
    """The architecture and the model, refusing weights that transformers would silently make up or drop."""
    architecture, = json.loads((directory / "config.json").read_text(encoding="utf-8"))["architectures"]
    if architecture not in MODELS:
        sys.exit(f"{directory}: {architecture} is none of {', '.join(MODELS)}")
    model, report = getattr(transformers, architecture).from_pretrained(
        directory, dtype=torch.float32, attn_implementation="eager", local_files_only=True, output_loading_info=True)
    wrong = {kind: sorted(map(str, keys)) for kind, keys in report.items() if keys}
    if wrong:
        sys.exit(f"{directory}: {architecture} did not load cleanly: {json.dumps(wrong)}")
    decoder = model.get_output_embeddings()
    if "logits" in MODELS[architecture] and decoder.weight is not model.get_input_embeddings().weight:
        sys.exit(f"{directory}: the decoder is not tied to the word embeddings")
    return architecture, model.eval()


def difference(here, there, mask):
    """The largest one; infinite where the logits are not finite, NaN being neither larger nor smaller than anything."""
    if here.shape != there.shape:
        sys.exit(f"logits of the shape {list(there.shape)} instead of {list(here.shape)}")
    apart = (here - there.float()).abs()
    if here.dim() == 3:
        apart = apart[mask.bool()]
    return apart.nan_to_num(nan=torch.inf).max().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=pathlib.Path)
    parser.add_argument("check", type=pathlib.Path, nargs="?")
    options = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()

    architecture, model = load(options.model_dir)
    tensors = load_file(options.check or options.model_dir / "check.safetensors")
    with torch.no_grad():
        output = model(**{name: tensors[name].long() for name in ("input_ids", "token_type_ids", "attention_mask")})
    equal = True
    for name, theirs in MODELS[architecture].items():
        if name not in tensors:
            sys.exit(f"no {name} to compare with")
        worst = difference(output[theirs], tensors[name], tensors["attention_mask"])
        print(f"{architecture}: max absolute difference of {name} {worst:.3g}")
        equal &= worst <= TOLERANCE
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()
