// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.files.WholeFile;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A page, ready to be written.
 *
 * <p>{@code new Page(PageKind.ATTENTION, "Attention of runs/nli", facts).write(file)} makes a file
 * that any browser opens.
 *
 * @param kind which template it is made with
 * @param title its heading
 * @param facts plain values: texts, numbers, booleans, lists and maps of these; templates read them
 *     as {@code facts}, scripts as the object {@code facts}
 */
public record Page(PageKind kind, String title, Map<String, Object> facts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Copies the map.
   *
   * @param kind which template it is made with
   * @param title its heading
   * @param facts plain values
   */
  public Page {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Writes the page; an existing file is replaced when it is complete.
   *
   * @throws dev.bertctl.runtime.files.FileException if the file system refuses
   */
  public void write(Path file) {
    WholeFile.write(file, partial -> Files.writeString(partial, html()));
  }

  /** The page as HTML. */
  String html() {
    TemplateInstance template = Templates.get(kind.template()).instance();
    return template
        .data("title", title)
        .data("facts", facts)
        .data("data", new RawString(json()))
        .data("style", new RawString(Resources.style(kind)))
        .data("script", new RawString(Resources.script(kind)))
        .render();
  }

  /** Within a script element nothing may look like its end. */
  private String json() {
    try {
      return JSON.writeValueAsString(facts).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("facts that are no plain values: " + e.getMessage(), e);
    }
  }
}
