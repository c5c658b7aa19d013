// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.spi.data.Example;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Says what looks broken in the texts of an example. */
final class ExampleTexts {

  /** What UTF-8 looks like when read as windows-1252 and saved so: a letter in two or three. */
  private static final Pattern MOJIBAKE =
      Pattern.compile("[\\u00C2\\u00C3][\\u0080-\\u00BF\\u0192\\u201A-\\u2122]|\\u00E2\\u20AC.");

  /** How findings of empty texts begin. */
  static final String EMPTY = "empty texts";

  private ExampleTexts() {}

  /**
   * Looks through an example.
   *
   * @param found takes each kind of trouble for each text, with the place
   */
  static void check(Example example, BiConsumer<String, String> found) {
    String place = example.location().toString();
    texts(example)
        .forEach(
            (name, value) ->
                check(value, what -> found.accept(what + " in '" + name + "'", place)));
  }

  /** A record's parts but for the columns, which those to train on lack; of others the columns. */
  private static Map<String, Object> texts(Example example) {
    if (!(example instanceof Record)) {
      return example.columns();
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    for (RecordComponent part : example.getClass().getRecordComponents()) {
      try {
        part.getAccessor().setAccessible(true);
        parts.put(part.getName(), part.getAccessor().invoke(example));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record whose part cannot be read: " + part, e);
      }
    }
    parts.remove("columns");
    return parts;
  }

  private static void check(Object value, Consumer<String> found) {
    if (value instanceof Collection<?> list) {
      list.forEach(item -> check(item, found));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(item -> check(item, found));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> check(item, found));
    } else if (value instanceof String text) {
      checkText(text, found);
    }
  }

  private static void checkText(String text, Consumer<String> found) {
    if (text.isBlank()) {
      found.accept(EMPTY);
    }
    if (text.indexOf('\uFFFD') >= 0) {
      found.accept("replacement characters (U+FFFD)");
    }
    if (text.codePoints().anyMatch(ExampleTexts::isControl)) {
      found.accept("control characters");
    }
    if (MOJIBAKE.matcher(text).find()) {
      found.accept("texts that look like UTF-8 read in another encoding");
    }
  }

  private static boolean isControl(int character) {
    return Character.getType(character) == Character.CONTROL
        && character != '\t'
        && character != '\n'
        && character != '\r';
  }
}
