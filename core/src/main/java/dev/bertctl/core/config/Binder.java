// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks values against the settings there are, all at once, and binds them to the interfaces. */
final class Binder {

  /** SmallRye Config switches its checks off for mappings without a prefix. */
  private static final String PREFIX = "run";

  private final Schema schema;
  private final ValueCheck check;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> merged = new LinkedHashMap<>();

  Binder(Schema schema) {
    this.schema = schema;
    this.check = new ValueCheck(schema);
  }

  /** Takes note of a problem found elsewhere. */
  void add(Problem problem) {
    problems.add(problem);
  }

  /** Checks a value; it replaces what was given for the same setting before. */
  void add(Value value) {
    check.problem(value).map(problem -> new Problem(value.origin(), problem)).ifPresent(this::add);
    merged.put(value.key(), value);
  }

  /**
   * The bound values.
   *
   * @param place where missing settings should have been
   * @param remedy what to do about a missing setting; follows its description
   * @throws ConfigException with all problems, in the order of their lines
   */
  Bound bind(Origin place, String remedy) {
    List<String> lines =
        new ArrayList<>(
            problems.stream()
                .sorted(Comparator.comparingInt(Binder::lineOf))
                .map(Problem::toString)
                .distinct()
                .toList());
    for (Setting setting : schema.settings()) {
      if (setting.required() && !isGiven(setting)) {
        lines.add(
            "%s: missing key '%s': %s %s"
                .formatted(place, setting.key(), setting.doc(), remedy)
                .strip());
      }
    }
    if (!lines.isEmpty()) {
      throw new ConfigException(lines);
    }
    return new Bound(schema, merged, texts(place));
  }

  private boolean isGiven(Setting setting) {
    return merged.containsKey(setting.key())
        || setting
            .unless()
            .filter(group -> merged.keySet().stream().anyMatch(key -> key.startsWith(group + ".")))
            .isPresent();
  }

  /** Problems without a line, those of the command line, come last. */
  private static int lineOf(Problem problem) {
    int line = problem.origin().line();
    return line == 0 ? Integer.MAX_VALUE : line;
  }

  /** Every value as text, defaults included, in the schema's order. */
  private Map<String, String> texts(Origin place) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Setting setting : schema.settings()) {
      setting
          .defaultValue()
          .ifPresent(text -> texts.put(setting.key(), check.text(setting, text, place)));
      for (Value value : merged.values()) {
        if (value.form() != Value.Form.EMPTY
            && schema.find(value.key()).equals(Optional.of(setting))) {
          String text =
              setting.form().isList()
                  ? Value.join(value.elements())
                  : check.text(setting, value.items().get(0), value.origin());
          texts.put(value.key(), text);
        }
      }
    }
    return texts;
  }

  /** Checked values. */
  static final class Bound {

    private final Schema schema;
    private final Map<String, Value> values;
    private final Map<String, String> texts;

    /**
     * @param schema the settings there are
     * @param values what the user gave
     * @param texts all values, defaults included
     */
    private Bound(Schema schema, Map<String, Value> values, Map<String, String> texts) {
      this.schema = schema;
      this.values = values;
      this.texts = texts;
    }

    /** What the user gave. */
    Map<String, Value> values() {
      return values;
    }

    /** All values, defaults included. */
    Map<String, String> texts() {
      return texts;
    }

    /** The values as an object of a mapping interface. */
    <T> T as(Class<T> type) {
      Map<String, String> properties = new LinkedHashMap<>();
      texts.forEach((key, text) -> properties.put(PREFIX + "." + key, text));
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .withSources(new PropertiesConfigSource(properties, "run configuration", 100))
              .withMapping(type, PREFIX)
              .withValidateUnknown(false)
              .build();
      return config.getConfigMapping(type, PREFIX);
    }

    /** The texts of an interface's own settings. */
    Map<String, String> textsOf(Schema part) {
      Map<String, String> own = new LinkedHashMap<>();
      texts.forEach(
          (key, text) -> {
            if (part.find(key).isPresent()) {
              own.put(key, text);
            }
          });
      return own;
    }
  }
}
