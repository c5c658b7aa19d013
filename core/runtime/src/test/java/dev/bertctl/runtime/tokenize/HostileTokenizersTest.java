// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are made to abort the process, to overflow its stack or to keep it busy are refused
 * before Hugging Face's library sees them; what BERT's tokenizers have is taken.
 */
class HostileTokenizersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TAKEN =
      "bertctl takes the parts that BERT's tokenizers have, here %s; use a model with one of them";

  private static final String NORMALIZERS =
      TAKEN.formatted(
          "BertNormalizer, Lowercase, NFC, NFD, NFKC, NFKD, Replace, Sequence, Strip, StripAccents");

  private static final String SPLITTERS =
      TAKEN.formatted(
          "BertPreTokenizer, Digits, Punctuation, Sequence, Split, Whitespace, WhitespaceSplit");

  private static final String NO_REGEX =
      "bertctl takes no regular expressions from a file, only {\"String\": a text}; use another model";

  @TempDir Path folder;
  private Path file;
  private ObjectNode root;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tokenizer.json");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    root =
        (ObjectNode)
            JSON.readTree(
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                   "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                   "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "a": 5}}}
                """);
  }

  @Test
  void aSplitterOfNoLength() throws IOException {
    set("pre_tokenizer", "{\"type\": \"FixedLength\", \"length\": 0}");
    assertRefused("pre_tokenizer.type is \"FixedLength\"; " + SPLITTERS);
  }

  @Test
  void anEmptyMap() throws IOException {
    set("normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"\"}");
    assertRefused("normalizer.type is \"Precompiled\"; " + NORMALIZERS);
  }

  @Test
  void aReplacementOfNothing() throws IOException {
    set("normalizer", replace("{\"String\": \"\"}", "x"));
    assertRefused(
        "normalizer.pattern is {\"String\":\"\"}; the text must have 1 to 100 characters");
  }

  @Test
  void regularExpressions() throws IOException {
    set("normalizer", replace("{\"Regex\": \"(a+)+$\"}", "x"));
    assertRefused("normalizer.pattern is {\"Regex\":\"(a+)+$\"}; " + NO_REGEX);
    set("normalizer", "null");
    set("pre_tokenizer", split("(".repeat(2000) + "a" + ")".repeat(2000)));
    assertRefused(
        "pre_tokenizer.pattern is {\"Regex\":\""
            + "(".repeat(50)
            + "...; bertctl takes no patterns to split by from a file but that for white space in its own files; use another model");
  }

  @Test
  void partsInParts() throws IOException {
    String nested = "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}";
    set("decoder", "{\"type\": \"Sequence\", \"decoders\": [%s]}".formatted(nested));
    assertRefused("decoder.type is \"Sequence\"; " + TAKEN.formatted("WordPiece"));
    Files.writeString(
        file, "{\"decoder\": " + "{\"decoders\": [".repeat(900) + "]}".repeat(900) + "}");
    assertEquals(
        file
            + ":1: not valid JSON: arrays and objects in each other, too deep; put a whole copy in its place",
        failure().getMessage());
    set("decoder", "null");
    set(
        "normalizer",
        "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Sequence\", \"normalizers\": []}]}");
    assertRefused(
        "normalizer.normalizers[0].type is \"Sequence\"; " + NORMALIZERS.replace("Sequence, ", ""));
  }

  @Test
  void textsThatGrow() throws IOException {
    sequence(Collections.nCopies(40, replace("{\"String\": \"a\"}", "aa")));
    save();
    String message = failure().getMessage();
    assertTrue(message.endsWith("it must be a list of at most 16 parts"), message);
    sequence(Collections.nCopies(16, replace("{\"String\": \"a\"}", "aa")));
    assertRefused(
        "normalizer.normalizers[6] is {\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"aa\"}; with it texts can become more than 64 times longer; use another model");
    sequence(
        List.of(
            replace("{\"String\": \"a\"}", "\ufdfa"),
            "{\"type\": \"NFKC\"}",
            replace("{\"String\": \"\u0635\"}", "\ufdfa"),
            "{\"type\": \"NFKC\"}"));
    assertRefused(
        "normalizer.normalizers[3] is {\"type\":\"NFKC\"}; with it texts can become more than 64 times longer; use another model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_input_chars_per_word|1000000000|it must be an integer from 1 to 200",
        "max_input_chars_per_word|-1|it must be an integer from 1 to 200",
        "max_input_chars_per_word|\"100\"|it must be an integer from 1 to 200",
        "continuing_subword_prefix|1|it must be a text of at most 16 characters",
        "continuing_subword_prefix|null|it must be a text of at most 16 characters",
        "unk_token|1|it must be a text of at most 1000 characters",
        "type|\"BPE\"|bertctl takes the parts that BERT's tokenizers have, here WordLevel, WordPiece; use a model with one of them",
        "dropout|0.5|bertctl knows no such key there; take it out",
      })
  void valuesOfTheModel(String key, String value, String why) throws IOException {
    ((ObjectNode) root.get("model")).set(key, JSON.readTree(value));
    assertRefused("model.%s is %s; %s".formatted(key, value, why));
  }

  @Test
  void valuesOfOtherParts() throws IOException {
    set("normalizer", "{\"type\": \"BertNormalizer\", \"clean_text\": 1}");
    assertRefused("normalizer.clean_text is 1; it must be true or false");
    set("normalizer", "[]");
    assertRefused("normalizer is []; it must be an object with a type, or null");
    set("normalizer", "{\"type\": \"Strip\", \"strip_left\": true}");
    assertRefused("normalizer.strip_right is missing; it must be true or false");
    set("normalizer", "null");
    set("pre_tokenizer", "{\"type\": \"Punctuation\", \"behavior\": \"Explode\"}");
    assertRefused(
        "pre_tokenizer.behavior is \"Explode\"; it must be one of Contiguous, Isolated, MergedWithNext, MergedWithPrevious, Removed");
    set("pre_tokenizer", "null");
    set("surprise", "1");
    assertRefused("has a 'surprise', which no tokenizer.json has; take it out");
  }

  @Test
  void aWordForUnknownWords() throws IOException {
    ((ObjectNode) root.get("model")).put("unk_token", "a");
    assertRefused(
        "model.unk_token is 'a', but the token for unknown words is '[UNK]'; make the files agree");
  }

  @Test
  void tokensThatAreNone() throws IOException {
    ObjectNode vocabulary = (ObjectNode) root.get("model").get("vocab");
    vocabulary.put("b", 5);
    assertRefused("id 5 is that of 'a' and 'b'; each token needs an id of its own");
    vocabulary.remove("b");
    set("added_tokens", "[{\"id\": 6, \"content\": \"b\\ud800\"}]");
    assertRefused(
        "a token has half a surrogate pair, 'b\\u....', which is no character; fetch the model again");
    set("added_tokens", "{\"id\": 6}");
    assertRefused("'added_tokens' is object; it must be a list of tokens");
    set("added_tokens", "[{\"id\": 6, \"content\": \"%s\"}]".formatted("x".repeat(1001)));
    assertRefused(
        "'added_tokens' is a token of 1001 characters; the longest that bertctl takes has 1000");
    set("added_tokens", "[{\"id\": \"%s\", \"content\": \"b\"}]".formatted("x".repeat(1001)));
    assertRefused(
        "token 'b' has the id \"%s...; ids are integers from 0".formatted("x".repeat(59)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0301", "\u0000", " ", "\u200b"})
  void addedTokensThatNormaliseToNothing(String token) throws IOException {
    set(
        "normalizer",
        "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"strip_accents\": null, \"lowercase\": true}");
    ((ArrayNode) root.get("added_tokens"))
        .addObject()
        .put("id", 6)
        .put("content", token)
        .put("normalized", true);
    save();
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      assertEquals(1, tokenizer.tokenize("a").ids().length);
    }
  }

  @Test
  void whatBertsTokenizersHave() throws IOException {
    sequence(
        List.of(
            "{\"type\": \"NFKC\"}",
            "{\"type\": \"NFD\"}",
            "{\"type\": \"Lowercase\"}",
            "{\"type\": \"StripAccents\"}",
            "{\"type\": \"Strip\", \"strip_left\": true, \"strip_right\": true}",
            replace("{\"String\": \"``\"}", "'"),
            "{\"type\": \"NFC\"}"));
    set(
        "pre_tokenizer",
        """
        {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Whitespace"},
          {"type": "Punctuation", "behavior": "Isolated"}, {"type": "BertPreTokenizer"},
          {"type": "Digits", "individual_digits": true}]}
        """);
    set("decoder", "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}");
    ((ObjectNode) root.get("model")).remove("type");
    save();
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      assertEquals(List.of(5, 1, 5), boxed(tokenizer.tokenize("\u00c1 b a").ids()));
    }
    sequence(List.of());
    set("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": []}");
    save();
    Tokenizers.open(folder).close();
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  private static String replace(String pattern, String content) {
    return "{\"type\": \"Replace\", \"pattern\": %s, \"content\": \"%s\"}"
        .formatted(pattern, content);
  }

  private static String split(String regex) {
    return "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"%s\"}, \"behavior\": \"Removed\", \"invert\": false}"
        .formatted(regex);
  }

  private void sequence(List<String> steps) throws IOException {
    set(
        "normalizer",
        "{\"type\": \"Sequence\", \"normalizers\": [%s]}".formatted(String.join(",", steps)));
  }

  private void set(String key, String value) throws IOException {
    root.set(key, JSON.readTree(value));
  }

  private void save() throws IOException {
    JSON.writeValue(file.toFile(), root);
  }

  private void assertRefused(String why) throws IOException {
    save();
    assertEquals(file + ": " + why, failure().getMessage());
  }

  private UserException failure() {
    return assertThrows(UserException.class, () -> Tokenizers.open(folder).close());
  }
}
