// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.tokenize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the JSON files of a tokenizer. */
final class JsonFile {

  static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The largest published one is a tenth of this; more is no tokenizer and would fill the heap. */
  private static final long MAX_BYTES = 256L << 20;

  private JsonFile() {}

  /** The object a file holds. */
  static ObjectNode read(Path source) {
    try {
      if (Files.size(source) > MAX_BYTES) {
        throw new UserException(
            source + ": larger than 256 MiB, which no tokenizer is; fetch the model again");
      }
      JsonNode content = MAPPER.readTree(Files.readAllBytes(source));
      if (content instanceof ObjectNode object) {
        return object;
      }
      throw new UserException(source + ": holds no JSON object; fetch the model again");
    } catch (JsonProcessingException e) {
      throw new UserException(
          "%s:%d: not valid JSON: %s; fetch the model again"
              .formatted(source, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UserException(source + ": cannot be read: " + e, e);
    }
  }
}
