// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON files that are read whenever the application starts, token by token: making {@link JsonFile}
 * ready takes longer than all else that a listing does.
 */
public final class JsonTokens {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTokens() {}

  /** What takes a value of JSON apart. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads from the first token on.
     *
     * @throws JsonProcessingException if it is no JSON
     */
    T read(JsonParser json) throws IOException;
  }

  /**
   * What a file holds.
   *
   * @throws UserException naming file and line, if it cannot be read or holds no JSON
   */
  public static <T> T read(Path file, Reader<T> reader) {
    try (JsonParser json = FACTORY.createParser(Files.readAllBytes(file))) {
      return reader.read(json);
    } catch (JsonProcessingException e) {
      throw JsonProblem.in(file, e);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }
}
