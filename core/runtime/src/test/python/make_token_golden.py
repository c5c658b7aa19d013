#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that tokenising and truncation are tested against.

    python make_token_golden.py [OUTPUT_DIR]        default: ../resources/golden/tokens beside this folder

The reference is Hugging Face transformers' BertTokenizer on the tokenizers library.
Last run with: python 3.11.7, transformers 5.23.0, tokenizers 0.23.3. Equality is exact.

What it writes, with a vocabulary made up here:

  uncased/, cased/   vocab.txt and tokenizer_config.json, the same vocabulary read in either casing
  texts.jsonl        one text a line with what each casing makes of it:
        text;  uncased, cased: ids, starts, ends     without special tokens, not cut
        Offsets count UTF-16 units, as Java does. An end is Hugging Face's, moved behind combining accents that belong to no
        piece: Hugging Face ends "e + combining acute" before the accent when accents are stripped.
  pairs.jsonl        first, second (numbers of pieces), max_length, and for each truncation how many pieces of both are left;
        only_first and only_second are left out where Hugging Face refuses to cut
"""
import json
import pathlib
import random
import shutil
import string
import sys
import unicodedata

from transformers import BertTokenizer

WORDS = "the a man woman dog cat in on is are not run walk play eat red black cafe naive un aff able i don t s Paris Berlin NASA".split()
ENDINGS = "ning ing s ed er ly able".split()
OTHERS = ["é", "ï", "ß", "ü", "我", "爱", "北", "京", "ア", "한", "😀", "👍", "𝄞", "½", "٣", "д", "Д"]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

TEXTS = [
    "", " ", "\n", "The man is running.", "the man  is\trunning\n", "unaffable", "don't", "U.S.A.", "[SEP]", "a[SEP]b", "[sep]",
    "[CLS] the [MASK] [UNK] [PAD]", "a😀", "😀a", "😀 a", "a😀b 😀 c", "👩‍👩‍👧 man", "👍🏽 cat", "𝄞the𝄞", "café", "cafe\u0301", "CAFE\u0301 naïve",
    "nai\u0308ve man", "\u0301a", "e\u0301\u0302 e", "我爱北京", "我 love北京!", "ＴＨＥ　ｍａｎ", "①½²", "\u200bthe\u200b man\ufeff", "a\u0000b", "\ufffdthe",
    "x" * 100, "x" * 101, "ß", "İi", "ﬁne", "한국", "アイ", "Дд", "a\u00a0b", "a\u2028b", "..", "@#", "a-b", "\U000e0001a", "🇩🇪the",
]


def odd_texts(count):
    draw = random.Random(11)
    ranges = [(0, 0x20), (0x21, 0x7E), (0x7F, 0xA0), (0xA1, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0xDFF),
              (0x2000, 0x206F), (0x3000, 0x30FF), (0x4E00, 0x4E20), (0xAC00, 0xAC20), (0xFF01, 0xFF60), (0x1D400, 0x1D7FF),
              (0x1F300, 0x1FAFF), (0x20000, 0x20010)]
    for _ in range(count):
        parts = []
        for _ in range(draw.randint(1, 10)):
            kind = draw.randrange(4)
            if kind == 0:
                parts.append(draw.choice(WORDS + ["run" + e for e in ENDINGS]))
            elif kind == 1:
                parts.append(draw.choice(OTHERS + ["e\u0301", "u\u0308"]))
            elif kind == 2:
                parts.append(chr(draw.randint(*draw.choice(ranges))))
            else:
                parts.append(" ")
        yield "".join(parts)


def utf16(text, character):
    return len(text[:character].encode("utf-16-le")) // 2


def tokenise(tokenizer, text):
    encoding = tokenizer.backend_tokenizer.encode(text, add_special_tokens=False)
    starts, ends = [s for s, _ in encoding.offsets], [e for _, e in encoding.offsets]
    for i, end in enumerate(ends):
        limit = starts[i + 1] if i + 1 < len(starts) else len(text)
        while end < limit and unicodedata.category(text[end]) == "Mn":
            end += 1
        ends[i] = end
    return {"ids": encoding.ids, "starts": [utf16(text, s) for s in starts], "ends": [utf16(text, e) for e in ends]}


def truncations(tokenizer, first, second, max_length):
    kept = {}
    for strategy in ("longest_first", "only_first", "only_second"):
        tokenizer.backend_tokenizer.enable_truncation(max_length, strategy=strategy)
        try:
            sequences = tokenizer.backend_tokenizer.encode("a " * first, "a " * second).sequence_ids
        except Exception as refused:  # the library has no narrower type
            assert "too short" in str(refused), refused
        else:
            kept[strategy] = [sequences.count(0), sequences.count(1)]
    return kept


def main():
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "tokens"
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    shutil.rmtree(out, ignore_errors=True)
    pieces = list(dict.fromkeys(list(string.punctuation) + list(string.ascii_letters + string.digits) + WORDS + OTHERS))
    vocabulary = SPECIAL + pieces + ["##" + p for p in list(string.ascii_letters) + ENDINGS + OTHERS]
    tokenizers = {}
    for name in ("uncased", "cased"):
        (out / name).mkdir(parents=True)
        (out / name / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
        config = {"tokenizer_class": "BertTokenizer", "do_lower_case": name == "uncased"}
        (out / name / "tokenizer_config.json").write_text(json.dumps(config) + "\n", "utf-8")
        tokenizers[name] = BertTokenizer.from_pretrained(out / name)
    with open(out / "texts.jsonl", "w", encoding="utf-8") as file:
        for text in TEXTS + list(odd_texts(250)):
            line = {"text": text, **{name: tokenise(t, text) for name, t in tokenizers.items()}}
            file.write(json.dumps(line) + "\n")
    draw = random.Random(12)
    with open(out / "pairs.jsonl", "w", encoding="utf-8") as file:
        for _ in range(200):
            first, second, max_length = draw.randint(0, 14), draw.randint(0, 14), draw.randint(5, 16)
            line = {"first": first, "second": second, "max_length": max_length}
            file.write(json.dumps(line | truncations(tokenizers["uncased"], first, second, max_length)) + "\n")


if __name__ == "__main__":
    main()
