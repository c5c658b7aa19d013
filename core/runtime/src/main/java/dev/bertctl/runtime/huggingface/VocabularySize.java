// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts ids without opening a tokenizer. */
public final class VocabularySize {

  private VocabularySize() {}

  /** Rows that the word embedding must have: one more than the largest id in a model folder. */
  public static int of(Path folder) {
    Path json = folder.resolve("tokenizer.json");
    if (Files.isRegularFile(json)) {
      return ofJson(JsonFile.read(json));
    }
    Path text = folder.resolve("vocab.txt");
    if (!Files.isRegularFile(text)) {
      throw new UserException(
          folder + ": neither tokenizer.json nor vocab.txt; copy the model's tokenizer there");
    }
    // Lines end alike in UTF-8; whether it is UTF-8 is for the tokenizer to say.
    try (Stream<String> lines = Files.lines(text, StandardCharsets.ISO_8859_1)) {
      return Math.toIntExact(lines.count());
    } catch (IOException e) {
      throw FileException.reading(text, e);
    }
  }

  private static int ofJson(JsonNode root) {
    int largest = -1;
    for (JsonNode id : root.path("model").path("vocab")) {
      largest = Math.max(largest, id.asInt());
    }
    for (JsonNode added : root.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asInt());
    }
    return largest + 1;
  }
}
