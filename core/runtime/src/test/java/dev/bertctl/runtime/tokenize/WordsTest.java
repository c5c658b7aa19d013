// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vocabularies of whole words, as "Dive into Deep Learning" has them. */
class WordsTest {

  private static final List<String> WORDS =
      List.of("<unk>", "<pad>", "<mask>", "<cls>", "<sep>", "it", "rained", "rained.", ".", "été");

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Tokenizers.writeWords(Path.of("vocab.json"), WORDS, SpecialTokens.D2L, true, folder);
  }

  @Test
  void textsAreLowerCasedAndSplitOnWhiteSpace() {
    assertEquals(List.of(5, 6, 8), ids("It rained ."));
    assertEquals(List.of(5, 7), ids(" It\trained.\n"));
    assertEquals(List.of(9, 5), ids("ÉTÉ\u00a0\u3000it"));
    assertEquals(List.of(0, 5), ids("Raining it"));
    assertEquals(List.of(), ids("  "));
  }

  @Test
  void specialTokensAreWordsByTheirRoles() {
    assertEquals(List.of(5, 2, 0, 2), ids("it <mask> <unk> <MASK>"));
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      assertEquals(0, tokenizer.vocabulary().id(SpecialToken.UNK));
      assertEquals(1, tokenizer.vocabulary().id(SpecialToken.PAD));
      assertEquals(2, tokenizer.vocabulary().id(SpecialToken.MASK));
      assertEquals(3, tokenizer.vocabulary().id(SpecialToken.CLS));
      assertEquals(4, tokenizer.vocabulary().id(SpecialToken.SEP));
      assertEquals(WORDS.size(), tokenizer.vocabulary().size());
    }
  }

  @Test
  void offsetsAreThoseOfTheText() {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      Pieces pieces = tokenizer.tokenize("😀 It  rained.");
      assertEquals("[0, 3, 7]", Arrays.toString(pieces.starts()));
      assertEquals("[2, 5, 14]", Arrays.toString(pieces.ends()));
    }
  }

  @Test
  void savedAgainItIsTheSame() throws IOException {
    Path target = Files.createDirectory(folder.resolve("saved"));
    TokenizerFiles.of(folder).save(target, 50);
    assertEquals(
        Files.readString(folder.resolve("tokenizer.json")),
        Files.readString(target.resolve("tokenizer.json")));
    assertEquals(WORDS, Files.readAllLines(target.resolve("vocab.txt")));
    try (Tokenizer tokenizer = Tokenizers.open(target)) {
      assertEquals(2, tokenizer.vocabulary().id(SpecialToken.MASK));
    }
  }

  @Test
  void ofEqualWordsTheLastCounts() {
    List<String> twice = List.of("<unk>", "<pad>", "<mask>", "<cls>", "<sep>", "it", "it");
    Tokenizers.writeWords(Path.of("vocab.json"), twice, SpecialTokens.D2L, true, folder);
    assertEquals(List.of(6), ids("it"));
  }

  @Test
  void aVocabularyWithoutASpecialTokenIsAnError() {
    assertEquals(
        "vocab.json: has no <sep>; a BERT vocabulary needs <pad>, <unk>, <cls> and <sep>",
        assertThrows(
                UserException.class,
                () ->
                    Tokenizers.writeWords(
                        Path.of("vocab.json"),
                        List.of("<unk>", "<pad>", "<cls>", "<mask>"),
                        SpecialTokens.D2L,
                        true,
                        folder))
            .getMessage());
  }

  private List<Integer> ids(String text) {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      return Arrays.stream(tokenizer.tokenize(text).ids()).boxed().toList();
    }
  }
}
