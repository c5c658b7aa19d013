# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files of this module: features.json, spans.json and scores.json.

    pip install transformers==4.57.1 numpy
    python make_golden.py bert-base-uncased-vocab.txt ../resources/dev/bertctl/qa

The references are Hugging Face's:

- features.json: the tokenizer with `truncation="only_second"`, `stride` and overflowing tokens, as run_qa calls it; targets
  by the encoding's own `char_to_token`. Offsets are turned from Unicode characters into UTF-16 units, as Java counts.
- spans.json: `compute_predictions_logits`, the port of the original run_squad's decoder, on features of
  `squad_convert_examples_to_features`, with random logits. Every word is one word piece and no word comes twice, so its
  words are our pieces and its texts are all different.
- scores.json: `squad_metrics`, the port of evaluate-v2.0.py.

The texts were written for this project.
"""

import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from transformers import BertTokenizer, BertTokenizerFast
from transformers.data.metrics import squad_metrics
from transformers.data.processors.squad import SquadExample, SquadResult, squad_convert_examples_to_features

MAX_LENGTH = 32
STRIDE = 8  # word pieces that neighbouring windows share

LONG = (
    "The lighthouse on Gull Rock was built in 1871 by a crew of twelve masons. Its lamp burned whale oil until 1902, when "
    "a paraffin burner took its place. Electric light came to the rock 😀 only in 1954, and the last keeper, "
    "Ewa Lindstro\u0308m-Ma\u0301rquez, left it on the third of May 1987. Since then the light has been run from the mainland."
)
CASES = [
    ("How many masons built the lighthouse?", LONG, "twelve"),
    ("Who was the last keeper?", LONG, "Ewa Lindstro\u0308m-Ma\u0301rquez"),
    ("What replaced whale oil?", LONG, "paraffin burner"),
    ("Over what time did keepers tend the light?", LONG, "1902, when a paraffin burner took its place. Electric light"),
    ("When did it turn electric?", LONG, "95"),  # inside a word: the piece around it
    ("Who painted the lighthouse?", LONG, None),
    ("Which code opens the gate?", "🎉🎉 The café's gate opens with the code ＡＢ１２３, says Zoë 🙂.", "ＡＢ１２３"),
    ("谁种了这棵树？", "这棵树是李小明的祖父在一九五三年种下的，现在已经有二十米高。", "李小明的祖父"),
    ("What is short?", "This.", "This."),
]


def utf16(text, index):
    return len(text[:index].encode("utf-16-le")) // 2


def pieces(tokenizer, text):
    encoding = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    starts, ends = zip(*encoding["offset_mapping"])
    return {
        "text": text,
        "ids": encoding["input_ids"],
        "starts": [utf16(text, start) for start in starts],
        "ends": [utf16(text, end) for end in ends],
    }


def window(batch, index, start, last):
    encoding = batch.encodings[index]
    first, final = (None, None) if start is None else (
        encoding.char_to_token(start, sequence_index=1), encoding.char_to_token(last, sequence_index=1))
    whole = first is not None and final is not None
    return {"ids": encoding.ids, "segments": encoding.type_ids, "target": [first, final] if whole else [0, 0]}


def features(tokenizer):
    made = []
    for question, passage, answer in CASES:
        start = None if answer is None else passage.index(answer)
        batch = tokenizer(
            question, passage, truncation="only_second", max_length=MAX_LENGTH, stride=STRIDE,
            return_overflowing_tokens=True)
        last = None if answer is None else start + len(answer) - 1
        made.append({
            "question": pieces(tokenizer, question),
            "passage": pieces(tokenizer, passage),
            "answer": answer or "",
            "answer_start": -1 if answer is None else start,
            "features": [window(batch, i, start, last) for i in range(len(batch.encodings))],
        })
    return {"max_length": MAX_LENGTH, "doc_stride": STRIDE, "cases": made}


WORDS = (
    "north wind over green hill brought cold rain while seven old men from small village carried heavy stone bread water "
    "wood iron salt down long road near great river under dark sky before winter night could close every open door"
).split()
SPAN_QUESTION = "who went there"
SPAN_LENGTHS = {"max_length": 26, "overlap": 6, "max_answer_length": 5, "n_best_size": 30}


def spans(vocabulary):
    tokenizer = BertTokenizer(vocabulary, do_lower_case=True)
    assert len(set(WORDS)) == len(WORDS) and all(tokenizer.tokenize(word) == [word] for word in WORDS)
    room = SPAN_LENGTHS["max_length"] - 3 - len(SPAN_QUESTION.split())
    cases = []
    for seed, count in enumerate([len(WORDS), 20, 9, 33, len(WORDS), 3]):
        words = WORDS[:count]
        example = SquadExample(str(seed), SPAN_QUESTION, " ".join(words), None, None, "")
        converted = squad_convert_examples_to_features(
            [example], tokenizer, SPAN_LENGTHS["max_length"], room - SPAN_LENGTHS["overlap"], 64, False,
            threads=1, tqdm_enabled=False)
        logits = np.random.default_rng(seed).normal(0, 3, (len(converted), SPAN_LENGTHS["max_length"], 2))
        logits = logits.astype(np.float32)
        results = [
            SquadResult(feature.unique_id, logits[i, :, 0].tolist(), logits[i, :, 1].tolist())
            for i, feature in enumerate(converted)
        ]
        cases.append({
            "words": words,
            "logits": [logits[i, : len(feature.tokens)].tolist() for i, feature in enumerate(converted)],
            "answerable": decoded(example, converted, results, tokenizer, False),
            "unanswerable": decoded(example, converted, results, tokenizer, True),
        })
    return {"question": SPAN_QUESTION, **SPAN_LENGTHS, "cases": cases}


def decoded(example, converted, results, tokenizer, unanswerable):
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / name) for name in ("predictions", "nbest", "odds")]
        squad_metrics.compute_predictions_logits(
            [example], converted, results, SPAN_LENGTHS["n_best_size"], SPAN_LENGTHS["max_answer_length"], True, *names,
            False, unanswerable, 0.0, tokenizer)
        read = [json.loads(Path(name).read_text()) for name in names[: 3 if unanswerable else 2]]
    answer = {"text": read[0][example.qas_id], "nbest": read[1][example.qas_id]}
    return {**answer, "null_odds": read[2][example.qas_id]} if unanswerable else answer


SCORED = [
    ("The Quick-Brown Fox!", ["a quick brown fox"]),
    ("the quick brown fox", ["quickbrown fox", "brown fox jumps"]),
    ("", ["", "the"]),
    ("An", ["the", "house"]),
    ("house house", ["the house", "house of the house"]),
    ("Thermal THE theory", ["thermal theory"]),
    ("ΟΔΥΣΣΕΥΣ", ["Οδυσσευς"]),
    ("İstanbul", ["i\u0307stanbul"]),
    ("a\u0301 b", ["\u0301 b", "b"]),
    ("the\u0301 vert", ["vert"]),
    ("thé vert", ["vert", "the vert"]),
    ("one\u00a0two\u2003three\u3000four", ["one two three four"]),
    ("one\x1ctwo\u200bthree\u0085four", ["one two three four"]),
    ("£5 – “the” sum", ["£5 – “” sum", "5 sum"]),
    ("the_end", ["end", "theend"]),
    ("٣ the٣ a½", ["٣ ½", "٣"]),
    ("北京大学", ["北京 大学", "北京大学。"]),
    ("1,000.50 $", ["100050"]),
    ("the the a", ["an"]),
    ("😀 the 😀", ["😀", "😀😀"]),
    ("𐐀the 𠀀a b", ["𐐀the", "𠀀a b"]),
]


def scores():
    one_by_one = [
        {
            "predicted": predicted,
            "gold": gold,
            "words": squad_metrics.get_tokens(predicted),
            "exact": max(squad_metrics.compute_exact(answer, predicted) for answer in kept(gold)),
            "f1": max(squad_metrics.compute_f1(answer, predicted) for answer in kept(gold)),
        }
        for predicted, gold in SCORED
    ]
    random.seed(7)
    questions = []
    for i in range(60):
        has_answer = i % 3 != 0
        gold = [f"red house {i}", f"house {i}"] if has_answer else []
        predicted = random.choice(["", f"red house {i}", f"the house {i} there", "bridge"])
        odds = round(random.gauss(-1 if has_answer else 1, 2), 3)
        questions.append({"id": str(i), "gold": gold, "predicted": predicted, "null_odds": odds})
    return {"answers": one_by_one, "questions": questions, "whole": whole(questions)}


def kept(gold):
    return [answer for answer in gold if squad_metrics.normalize_answer(answer)] or [""]


def whole(questions):
    examples = [
        SquadExample(each["id"], "?", "x", None, None, "", [{"text": text} for text in each["gold"]], not each["gold"])
        for each in questions
    ]
    predicted = {each["id"]: each["predicted"] for each in questions}
    odds = {each["id"]: each["null_odds"] for each in questions}
    # As evaluate-v2.0.py is used on a BERT's null odds: predictions count as they are.
    return squad_metrics.squad_evaluate(examples, predicted, odds, no_answer_probability_threshold=1e9)


def main():
    vocabulary, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "features.json": features(BertTokenizerFast(vocabulary, do_lower_case=True)),
        "spans.json": spans(vocabulary),
        "scores.json": scores(),
    }
    for name, content in made.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=True, indent=None) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
