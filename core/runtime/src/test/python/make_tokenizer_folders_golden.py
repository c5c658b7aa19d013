#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files of TokenizerFoldersTest: what transformers makes of the files that decide a tokenizer, combined.

    python make_tokenizer_folders_golden.py originals       writes texts.json and originals.jsonl
    mvn -pl core/runtime test -Dtest=TokenizerFoldersTest -Dtokenizers.saved=FOLDER
                                                            lets bertctl save each of them as FOLDER/NAME, instead of testing
    python make_tokenizer_folders_golden.py saved FOLDER    writes saved.jsonl

Everything is AutoTokenizer.from_pretrained. The files lie in ../resources/golden/tokenizer-folders:

  texts.json       the texts
  originals.jsonl  a folder a line: name; files, their content by name; ids of each text, without the special tokens around it, or
                   error, the exception with which transformers refuses the folder; bertctl, "refuses" where bertctl does not
                   open what transformers opens: there the files contradict each other, or ask for another tokenizer
  saved.jsonl      a folder a line: name; sha256 of each of the tokenizer's files that bertctl saved; ids of each text there

Where transformers opens the original, "saved" fails unless the ids are the same, and it fails unless transformers packs one text as
[CLS] A [SEP] and two as [CLS] A [SEP] B [SEP] with the segments 0 and 1.
Last run with: python 3.11.7, transformers 5.23.0, tokenizers 0.23.3.
"""
import hashlib
import json
import os
import pathlib
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"
from transformers import AutoTokenizer  # noqa: E402

OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "tokenizer-folders"
SAVED = ["tokenizer.json", "tokenizer_config.json", "vocab.txt"]

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PIECES = """hello Hello HELLO world World cafe café caf ##e ##é naive naïve 中 国 中国 ##国 ##中国 new New NEW ##new un ##able a b A B ##a ##b
 ##s tok ##en [ ] < > ent mask cls sep pad unk . , ! - : ü u ß ##ß i fi ½ 1 😀 한국 ア x ##x ⟦ ##hello ##- ##. İ""".split()
VOCABULARY = SPECIAL + PIECES

TEXTS = [
    "", " ", "Hello hello HELLO world World.", "café cafe\u0301 CAFÉ CAFE\u0301 naïve naive", "\u0301a e\u0301\u0302 u\u0308 ü Ü",
    "中国 中 国 x中国a 中国国", "hello[MASK]world [MASK] [mask]", "[CLS] [SEP] [PAD] [UNK] [cls]", "un[NEW]able [NEW] [new][NEW]",
    "tok<ent>en <ENT> < ent >", "hello  <ent>  world <ent>.", "hello <ent>", "newhello hellonew hello-new new,new un new", "New NEW new xnewx",
    "a\u200bb a\u00adb a\ufeffb \u200d", "a\u0000b a\u0007b \ufffd a\u0085b", "a\tb\na\r\nb", "😀 a😀b 😀new", "👩\u200d👩\u200d👧 🇩🇪",
    "한국 ア アa", "ＡＢ ﬁ ½ ①", "a\u00a0b a\u3000b a\u2028b", "İ i\u0307 ß straße", "a" + "b" * 99 + " a" + "b" * 100, "⟦x⟧ hello!",
    "a [MASK] b  [MASK]  a", "<x> <y> <bos> <eos> <img>", "<pad> <unk> <cls> <sep> <mask>", "Grüße, hello: A-B.", "hello\u0301 HELLO\u0301[MASK]\u0301",
]


def added(token, number, **flags):
    entry = {"id": number, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return entry | flags


def decoder(*entries):
    return {str(e["id"]): {k: v for k, v in e.items() if k != "id"} for e in entries}


def whole(vocabulary=VOCABULARY, lower=True, tokens=(), **parts):
    content = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [added(t, vocabulary.index(t)) for t in SPECIAL if t in vocabulary] + list(tokens),
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": lower},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {t: i for i, t in enumerate(vocabulary)}},
    }
    return content | parts


