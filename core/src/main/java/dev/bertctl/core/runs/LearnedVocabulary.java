// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.NewModelSettings;
import dev.bertctl.core.config.NewModelSettings.Architecture;
import dev.bertctl.core.config.NewModelSettings.VocabularyKind;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.data.Splits;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tokenize.SpecialTokens;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.vocabulary.BertWords;
import dev.bertctl.runtime.tokenize.vocabulary.Normalization;
import dev.bertctl.runtime.tokenize.vocabulary.SpacedWords;
import dev.bertctl.runtime.tokenize.vocabulary.VocabularyLearner;
import dev.bertctl.runtime.tokenize.vocabulary.WordPieceSettings;
import dev.bertctl.runtime.tokenize.vocabulary.WordPieceTrainer;
import dev.bertctl.runtime.tokenize.vocabulary.WordSettings;
import dev.bertctl.runtime.tokenize.vocabulary.WordSplitter;
import dev.bertctl.runtime.tokenize.vocabulary.WordVocabulary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A vocabulary learned from the training data: from the texts that the task's packing has
 * tokenised, whatever the task.
 */
final class LearnedVocabulary {

  /** The order of Dive into Deep Learning's d2l 0.17. */
  private static final List<String> RESERVED =
      Stream.of(
              SpecialToken.UNK,
              SpecialToken.PAD,
              SpecialToken.MASK,
              SpecialToken.CLS,
              SpecialToken.SEP)
          .map(SpecialTokens.D2L::token)
          .toList();

  /** Of every new model. */
  private static final int SEGMENTS = 2;

  private static final int PIECES = 8000;
  private static final int LEAST_WORDS = 5;
  private static final int LEAST_PIECES = 2;

  private final TaskConfig<?> config;
  private final NewModelSettings settings;

  LearnedVocabulary(TaskConfig<?> config, NewModelSettings settings) {
    this.config = config;
    this.settings = settings;
  }

  /** The tokens by id. */
  <X extends Example> List<String> of(Task<X, ?> task) {
    VocabularyLearner learner = learner();
    SequencePacker packer =
        new SequencePacker(new Listening(learner), config.settings().maxLength(), SEGMENTS);
    try (SplitReading<X> examples =
        new Splits(config).split(SplitName.TRAIN, task.reader(), Purpose.TRAINING).open()) {
      while (examples.hasNext()) {
        task.packing().pack(examples.next(), packer);
      }
    }
    return learner.tokens();
  }

  private VocabularyLearner learner() {
    if (settings.architecture().orElse(Architecture.BERT) == Architecture.D2L) {
      if (settings.vocabularyKind().orElse(VocabularyKind.WORDS) != VocabularyKind.WORDS) {
        throw config.wrong(
            "model.new.vocabulary-kind", "the vocabulary of a d2l model is of words; leave it out");
      }
      return new WordVocabulary(
          new WordSettings(settings.minFrequency().orElse(LEAST_WORDS), RESERVED), spacedWords());
    }
    Normalization normalization =
        settings.lowerCase().orElse(true) ? Normalization.uncased() : Normalization.cased();
    if (settings.vocabularyKind().orElse(VocabularyKind.WORD_PIECES) == VocabularyKind.WORDS) {
      return new WordVocabulary(
          WordSettings.of(settings.minFrequency().orElse(LEAST_WORDS)),
          new BertWords(normalization));
    }
    return new WordPieceTrainer(
        WordPieceSettings.of(settings.vocabularySize().orElse(PIECES))
            .withMinFrequency(settings.minFrequency().orElse(LEAST_PIECES)),
        normalization);
  }

  private WordSplitter spacedWords() {
    SpacedWords spaced = new SpacedWords();
    return settings.lowerCase().orElse(true)
        ? (text, words) -> spaced.split(text.toLowerCase(Locale.ROOT), words)
        : spaced;
  }

  /** Gives every text to the learner, and an unknown token for each of its words. */
  private static final class Listening implements Tokenizer {

    private static final Pattern WORD = Pattern.compile("\\S+");

    private final VocabularyLearner learner;
    private final TokenList special = new TokenList(VocabularyLearner.SPECIAL_TOKENS);

    Listening(VocabularyLearner learner) {
      this.learner = learner;
    }

    @Override
    public Pieces tokenize(String text) {
      learner.add(text);
      List<MatchResult> words = WORD.matcher(text).results().toList();
      int unknown = special.id(SpecialToken.UNK);
      return new Pieces(
          words.stream().mapToInt(word -> unknown).toArray(),
          words.stream().mapToInt(MatchResult::start).toArray(),
          words.stream().mapToInt(MatchResult::end).toArray());
    }

    @Override
    public Vocabulary vocabulary() {
      return special;
    }

    @Override
    public void close() {}
  }
}
