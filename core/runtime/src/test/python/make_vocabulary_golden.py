#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that learning a vocabulary is tested against.

    python make_vocabulary_golden.py [OUTPUT_DIR]        default: ../resources/golden/vocabulary beside this folder

The reference is Hugging Face tokenizers: BertNormalizer, BertPreTokenizer and WordPieceTrainer; for whole words, the rules of
d2l.Vocab 0.17, which are repeated here. Last run with: python 3.11.7, tokenizers 0.23.3. Equality is exact.

What it writes:

  text.txt                        a text made up here, one text a line
  words-CASE.txt                  the words of each line, with spaces between them
  pieces-CASE-SIZE-MIN-LIMIT.txt  word pieces by id: vocabulary size, minimum frequency and how many characters are kept
  tokens-CASE-MIN.txt             whole words by id, of the words in words-CASE.txt
  tokens-spaced-MIN.txt           the same of what stands between spaces, with the reserved tokens of d2l's BERT

WordPieceTrainer goes through its words in the order of a hash map with a random seed, and so gives other ids to the ## forms of the
characters each time; the ids decide which of two equally frequent pairs is merged first. Given as special tokens, the ## forms have
fixed ids, here by code point, and the result is the same each time. Where the alphabet is limited, Hugging Face leaves it to the hash
map too which of equally frequent characters go; given as initial alphabet, the wanted ones stay, here those of lower code point.
"""
import collections
import pathlib
import random
import sys

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
D2L_RESERVED = ["<unk>", "<pad>", "<mask>", "<cls>", "<sep>"]
CASES = ["uncased", "cased"]
PIECES = [("uncased", 300, 2, 1000), ("uncased", 1000, 1, 1000), ("uncased", 1000, 2, 1000), ("uncased", 1000, 5, 1000),
          ("uncased", 300, 2, 40),
          ("cased", 300, 2, 1000), ("cased", 1000, 2, 1000), ("cased", 1000, 5, 1000)]

PROSE = """
The lighthouse keeper wound the old clock every evening, whether or not the clock was still running.
Nobody in the harbour remembered who had painted the boats blue; the paint itself remembered, and peeled.
"You're late," said the baker. "The bread isn't." She was right: it wasn't.
When the tide went out, the children walked to the island; when it came in, they had to stay and count seals.
Counting seals is harder than counting sheep, because seals count back.
An unhelpful map is still a map. An unmapped helper is something else entirely.
The re-opened ferry line runs on weekdays (07:15, 12:45 and 18:30), except in January, February and early March.
Tickets cost €3.50 for adults, £2.95 at the old rate, $4.10 for tourists; children under 6 travel free.
He kept a list of things that were nearly lost: keys, names, the Wednesday of the storm, a left glove.
Her handwriting leaned like a fence in the wind, and her fences leaned like handwriting.
The museum's catalogue numbers everything twice: once in ink (No. 1,204) and once in pencil (#88-b).
Rain fell on the rain. The gutters sang; the gardener, singing, mended the gutters.
Why do the gulls laugh? Why don't the herons? Ask the postman, he's asked everybody.
Some say the tower is 41.5 metres tall; others, measuring from the rocks, say 52.3 or even 53.
Thinking thoughts thoroughly through is tougher than it looks, though not as tough as the dough.
The cartographer's daughter drew rivers first, then bridges, then the reasons for the bridges.
A teaspoon, a tablespoon, a wooden spoon: the kitchen drawer was an orchestra of spoons.
Sleepless nights, restless days, helpless maps, useless keys, and a priceless view of the bay.
Yesterday's weather was announced today, so that tomorrow nobody could complain.
They walked, talked, baked, raked, painted, waited, and finally, having finished, started.
Walking is slow, talking is slower, waiting is slowest; baking takes exactly forty minutes.
The inventor invented an inventory of inventions, and invented two items to fill the gaps.
In the café, Zoë ordered crème brûlée; Jörg had a naïve idea about piñatas; Łukasz paid.
São Paulo, Malmö, Kraków, Reykjavík, Brașov and Çanakkale were on the same faded poster.
A coöperative façade, a résumé, a soupçon of déjà vu: accents travel without luggage.
The Straße was blocked, so the Fußgänger went über the Brücke and through the Gärten.
Η θάλασσα ήταν ήσυχη και ο φάρος ΦΩΣ, ΦΑΡΟΣ, φως.
Море было спокойно, и маяк светил всю ночь; мы считали волны и считали звёзды.
灯台の光が海を照らす。カモメは笑い、子どもは数える。
灯塔看守人每天晚上给旧钟上发条。海边的人都记得他的名字。
등대지기는 매일 저녁 낡은 시계의 태엽을 감았다.
İstanbul'dan gelen gemi ılık bir rüzgârla limana girdi.
منارة البحر تضيء الليل، والأطفال يعدون الفقمات.
समुद्र के किनारे एक पुराना दीपस्तंभ है।
😀 the ferry is back! 🚢🚢 See you at the harbour 🌊, bring the dog 🐕 and the 👩‍👩‍👧 family 👍🏽.
e-mail: keeper@lighthouse.example, https://lighthouse.example/tides?day=12&month=3 (updated 2024-03-12T07:15:00Z).
x = 3*y + 4 <= 7; if (x != y) { x += 1; } // the keeper's only program, version 1.0.2-beta~3
C++ and C# are languages; A&B, AT&T, R&D and Q&A are not. 50% of 10^6 is 5*10^5. `Quoted` ~tilde~ |pipe|.
[CLS] and [SEP] written out, <unk> too, and [MASK]ed words: the pre-tokenizer takes them apart.
non\u00a0breaking\u00a0space, thin\u2009space, soft\u00adhyphen, zero\u200bwidth, tab\there, form\x0cfeed, next\x85line, bell\x07.
ﬁne ligatures, ½ a cup, x² and H₂O, №5, ™, ①②③, Ⅳ, ＦＵＬＬ ｗｉｄｔｈ, 𝄞 clef, 𝒳 script, e\u0301 and o\u0308\u0304 decomposed.
\u201cCurly quotes,\u201d \u2018single ones\u2019, an em dash \u2014 like this \u2014 an ellipsis\u2026 and «guillemets», ¿preguntas? ¡Sí!
private \ue000 use, replacement \ufffd character, \ufeffbyte order mark, right\u200e-to-left\u200f marks.
aaa aaaa aaaaa banana bananas nananana mississippi abababab ababab xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
"""

NAMES = "Ada Bruno Carla Dmitri Émile Freya Göran Hanna Ines Jakub Kofi Lena".split()
VERBS = "painted repainted unpainted measured remembered forgot counted recounted borrowed lent mended opened reopened".split()
THINGS = "lighthouse lighthouses boathouse boat boats clock clockwork clocks ferry ferries seal seals glove gloves harbour bridge bridges".split()
PLACES = "island harbour north south northern southern seaside hillside inside outside upstairs downstairs".split()


def text():
    draw = random.Random(5)
    lines = PROSE.strip().split("\n")
    for _ in range(110):
        name, other = draw.sample(NAMES, 2)
        lines.append("{} {} {} {} near the {}, {} the {}; {} {} {}.".format(
            name, draw.choice(VERBS), draw.randint(2, 999), draw.choice(THINGS), draw.choice(PLACES), draw.choice(VERBS),
            draw.choice(THINGS), other, draw.choice(VERBS), draw.choice(["nothing", "none", "it", "them all", "everything"])))
    return lines


def normalizer(case):
    return normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=case == "uncased")


def words(line, case):
    return [word for word, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(normalizer(case).normalize_str(line))]


def train(lines, case, size, min_frequency, limit, special, initial):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizer(case)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(lines, trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=min_frequency, limit_alphabet=limit, initial_alphabet=initial, special_tokens=special,
        show_progress=False))
    ids = tokenizer.get_vocab()
    return sorted(ids, key=ids.get)


def pieces(lines, case, size, min_frequency, limit):
    all_words = [word for line in lines for word in words(line, case)]
    frequency = collections.Counter(character for word in all_words for character in word)
    kept = sorted(sorted(frequency, key=lambda character: (-frequency[character], character))[:limit])
    continuing = sorted({"##" + character for word in all_words for character in word[1:] if character in kept})
    pinned = SPECIAL + kept + continuing
    tokens = train(lines, case, size, min_frequency, len(kept), pinned, kept)
    free = train(lines, case, size, min_frequency, len(kept), SPECIAL, kept)
    assert tokens[:len(pinned)] == pinned and free[:len(SPECIAL + kept)] == SPECIAL + kept and set(pinned) == set(free[:len(pinned)])
    # The only thing left to chance: with the order that it chose freely, it learns the same pieces.
    assert free == train(lines, case, size, min_frequency, len(kept), free[:len(pinned)], kept)
    print(f"{case} {size} {min_frequency} {limit}: {len(tokens)} pieces, {len(pinned)} before merges,"
          f" {len(set(tokens) - set(free))} of them differ from a free run")
    return tokens


def tokens(split_lines, min_frequency, reserved):
    counter = collections.Counter(word for line in split_lines for word in line)
    frequencies = sorted(counter.items(), key=lambda item: item[1], reverse=True)
    return reserved + [word for word, frequency in frequencies if frequency >= min_frequency and word not in reserved]


def write(path, lines):
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def main():
    here = pathlib.Path(__file__).resolve().parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden" / "vocabulary"
    out.mkdir(parents=True, exist_ok=True)
    lines = text()
    write(out / "text.txt", lines)
    for case in CASES:
        split = [words(line, case) for line in lines]
        write(out / f"words-{case}.txt", [" ".join(line) for line in split])
        for min_frequency in [1, 5]:
            write(out / f"tokens-{case}-{min_frequency}.txt", tokens(split, min_frequency, SPECIAL))
    write(out / "tokens-spaced-2.txt", tokens([line.split() for line in lines], 2, D2L_RESERVED))
    for case, size, min_frequency, limit in PIECES:
        write(out / f"pieces-{case}-{size}-{min_frequency}-{limit}.txt", pieces(lines, case, size, min_frequency, limit))


if __name__ == "__main__":
    main()
