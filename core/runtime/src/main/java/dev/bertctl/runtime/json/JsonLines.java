// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a JSON-lines file, one object a line. Each line is on disk when {@link #write} returns.
 */
public final class JsonLines implements AutoCloseable {

  /** NaN stays what Python wrote into the input. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private final Path file;
  private final BufferedWriter writer;

  /**
   * @param file the file
   * @param options how it is opened, as {@link Files#newBufferedWriter} takes them
   */
  public JsonLines(Path file, OpenOption... options) {
    this.file = file;
    try {
      this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, options);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds a line. */
  public void write(Map<String, Object> fields) {
    try {
      writer.write(MAPPER.writeValueAsString(fields));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UserException failed(IOException e) {
    return FileException.writing(file, e);
  }
}
