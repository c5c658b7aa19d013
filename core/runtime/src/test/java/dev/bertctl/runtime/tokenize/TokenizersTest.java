// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizersTest {

  private static final List<String> UNCASED =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b", "c", "cafe");

  @TempDir Path folder;

  @Test
  void knowsTheSpecialTokens() throws IOException {
    write("vocab.txt", UNCASED);
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      Vocabulary vocabulary = tokenizer.vocabulary();
      assertEquals(0, vocabulary.id(SpecialToken.PAD));
      assertEquals(1, vocabulary.id(SpecialToken.UNK));
      assertEquals(2, vocabulary.id(SpecialToken.CLS));
      assertEquals(3, vocabulary.id(SpecialToken.SEP));
      assertEquals(4, vocabulary.id(SpecialToken.MASK));
      assertEquals(9, vocabulary.size());
      assertEquals("##b", vocabulary.token(6));
    }
  }

  @Test
  void spansAreCutFromTheJavaString() throws IOException {
    write("vocab.txt", UNCASED);
    assertEquals(List.of("😀", "a", "b", "c"), spans("😀 ab c"));
    assertEquals(List.of("a😀b", "c"), spans("a😀b c"));
    assertEquals(List.of("a", "b", "😀", "c"), spans("ab 😀 c"));
    assertEquals(List.of("CAFÉ", "c"), spans("CAFÉ c"));
    assertEquals(List.of("cafe\u0301", "c"), spans("cafe\u0301 c"));
    assertEquals(List.of("我", "a"), spans("我a"));
    assertEquals(List.of("\uff41", "c"), spans("\uff41 c"));
    assertEquals(List.of("a", "b"), spans("\u200ba\u200b\ufeffb"));
  }

  @Test
  void halvesOfSurrogatePairsDoNotShiftWhatFollows() throws IOException {
    write("vocab.txt", UNCASED);
    assertEquals(List.of("a", "c"), spans("a \ud83d c"));
    assertEquals(List.of("😀", "a", "c"), spans("😀 a \ude00\ud83d c"));
  }

  @Test
  void specialTokensInTextsAreRecognisedAsHuggingFaceDoes() throws IOException {
    write("vocab.txt", UNCASED);
    assertEquals(List.of("a", "[SEP]", "c"), tokens("a[SEP]c"));
  }

  @Test
  void wordsOfMoreThanHundredCharactersAreUnknown() throws IOException {
    write("vocab.txt", UNCASED);
    assertEquals(100, tokens("a" + "b".repeat(99)).size());
    assertEquals(List.of("[UNK]"), tokens("a" + "b".repeat(100)));
  }

  @Test
  void casingComesFromTheConfiguration() throws IOException {
    write("vocab.txt", UNCASED);
    write("tokenizer_config.json", List.of("{\"do_lower_case\": false}"));
    assertEquals(List.of("[UNK]"), tokens("AB"));
    write("tokenizer_config.json", List.of("{\"do_lower_case\": true}"));
    assertEquals(List.of("a", "##b"), tokens("AB"));
    write("tokenizer_config.json", List.of("{\"do_lower_case\": true, \"strip_accents\": false}"));
    assertEquals(List.of("[UNK]"), tokens("Café"));
  }

  @Test
  void casingComesFromTheVocabularyWhereNothingSaysSo() throws IOException {
    write("vocab.txt", UNCASED);
    assertEquals(List.of("a", "##b"), tokens("AB"));
    write("vocab.txt", List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##B"));
    assertEquals(List.of("a", "##B"), tokens("aB"));
    // As in bert-base-chinese, whose only capitals are in names of markers.
    write("vocab.txt", List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "<S>", "a", "##b"));
    assertEquals(List.of("a", "##b"), tokens("aB"));
  }

  @Test
  void chineseCharactersAreWordsUnlessConfiguredOtherwise() throws IOException {
    write("vocab.txt", List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "我", "##爱", "爱"));
    assertEquals(List.of("我", "爱"), tokens("我爱"));
    write("tokenizer_config.json", List.of("{\"tokenize_chinese_chars\": false}"));
    assertEquals(List.of("我", "##爱"), tokens("我爱"));
  }

  @Test
  void truncationAndPaddingOfTokenizerJsonDoNotApply() throws IOException {
    write("vocab.txt", UNCASED);
    Path target = folder.resolve("saved");
    TokenizerFiles.of(folder).save(target, 512);
    Path file = target.resolve("tokenizer.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode content = (ObjectNode) json.readTree(file.toFile());
    content
        .putObject("truncation")
        .put("direction", "Right")
        .put("max_length", 4)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    content
        .putObject("padding")
        .put("direction", "Right")
        .putNull("pad_to_multiple_of")
        .put("pad_id", 0)
        .put("pad_type_id", 0)
        .put("pad_token", "[PAD]")
        .putObject("strategy")
        .put("Fixed", 4);
    json.writeValue(file.toFile(), content);
    try (Tokenizer tokenizer = Tokenizers.open(target)) {
      assertArrayEquals(new int[] {5}, tokenizer.tokenize("a").ids());
      assertEquals(1000, tokenizer.tokenize("a ".repeat(1000)).size());
    }
  }

  @Test
  void savedConfigurationSaysHowTextsAreSplitAndNoMore() throws IOException {
    write("vocab.txt", UNCASED);
    write("tokenizer_config.json", List.of("{\"do_lower_case\": false, \"mine\": 1}"));
    Path target = folder.resolve("saved");
    TokenizerFiles.of(folder).save(target, 128);
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"tokenizer_class": "BertTokenizer", "model_max_length": 128, "do_lower_case": false,
                 "strip_accents": null, "tokenize_chinese_chars": true}
                """),
        new ObjectMapper().readTree(target.resolve("tokenizer_config.json").toFile()));
    assertEquals(UNCASED, Files.readAllLines(target.resolve("vocab.txt")));
  }

  @Test
  void folderWithoutTokenizer() {
    assertFails(
        "%s: has neither tokenizer.json nor vocab.txt; a BERT model folder needs one of them",
        folder);
  }

  @Test
  void vocabularyWithoutSpecialToken() throws IOException {
    write("vocab.txt", List.of("[PAD]", "[UNK]", "[CLS]", "a"));
    assertFails(
        "%s: has no [SEP]; a BERT vocabulary needs [PAD], [UNK], [CLS] and [SEP]",
        folder.resolve("vocab.txt"));
    write("vocab.txt", List.of("[PAD]", "[CLS]", "[SEP]", "a"));
    assertFails(
        "%s: has no [UNK]; a BERT vocabulary needs [PAD], [UNK], [CLS] and [SEP]",
        folder.resolve("vocab.txt"));
  }

  @Test
  void vocabularyThatIsNoText() throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.write(file, new byte[] {'a', (byte) 0xC3, '\n'});
    assertFails(
        "%s: not valid UTF-8; a vocabulary is a text file with one word piece a line", file);
    Files.write(file, new byte[0]);
    assertFails("%s: empty; a vocabulary has one word piece a line", file);
  }

  @Test
  void wrongCasingValue() throws IOException {
    write("vocab.txt", UNCASED);
    write("tokenizer_config.json", List.of("{\"do_lower_case\": \"no\"}"));
    assertFails(
        "%s: 'do_lower_case' is \"no\"; it must be true or false",
        folder.resolve("tokenizer_config.json"));
  }

  @Test
  void malformedTokenizerJson() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    write("tokenizer.json", List.of("{", "\"model\": oops}"));
    assertFails(
        "%s:2: not valid JSON: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'); put a whole copy in its place",
        file);
    write("tokenizer.json", List.of("[1]"));
    assertFails("%s: holds no JSON object; put a whole copy in its place", file);
    write("tokenizer.json", List.of("{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}"));
    assertFails(
        "%s: has no vocabulary of word pieces or words (its model is of type 'Unigram'); bertctl needs a BERT tokenizer",
        file);
    write("tokenizer.json", List.of("{\"model\": {\"vocab\": {\"a\": -1}}}"));
    assertFails("%s: token 'a' has the id -1; ids are integers from 0", file);
    write("tokenizer.json", List.of("{\"model\": {\"vocab\": {\"[CLS]\": 0, \"[SEP]\": 1}}}"));
    assertFails("%s: has no [PAD]; a BERT vocabulary needs [PAD], [UNK], [CLS] and [SEP]", file);
    write(
        "tokenizer.json",
        List.of(
            "{\"model\": {\"vocab\": {\"[CLS]\": 0, \"[SEP]\": 1, \"[PAD]\": 2, \"[UNK]\": 3}}}"));
    assertFails(
        "%s: model.type is missing; bertctl takes the parts that BERT's tokenizers have, here WordLevel, WordPiece; use a model with one of them",
        file);
  }

  private void assertFails(String message, Path file) {
    UserException failure = assertThrows(UserException.class, () -> Tokenizers.open(folder));
    assertEquals(message.formatted(file), failure.getMessage());
  }

  private List<String> tokens(String text) {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      return Arrays.stream(tokenizer.tokenize(text).ids())
          .mapToObj(tokenizer.vocabulary()::token)
          .toList();
    }
  }

  private List<String> spans(String text) {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      Pieces pieces = tokenizer.tokenize(text);
      return IntStream.range(0, pieces.size())
          .mapToObj(i -> text.substring(pieces.starts()[i], pieces.ends()[i]))
          .toList();
    }
  }

  private void write(String file, List<String> lines) throws IOException {
    Files.write(folder.resolve(file), lines);
  }
}