def lines(vocabulary=VOCABULARY, end="\n"):
    return "".join(t + end for t in vocabulary)


END = len(VOCABULARY)
NEW = added("[NEW]", END)
BERT = {"config.json": {"model_type": "bert"}}
FAST = "PreTrainedTokenizerFast"
TEMPLATE = {
    "type": "TemplateProcessing",
    "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
               {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
    "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
             {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
             {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
    "special_tokens": {t: {"id": t, "ids": [i], "tokens": [t]} for t, i in (("[CLS]", 2), ("[SEP]", 3))},
}
LIMITS = {
    "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
    "padding": {"strategy": {"Fixed": 4}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
}
OTHER_NORMALIZER = {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]}
OTHER_MODEL = {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "a", "max_input_chars_per_word": 4,
               "vocab": {t: i for i, t in enumerate(VOCABULARY)}}
D2L = ["<pad>", "<unk>", "<cls>", "<sep>", "<mask>"]
ROLES = ["pad", "unk", "cls", "sep", "mask"]
NAMES = {f"{r}_token": t for r, t in zip(ROLES, D2L)}


def folders():
    """Name, files by name (text, or what becomes JSON); then whether bertctl refuses it, and what transformers is told beside."""

    def vocab(config=None, text=None, **files):
        return BERT | {"vocab.txt": text or lines()} | ({} if config is None else {"tokenizer_config.json": config}) | files

    def both(config=None, content=None, **files):
        return BERT | {"tokenizer.json": content or whole()} | ({} if config is None else {"tokenizer_config.json": config}) | files

    yield "vocab", vocab()
    yield "vocab-empty-config", vocab({})
    for lower in (True, False):
        for accents in (True, False, None):
            for chinese in (True, False):
                config = {"do_lower_case": lower, "strip_accents": accents, "tokenize_chinese_chars": chinese}
                name = "-".join(["lower" if lower else "cased", f"accents-{accents}".lower(), f"chinese-{chinese}".lower()])
                yield f"vocab-{name}", vocab(config)
                yield f"json-{name}", both(config, whole(lower=not lower))
    yield "json-lower", both()
    yield "json-cased", both(content=whole(lower=False))
    yield "json-cased-empty-config", both({}, whole(lower=False))
    yield "json-beside-other-vocab", both({"do_lower_case": False}, **{"vocab.txt": lines(list(reversed(VOCABULARY)))})
    yield "json-normalizer-of-others", both(content=whole(normalizer=OTHER_NORMALIZER, pre_tokenizer={"type": "Whitespace"}))
    yield "json-model-of-others", both(content=whole(model=OTHER_MODEL))
    yield "json-template", both(content=whole(post_processor=TEMPLATE))
    yield "json-truncation-and-padding", both(content=whole(**LIMITS))
    yield "ignored-settings", vocab({"do_basic_tokenize": False, "never_split": ["HELLO", "New"], "model_max_length": 10**30,
                                     "padding_side": "left", "truncation_side": "left", "clean_up_tokenization_spaces": True})
    yield "shorter", vocab({"model_max_length": 64})

    for name in ("BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "ElectraTokenizerFast", "MobileBertTokenizer",
                 "PreTrainedTokenizerFast", "TokenizersBackend", "PreTrainedTokenizer"):
        yield f"class-{name}", both({"tokenizer_class": name}, whole(lower=False))
        yield f"class-of-model-{name}", both(content=whole(lower=False), **{"config.json": {"model_type": "bert", "tokenizer_class": name}})
    yield "class-of-config-first", both({"tokenizer_class": FAST}, whole(lower=False),
                                        **{"config.json": {"model_type": "bert", "tokenizer_class": "BertTokenizer"}})
    for name in ("BertJapaneseTokenizer", "RobertaTokenizer", "FooTokenizer", "MPNetTokenizer"):
        yield f"class-{name}", both({"tokenizer_class": name}), "refuses"
    yield "class-fast-without-json", vocab({"tokenizer_class": FAST})
    yield "no-model-type", both(content=whole(lower=False), **{"config.json": {}})
    yield "no-config-json", {"tokenizer.json": whole(lower=False)}
    yield "no-config-json-class", {"tokenizer.json": whole(lower=False), "tokenizer_config.json": {"tokenizer_class": "BertTokenizer"}}
    yield "no-config-json-vocab-cased", {"vocab.txt": lines()}
    yield "no-config-json-vocab-lower", {"vocab.txt": lines([t for t in VOCABULARY if t in SPECIAL or t == t.lower()])}
    yield "original-checkpoint", {"bert_config.json": {}, "vocab.txt": lines()}

    yield "fast-others", both({"tokenizer_class": FAST}, whole(normalizer=OTHER_NORMALIZER, pre_tokenizer={"type": "Whitespace"}))
    yield "fast-others-model", both({"tokenizer_class": FAST}, whole(model=OTHER_MODEL))
    yield "fast-no-normalizer", both({"tokenizer_class": FAST}, whole(normalizer=None))
    yield "fast-ignores-settings", both({"tokenizer_class": FAST, "do_lower_case": True, "tokenize_chinese_chars": False}, whole(lower=False))
    yield "fast-no-added", both({"tokenizer_class": FAST}, whole(added_tokens=[]))
    yield "fast-names-not-added", both({"tokenizer_class": FAST, "cls_token": "[CLS]", "mask_token": "[MASK]"}, whole(added_tokens=[]))
    yield "fast-added-in-json", both({"tokenizer_class": FAST}, whole(tokens=[NEW, added("<ent>", END + 1, special=False, normalized=True)]))
    yield "fast-added-tokens-json", both({"tokenizer_class": FAST}, **{"added_tokens.json": {"[NEW]": END, "<ent>": END + 1}})
    yield "fast-decoder", both({"tokenizer_class": FAST, "added_tokens_decoder": decoder(NEW, *whole()["added_tokens"])})
    yield "fast-decoder-other-flags", both({"tokenizer_class": FAST, "added_tokens_decoder": decoder(added("[MASK]", 4, lstrip=True))}), "refuses"
    yield "fast-special-map", both({"tokenizer_class": FAST}, **{"special_tokens_map.json": {"additional_special_tokens": ["<x>"], "bos_token": "<bos>"}})
    yield "fast-extra", both({"tokenizer_class": FAST, "extra_special_tokens": ["<x>", "<y>"]})
    words = {"type": "WordLevel", "unk_token": "<unk>", "vocab": {t: i for i, t in enumerate(D2L + PIECES)}}
    plain = [added(t, i, single_word=True, normalized=True) for i, t in enumerate(D2L)]
    yield "fast-words", both(
        {"tokenizer_class": FAST} | NAMES,
        whole(added_tokens=plain, normalizer={"type": "Lowercase"}, pre_tokenizer={"type": "WhitespaceSplit"}, model=words,
              post_processor={"type": "BertProcessing", "sep": ["<sep>", 3], "cls": ["<cls>", 2]}))
    yield "bert-words", both(content=whole(model=words, added_tokens=plain)), "refuses"

    for where, files in (("vocab", vocab), ("json", both)):
        yield f"{where}-added-tokens-json", files(**{"added_tokens.json": {"<ent>": END + 1, "[NEW]": END}})
        yield f"{where}-added-tokens-json-special", files({"additional_special_tokens": ["[NEW]"]}, **{"added_tokens.json": {"[NEW]": END}})
        yield f"{where}-added-tokens-json-known", files(**{"added_tokens.json": {"new": VOCABULARY.index("new")}})
        for flag in ("single_word", "lstrip", "rstrip", "normalized"):
            for token, number in (("<ent>", END), ("new", VOCABULARY.index("new")), ("NEW", VOCABULARY.index("NEW")), ("[MASK]", 4)):
                name = token.strip("<[]>")
                name = "upper" if name == "NEW" else name.lower()
                entry = added(token, number, special=False, **{flag: True})
                yield f"{where}-decoder-{flag}-{name}", files({"added_tokens_decoder": decoder(entry)})
        yield f"{where}-decoder-all-flags", files({"added_tokens_decoder": decoder(
            added("<ent>", END, lstrip=True, rstrip=True, single_word=True, normalized=True, special=False), NEW | {"id": END + 1})})
        yield f"{where}-decoder-defaults", files({"added_tokens_decoder": {str(END): {"content": "<ent>"}}})
        yield f"{where}-decoder-empty", files({"added_tokens_decoder": {}},
                                              **{"special_tokens_map.json": {"additional_special_tokens": ["<x>"]}, "added_tokens.json": {"<ent>": END}})
        yield f"{where}-decoder-accents", files({"added_tokens_decoder": decoder(added("Grüße", END, special=False, normalized=True),
                                                                                 added("中国", VOCABULARY.index("中国"), special=False, normalized=True))})
        yield f"{where}-special-map", files(**{"special_tokens_map.json": {
            "mask_token": {"content": "[MASK]", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False},
            "additional_special_tokens": ["<x>", "<y>"], "bos_token": "<bos>", "eos_token": {"content": "<eos>", "rstrip": True}}})
        yield f"{where}-special-map-over-config", files({"mask_token": "mask", "unk_token": "x"}, **{"special_tokens_map.json": {"mask_token": "ent"}})
        yield f"{where}-extra-of-both", files({"additional_special_tokens": ["<y>"]}, **{"special_tokens_map.json": {"additional_special_tokens": ["<x>"]}})
        yield f"{where}-extra-null", files({"additional_special_tokens": None}, **{"special_tokens_map.json": {"additional_special_tokens": ["<x>"]}})
        yield f"{where}-extra", files({"extra_special_tokens": ["<x>", "hello"]})
        yield f"{where}-extra-in-both-files", files({"extra_special_tokens": ["<x>"]}, **{"special_tokens_map.json": {"extra_special_tokens": ["<x>", "<y>"]}})
        yield f"{where}-extra-named", files({"extra_special_tokens": {"image_token": "<img>", "other": "<y>"}})
        yield f"{where}-extra-typed", files({"additional_special_tokens": [{"__type": "AddedToken", "content": "<x>", "lstrip": True, "normalized": True}]})
        yield f"{where}-typed", files({"mask_token": {"__type": "AddedToken", "content": "[MASK]", "lstrip": True}, "img_token": "<img>",
                                       "add_bos_token": False})
        yield f"{where}-bos-eos", files({"bos_token": "<bos>", "eos_token": "<eos>", "img_token": "<img>"})
        yield f"{where}-mask-null", files({"mask_token": None})
        yield f"{where}-decoder-wrong-id", files({"added_tokens_decoder": decoder(added("[NEW]", END + 7))}), "refuses"
        yield f"{where}-decoder-id-of-another", files({"added_tokens_decoder": decoder(added("hello", 7))}), "refuses"
        yield f"{where}-split-special-tokens", files({"split_special_tokens": True}), "refuses"
        yield f"{where}-lower-null", files({"do_lower_case": None})
        yield f"{where}-lower-text", files({"do_lower_case": "false"})
    yield "json-added", both(content=whole(tokens=[NEW, added("<ent>", END + 1, special=False, normalized=True, lstrip=True)]))
    yield "json-added-and-file", both(content=whole(tokens=[NEW]), **{"added_tokens.json": {"[NEW]": END, "<ent>": END + 1}})
    yield "json-added-and-decoder", both({"added_tokens_decoder": decoder(added("<ent>", END))}, whole(tokens=[NEW]))
    yield "json-mask-not-special", both(content=whole(added_tokens=[added("[MASK]", 4, special=False, normalized=True)]))
    yield "vocab-names-of-d2l", vocab(NAMES, lines(D2L + PIECES))
    no_mask = [t for t in VOCABULARY if t != "[MASK]"]
    # bertctl leaves out the mask token that no file has an id for.
    yield "vocab-no-mask", vocab(text=lines(no_mask)), None, {"mask_token": None}
    yield "json-no-mask", both({"mask_token": "[MASK]"}, whole(no_mask)), None, {"mask_token": None}

    yield "vocab-twice", vocab(text=lines(VOCABULARY + ["hello"]))
    yield "vocab-twice-and-added", vocab(text=lines(VOCABULARY + ["hello"]), **{"added_tokens.json": {"[NEW]": END}}), "refuses"
    yield "vocab-blank-end", vocab(text=lines() + "\n")
    yield "vocab-blank-end-and-added", vocab(text=lines() + "\n", **{"added_tokens.json": {"[NEW]": END + 1}})
    yield "vocab-blank-middle", vocab(text=lines(VOCABULARY[:20] + [""] + VOCABULARY[20:]))
    yield "vocab-no-end", vocab(text=lines()[:-1])
    yield "vocab-spaces", vocab(text=lines(end="\u3000 \u00a0\t\n"))
    yield "vocab-crlf", vocab(text=lines(end="\r\n"))
    yield "vocab-mark", vocab(text="\ufeff" + lines()), "refuses"
    yield "vocab-lone-cr", vocab(text=lines(VOCABULARY[:20] + ["hel\rlo"] + VOCABULARY[20:]))


def tokenise(folder, **options):
    tokenizer = AutoTokenizer.from_pretrained(folder, **options)
    return tokenizer, [tokenizer(text, add_special_tokens=False)["input_ids"] for text in TEXTS]


def write(folder, files):
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (folder / name).write_text(text, "utf-8", newline="")


def originals():
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "texts.json").write_text(json.dumps(TEXTS, indent=0) + "\n", "utf-8")
    with open(OUT / "originals.jsonl", "w", encoding="utf-8", newline="") as file:
        for name, files, *rest in folders():
            line = {"name": name, "files": files}
            if rest and rest[0]:
                line["bertctl"] = rest[0]
            with tempfile.TemporaryDirectory() as folder:
                write(pathlib.Path(folder), files)
                try:
                    line["ids"] = tokenise(folder, **(rest[1] if len(rest) > 1 else {}))[1]
                except Exception as refused:  # transformers refuses with whatever its code happens to run into
                    line["error"] = type(refused).__name__
            file.write(json.dumps(line, separators=(",", ":")) + "\n")


def saved(root):
    known = [json.loads(line) for line in open(OUT / "originals.jsonl", encoding="utf-8")]
    with open(OUT / "saved.jsonl", "w", encoding="utf-8", newline="") as file:
        for original in known:
            folder = root / original["name"]
            if not folder.is_dir():
                continue
            tokenizer, ids = tokenise(folder)
            assert ids == original.get("ids", ids), original["name"]
            check_packing(tokenizer, folder)
            digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SAVED}
            file.write(json.dumps({"name": original["name"], "sha256": digests, "ids": ids}, separators=(",", ":")) + "\n")


def check_packing(tokenizer, folder):
    first, second = (tokenizer(text, add_special_tokens=False)["input_ids"] for text in ("hello", "a b"))
    cls, sep = (tokenizer.convert_tokens_to_ids(t) for t in (("<cls>", "<sep>") if "d2l" in folder.name or "words" in folder.name
                                                             else ("[CLS]", "[SEP]")))
    assert tokenizer("hello")["input_ids"] == [cls, *first, sep], folder
    pair = tokenizer("hello", "a b", return_token_type_ids=True)
    assert pair["input_ids"] == [cls, *first, sep, *second, sep], folder
    assert pair["token_type_ids"] == [0] * (len(first) + 2) + [1] * (len(second) + 1), folder


if __name__ == "__main__":
    if sys.argv[1:] == ["originals"]:
        originals()
    elif len(sys.argv) == 3 and sys.argv[1] == "saved":
        saved(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
