// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of every combination of the files that decide a tokenizer bertctl makes the ids that transformers
 * makes, and the files that it saves are those of which transformers made the same; {@code
 * make_tokenizer_folders_golden.py} ran transformers on both.
 */
class TokenizerFoldersTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/tokenizer-folders");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A folder into which to save them, for the script, instead of comparing. */
  private static final String SAVED = "tokenizers.saved";

  /** Takes the model's longest sequence where the tokenizer is meant for longer ones. */
  private static final int POSITIONS = 512;

  private record Original(String name, JsonNode golden) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Read once. */
  private static Map<String, JsonNode> saved;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("folders")
  void idsAreThoseOfTransformers(Original original) throws IOException {
    write(original);
    JsonNode golden = original.golden();
    if (golden.path("bertctl").asText().equals("refuses")) {
      assertThrows(UserException.class, () -> Tokenizers.open(folder));
    } else if (golden.has("ids")) {
      assertIds(golden, folder);
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void savedFilesAreThoseThatTransformersWasRunOn(Original original) throws IOException {
    write(original);
    String script = System.getProperty(SAVED);
    Path target =
        script == null ? folder.resolve("saved") : Path.of(script).resolve(original.name());
    boolean refused = true;
    try {
      TokenizerFiles.of(folder).save(target, POSITIONS);
      refused = false;
    } catch (UserException e) {
      assertFalse(original.golden().has("ids") && !original.golden().has("bertctl"), e::getMessage);
    }
    assumeTrue(script == null);
    JsonNode saved = saved().get(original.name());
    assertEquals(refused, saved == null);
    if (saved != null) {
      assertEquals(
          JSON.convertValue(saved.get("sha256"), TreeMap.class),
          digests(target),
          "other files than transformers was run on: run the script again");
      assertIds(saved, target);
    }
  }

  private static synchronized Map<String, JsonNode> saved() throws IOException {
    if (saved == null) {
      saved = read("saved.jsonl");
    }
    return saved;
  }

  static Stream<Original> folders() throws IOException {
    return read("originals.jsonl").entrySet().stream()
        .map(line -> new Original(line.getKey(), line.getValue()));
  }

  private static Map<String, JsonNode> read(String file) throws IOException {
    Map<String, JsonNode> lines = new LinkedHashMap<>();
    for (String line : Files.readAllLines(GOLDEN.resolve(file))) {
      JsonNode golden = JSON.readTree(line);
      lines.put(golden.get("name").asText(), golden);
    }
    return lines;
  }

  private void write(Original original) throws IOException {
    for (Map.Entry<String, JsonNode> file : original.golden().get("files").properties()) {
      JsonNode content = file.getValue();
      Files.writeString(
          folder.resolve(file.getKey()),
          content.isTextual() ? content.textValue() : content.toString());
    }
  }

  private static void assertIds(JsonNode golden, Path folder) throws IOException {
    List<String> texts =
        Arrays.asList(JSON.readValue(GOLDEN.resolve("texts.json").toFile(), String[].class));
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        assertEquals(
            golden.get("ids").get(i).toString(),
            JSON.writeValueAsString(tokenizer.tokenize(text).ids()),
            () -> "'" + text + "'");
      }
    }
  }

  private static Map<String, String> digests(Path target) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.toList()) {
        digests.put(
            file.getFileName().toString(),
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
    return digests;
  }
}
