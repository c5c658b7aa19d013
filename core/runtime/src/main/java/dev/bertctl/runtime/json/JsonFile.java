// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files that belong to a model or a run. */
public final class JsonFile {

  /** No file of a model or run is a tenth as deep. */
  private static final int DEEPEST = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The largest published tokenizer.json is a tenth of this; more would only fill the heap. */
  private static final long LARGEST = 256L << 20;

  private JsonFile() {}

  /**
   * The object a file holds.
   *
   * @throws UserException naming file and line, if it cannot be read or holds no object
   */
  public static ObjectNode read(Path file) {
    if (readAny(file) instanceof ObjectNode object) {
      return object;
    }
    throw new UserException(file + ": holds no JSON object; put a whole copy in its place");
  }

  /**
   * The value a file holds.
   *
   * @throws UserException naming file and line, if it cannot be read or holds no JSON
   */
  public static JsonNode readAny(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new UserException(
            file
                + ": larger than 256 MiB, which no file of its kind is; put a whole copy in its place");
      }
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw JsonProblem.in(file, e);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * Writes maps, lists and plain values, indented; an existing file is replaced at the end.
   *
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Object value) {
    WholeFile.write(file, partial -> Files.write(partial, MAPPER.writeValueAsBytes(value)));
  }
}
