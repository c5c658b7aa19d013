// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.spi.packing.Pieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ids and offsets are those of Hugging Face's BertTokenizer; {@code make_token_golden.py} made the
 * files.
 */
class TokenizerGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/tokens");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"uncased", "cased"})
  void vocabularyFileTokenizesAsHuggingFaceDoes(String casing) throws IOException {
    assertGolden(GOLDEN.resolve(casing), casing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncased", "cased"})
  void savedTokenizerTokenizesTheSame(String casing, @TempDir Path target) throws IOException {
    TokenizerFiles.of(GOLDEN.resolve(casing)).save(target, 512);
    assertGolden(target, casing);
    Files.delete(target.resolve("tokenizer.json"));
    assertGolden(target, casing);
  }

  private static void assertGolden(Path folder, String casing) throws IOException {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      for (String line : Files.readAllLines(GOLDEN.resolve("texts.jsonl"))) {
        JsonNode golden = JSON.readTree(line);
        Pieces pieces = tokenizer.tokenize(golden.get("text").asText());
        assertArrayEquals(ints(golden.at("/" + casing + "/ids")), pieces.ids(), line);
        assertArrayEquals(ints(golden.at("/" + casing + "/starts")), pieces.starts(), line);
        assertArrayEquals(ints(golden.at("/" + casing + "/ends")), pieces.ends(), line);
      }
    }
  }

  private static int[] ints(JsonNode values) {
    return JSON.convertValue(values, int[].class);
  }

  @Test
  void manyThreadsGetTheSamePieces() throws IOException {
    List<String> lines = Files.readAllLines(GOLDEN.resolve("texts.jsonl"));
    try (Tokenizer tokenizer = Tokenizers.open(GOLDEN.resolve("uncased"))) {
      List<String> one = lines.stream().map(line -> pieces(tokenizer, line)).toList();
      List<String> many = lines.parallelStream().map(line -> pieces(tokenizer, line)).toList();
      assertEquals(one, many);
    }
  }

  private static String pieces(Tokenizer tokenizer, String text) {
    Pieces pieces = tokenizer.tokenize(text);
    return List.of(ints(pieces.ids()), ints(pieces.starts()), ints(pieces.ends())).toString();
  }

  private static String ints(int[] values) {
    return java.util.Arrays.toString(values);
  }
}
