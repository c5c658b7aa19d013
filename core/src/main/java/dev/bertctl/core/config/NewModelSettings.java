// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that is pretrained from scratch, under {@code model.new}. None of its settings has a
 * default of its own, so that they can be left out where a pretrained model is used.
 */
public interface NewModelSettings {

  /** Which BERT. */
  @Doc(
      "Which BERT a new model is: bert (the original; the default), or d2l (that of Dive into Deep"
          + " Learning, whose vocabulary is of the words between white space).")
  Optional<Architecture> architecture();

  /** Number of encoder layers. */
  @Doc("Begins a model with random weights instead of a pretrained one: its encoder layers.")
  @Range(atLeast = 1, atMost = 1000)
  Optional<Integer> layers();

  /** H. */
  @Doc("Hidden size of a new model; 64 for each head unless given.")
  @Range(atLeast = 1)
  Optional<Integer> hidden();

  /** A. */
  @Doc("Attention heads of a new model; one for each 64 of the hidden size unless given.")
  @Range(atLeast = 1)
  Optional<Integer> heads();

  /** Width of the feed-forward part. */
  @Doc("Width of a new model's feed-forward part; 4 times the hidden size unless given.")
  @Range(atLeast = 1)
  Optional<Integer> intermediate();

  /** Longest sequence. */
  @Doc("Longest sequence that a new model can ever take, in word pieces; 512 unless given.")
  @Range(atLeast = 8)
  Optional<Integer> maxPositions();

  /** A vocabulary that is there. */
  @Doc(
      "A new model's vocabulary: a vocab.txt, one word piece a line, or for d2l a vocab.json, a list"
          + " of words. Without it one is learned from the training data.")
  Optional<Path> vocabulary();

  /** How a vocabulary is learned. */
  @Doc(
      "What a vocabulary that is learned is made of: word-pieces (the default), or words, of which"
          + " those that are not in it are unknown.")
  Optional<VocabularyKind> vocabularyKind();

  /** Its size. */
  @Doc("Word pieces of a vocabulary that is learned, special tokens included; 8000 unless given.")
  @Range(atLeast = 6)
  Optional<Integer> vocabularySize();

  /** How often a word or pair occurs at least. */
  @Doc(
      "How often a word, or a pair of pieces that is joined, occurs at least in a vocabulary that"
          + " is learned: unless given 2 for word-pieces, 5 for words.")
  @Range(atLeast = 1)
  Optional<Integer> minFrequency();

  /** Whether texts are lower-cased. */
  @Doc("Whether a new model's texts are lower-cased and lose their accents; true unless given.")
  Optional<Boolean> lowerCase();

  /** Which BERT a model is. */
  enum Architecture {
    /** The original. */
    BERT,
    /** That of "Dive into Deep Learning", section 15.8. */
    D2L
  }

  /** What a vocabulary is made of. */
  enum VocabularyKind {
    /** Pieces of words, joined from letters by their frequency. */
    WORD_PIECES,
    /** Whole words. */
    WORDS
  }
}
