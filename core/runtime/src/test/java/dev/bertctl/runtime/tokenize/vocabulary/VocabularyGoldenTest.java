// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Words and word pieces are those of Hugging Face's tokenizers, words by frequency those of d2l's
 * rules; {@code make_vocabulary_golden.py} made the files.
 */
class VocabularyGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/vocabulary");

  @ParameterizedTest
  @ValueSource(strings = {"uncased", "cased"})
  void wordsEqualHuggingFace(String casing) throws IOException {
    BertWords splitter = new BertWords(normalization(casing));
    List<String> lines = new ArrayList<>();
    for (String text : lines("text")) {
      List<String> words = new ArrayList<>();
      splitter.split(text, words::add);
      lines.add(String.join(" ", words));
    }
    assertEquals(lines("words-" + casing), lines);
  }

  @ParameterizedTest
  @CsvSource({
    "uncased, 300, 2, 1000",
    "uncased, 1000, 1, 1000",
    "uncased, 1000, 2, 1000",
    "uncased, 1000, 5, 1000",
    "uncased, 300, 2, 40",
    "cased, 300, 2, 1000",
    "cased, 1000, 2, 1000",
    "cased, 1000, 5, 1000"
  })
  void wordPiecesEqualHuggingFace(String casing, int size, int minFrequency, int limit)
      throws IOException {
    WordPieceSettings settings =
        new WordPieceSettings(size, minFrequency, limit, VocabularyLearner.SPECIAL_TOKENS);
    VocabularyLearner trainer = new WordPieceTrainer(settings, normalization(casing));
    lines("text").forEach(trainer::add);
    String golden = "pieces-%s-%d-%d-%d".formatted(casing, size, minFrequency, limit);
    assertEquals(lines(golden), trainer.tokens());
  }

  @ParameterizedTest
  @CsvSource({"uncased, 1", "uncased, 5", "cased, 1", "cased, 5"})
  void wordsByFrequencyEqualTheReference(String casing, int minFrequency) throws IOException {
    VocabularyLearner words =
        new WordVocabulary(WordSettings.of(minFrequency), new BertWords(normalization(casing)));
    lines("text").forEach(words::add);
    assertEquals(lines("tokens-%s-%d".formatted(casing, minFrequency)), words.tokens());
  }

  @Test
  void spacedWordsWithOtherReservedTokensEqualTheReference() throws IOException {
    List<String> reserved = List.of("<unk>", "<pad>", "<mask>", "<cls>", "<sep>");
    VocabularyLearner words = new WordVocabulary(new WordSettings(2, reserved), new SpacedWords());
    lines("text").forEach(words::add);
    assertEquals(lines("tokens-spaced-2"), words.tokens());
  }

  @Test
  void orderOfTextsDoesNotMatterToWordPieces() throws IOException {
    List<String> texts = lines("text");
    Collections.shuffle(texts, new Random(1));
    VocabularyLearner trainer =
        new WordPieceTrainer(WordPieceSettings.of(1000), Normalization.uncased());
    trainer.add(String.join("\n", texts));
    assertEquals(lines("pieces-uncased-1000-2-1000"), trainer.tokens());
  }

  private static Normalization normalization(String casing) {
    return casing.equals("cased") ? Normalization.cased() : Normalization.uncased();
  }

  private static List<String> lines(String name) throws IOException {
    return Files.readAllLines(GOLDEN.resolve(name + ".txt"));
  }
}
