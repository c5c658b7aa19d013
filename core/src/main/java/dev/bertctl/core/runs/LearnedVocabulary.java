// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.NewModelSettings;
import dev.bertctl.core.config.NewModelSettings.VocabularyKind;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.data.Splits;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.vocabulary.BertWords;
import dev.bertctl.runtime.tokenize.vocabulary.Normalization;
import dev.bertctl.runtime.tokenize.vocabulary.VocabularyLearner;
import dev.bertctl.runtime.tokenize.vocabulary.WordPieceSettings;
import dev.bertctl.runtime.tokenize.vocabulary.WordPieceTrainer;
import dev.bertctl.runtime.tokenize.vocabulary.WordSettings;
import dev.bertctl.runtime.tokenize.vocabulary.WordVocabulary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A vocabulary learned from the training data: from the texts that the task's packing has
 * tokenised, whatever the task.
 */
final class LearnedVocabulary {

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
        new SequencePacker(new Listening(learner), config.settings().maxLength());
    try (SplitReading<X> examples =
        new Splits(config).split(SplitName.TRAIN, task.reader(), Purpose.TRAINING).open()) {
      while (examples.hasNext()) {
        task.packing().pack(examples.next(), packer);
      }
    }
    return learner.tokens();
  }

  private VocabularyLearner learner() {
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
