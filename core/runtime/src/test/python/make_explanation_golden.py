#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that explanations are tested against: Captum's attributions at the embeddings.

    python make_explanation_golden.py [GOLDEN_DIR]        default: ../resources/golden beside this folder

The models and inputs are those that make_golden.py left in training/ (a classifier) and heads/; each row is taken
alone, without its padding. Attributions are of the layer model.bert.embeddings (hidden state 0), summed over the hidden
size, one value a token. The baseline has the id 4, for [MASK], in place of all tokens but the first and the last.
Last run with: python 3.11.7, torch 2.15.0, transformers 5.24.0, captum 0.9.0, safetensors 0.8.0, numpy 2.4.6.

What it writes: explanation/{classifier,tagger,span,choice,regression}.safetensors, for each row R of the inputs (of choice:
each choice, R counting those that are no padding)
    element.R               int64 [2]     row and column of the logit that is explained
    integrated_gradients.R  float32 [T]   LayerIntegratedGradients, gausslegendre, 50 steps
    gradient_x_input.R      float32 [T]   LayerGradientXActivation
    difference.R            float32 [1]   the logit less that of the baseline
    rollout.R               float32 [T]   Abnar and Zuidema's roll-out of output_attentions, computed by NumPy here: the
                                          row of the first token, of tagger and span the explained token's
"""
import pathlib
import sys

import numpy as np
import torch
from captum.attr import LayerGradientXActivation, LayerIntegratedGradients
from safetensors.torch import load_file, save_file
from transformers import (
    BertForMultipleChoice, BertForQuestionAnswering, BertForSequenceClassification, BertForTokenClassification)

MASK = 4
STEPS = 50


def sequences(expected):
    """Ids and segments of each row, [1,T] each, without padding."""
    ids, segments, mask = (
        expected[name].reshape(-1, expected[name].shape[-1])
        for name in ("input_ids", "token_type_ids", "attention_mask"))
    lengths = mask.sum(1).tolist()
    return [(ids[i:i + 1, :n], segments[i:i + 1, :n]) for i, n in enumerate(lengths) if n > 0]


def rollout(attentions, row):
    """attentions: [1,A,T,T] a layer."""
    rolled = np.eye(attentions[0].shape[-1])
    for layer in attentions:
        rolled = (0.5 * layer[0].double().numpy().mean(0) + 0.5 * np.eye(rolled.shape[0])) @ rolled
    return torch.from_numpy(rolled[row].astype(np.float32))


def explain(model, logits, rows, is_of_token):
    """logits(ids, segments) gives [n,L], of tokens [n,T,L]."""
    integrated = LayerIntegratedGradients(logits, model.bert.embeddings)
    gradient = LayerGradientXActivation(logits, model.bert.embeddings)
    found = {}
    for number, (ids, segments) in enumerate(rows):
        baseline = ids.clone()
        baseline[0, 1:-1] = MASK
        columns = logits(ids, segments).shape[-1]
        row, column = (1 + number % (ids.shape[1] - 1) if is_of_token else 0), number % columns
        target = (row, column) if is_of_token else column
        with torch.no_grad():
            both = [logits(x, segments)[0][target] for x in (ids, baseline)]
            attentions = model.bert(input_ids=ids, token_type_ids=segments, output_attentions=True).attentions
        found |= {
            f"element.{number}": torch.tensor([row, column]),
            f"integrated_gradients.{number}": integrated.attribute(
                ids, baselines=baseline, additional_forward_args=(segments,), target=target, n_steps=STEPS)[0].sum(-1),
            f"gradient_x_input.{number}": gradient.attribute(
                ids, additional_forward_args=(segments,), target=target)[0].sum(-1),
            f"difference.{number}": (both[0] - both[1]).reshape(1),
            f"rollout.{number}": rollout(attentions, row),
        }
    return {name: tensor.detach().contiguous() for name, tensor in found.items()}


def main(golden):
    for name, folder, architecture in (
            ("classifier", "training", BertForSequenceClassification),
            ("tagger", "heads/tagger", BertForTokenClassification),
            ("span", "heads/span", BertForQuestionAnswering),
            ("choice", "heads/choice", BertForMultipleChoice),
            ("regression", "heads/regression", BertForSequenceClassification)):
        model = architecture.from_pretrained(golden / folder, attn_implementation="eager").eval()

        def logits(ids, segments):
            if architecture is BertForMultipleChoice:
                return model(input_ids=ids[:, None], token_type_ids=segments[:, None]).logits
            output = model(input_ids=ids, token_type_ids=segments)
            if architecture is BertForQuestionAnswering:
                return torch.stack([output.start_logits, output.end_logits], -1)
            return output.logits

        rows = sequences(load_file(golden / folder / "expected.safetensors"))
        (golden / "explanation").mkdir(exist_ok=True)
        found = explain(model, logits, rows, name in ("tagger", "span"))
        save_file(found, golden / "explanation" / f"{name}.safetensors")
        errors = [abs(found[f"integrated_gradients.{i}"].sum() - found[f"difference.{i}"][0]).item()
                  for i in range(len(rows))]
        print(name, len(rows), "rows; the sums are off by at most", f"{max(errors):.1e}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "resources/golden")
