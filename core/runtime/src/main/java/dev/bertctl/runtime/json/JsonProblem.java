// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, in words that do not speak of a parser. */
public final class JsonProblem {

  /** Where an array or object began, counted from the parser's own start, not the file's. */
  private static final Pattern START =
      Pattern.compile(
          " \\(start marker at \\[Source: [^]]*\\]\\)| starting at \\[Source: [^]]*\\]");

  private JsonProblem() {}

  /** The problem, as a part of a sentence. */
  public static String of(JsonProcessingException problem) {
    String message = problem.getOriginalMessage();
    if (message.startsWith("Document nesting depth")) {
      return "arrays and objects in each other, too deep";
    }
    return message.startsWith("Trailing token")
        ? "something follows the value, which must stand alone"
        : START.matcher(message).replaceAll("");
  }

  /** An error that names file and line. */
  static UserException in(Path file, JsonProcessingException e) {
    return new UserException(
        "%s:%d: not valid JSON: %s; put a whole copy in its place"
            .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), of(e)),
        e);
  }
}
