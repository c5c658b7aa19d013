// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns word pieces as {@code WordPieceTrainer} of Hugging Face's tokenizers does, by byte-pair
 * encoding (Sennrich et al., 2016, arXiv 1508.07909, section 3.2) whose pieces behind a word's
 * first one begin with {@code ##}. The ids go to the special tokens, the alphabet, the alphabet's
 * {@code ##} forms and then, pair by pair, to what the most frequent pair of pieces is merged to.
 * Of equally frequent pairs the one with the lower ids is merged first.
 *
 * <p>Worked example: in "hug" ×10, "pug" ×5, "pun" ×12, "bun" ×4 and "hugs" ×5 the pair (##u, ##g)
 * occurs 20 times, (p, ##u) 17 times and (##u, ##n) 16 times. The first merges are {@code ##ug} (20
 * times), {@code ##un} (16), {@code hug} (15), {@code pun} (12), and then {@code pug} (5) before
 * {@code hugs} (5), as p has a lower id than hug.
 *
 * <p>Hugging Face orders the {@code ##} forms of the alphabet at random, differently in each run,
 * and takes equally frequent pairs by their ids, so that its runs differ in a few pieces; it also
 * leaves to chance which of equally frequent characters a full alphabet drops. Here characters are
 * ordered by code point, and the result is the one that Hugging Face gives if it happens on that
 * order. The order of the texts does not matter.
 */
public final class WordPieceTrainer implements VocabularyLearner {

  private static final String CONTINUING = "##";

  private final WordPieceSettings settings;
  private final WordSplitter splitter;
  private final WordCounts counts = new WordCounts();

  /** Starts without any text. */
  public WordPieceTrainer(WordPieceSettings settings, Normalization normalization) {
    this.settings = settings;
    this.splitter = new BertWords(normalization);
  }

  @Override
  public void add(String text) {
    splitter.split(text, counts::add);
  }

  @Override
  public List<String> tokens() {
    TokenIds ids = new TokenIds();
    settings.specialTokens().forEach(ids::add);
    Alphabet alphabet = Alphabet.of(counts, settings.limitAlphabet());
    alphabet.characters().forEach(character -> ids.add(Character.toString(character)));
    alphabet.continuing().forEach(character -> ids.add(continuing(character)));
    merge(pairs(words(alphabet, ids)), ids);
    return ids.tokens();
  }

  private static String continuing(int character) {
    return CONTINUING + Character.toString(character);
  }

  /** The words as pieces of one character; characters that are not in the alphabet are skipped. */
  private List<PieceWord> words(Alphabet alphabet, TokenIds ids) {
    List<PieceWord> words = new ArrayList<>();
    counts.forEach(
        (word, count) -> {
          int[] characters = word.codePoints().toArray();
          int[] pieces = new int[characters.length];
          int size = 0;
          for (int i = 0; i < characters.length; i++) {
            if (alphabet.characters().contains(characters[i])) {
              pieces[size++] =
                  ids.id(i == 0 ? Character.toString(characters[i]) : continuing(characters[i]));
            }
          }
          words.add(new PieceWord(Arrays.copyOf(pieces, size), count));
        });
    return words;
  }

  private static PairQueue pairs(List<PieceWord> words) {
    PairQueue pairs = new PairQueue();
    for (PieceWord word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        pairs.add(word.pair(i), word);
      }
    }
    pairs.queueAdded();
    return pairs;
  }

  private void merge(PairQueue pairs, TokenIds ids) {
    while (ids.size() < settings.vocabSize()) {
      PairQueue.Entry most = pairs.poll();
      if (most == null || most.count() < settings.minFrequency()) {
        return;
      }
      String right = ids.token(most.pair().right()).substring(CONTINUING.length());
      int merged = ids.add(ids.token(most.pair().left()) + right);
      for (PieceWord word : most.words()) {
        word.merge(most.pair(), merged, changes(pairs, word));
      }
      pairs.queueAdded();
    }
  }

  private static PieceWord.PairChanges changes(PairQueue pairs, PieceWord word) {
    return new PieceWord.PairChanges() {
      @Override
      public void removed(Pair pair) {
        pairs.remove(pair, word);
      }

      @Override
      public void added(Pair pair) {
        pairs.add(pair, word);
      }
    };
  }
}
