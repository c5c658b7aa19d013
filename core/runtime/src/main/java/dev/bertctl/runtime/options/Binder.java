// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks values against the settings there are, all at once, and binds them to the interfaces. */
public final class Binder {

  /** SmallRye Config switches its checks off for mappings without a prefix. */
  private static final String PREFIX = "run";

  private final Schema schema;
  private final ValueCheck check;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> merged = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();

  public Binder(Schema schema) {
    this.schema = schema;
    this.check = new ValueCheck(schema);
  }

  /** Takes note of a problem found elsewhere. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /**
   * Checks a value; it replaces what was given for the same setting before, a list with its items.
   */
  public void add(Value value) {
    if (ItemKeys.items(value.key()).stream().anyMatch(refused::contains)) {
      return;
    }
    check.problem(value).map(problem -> new Problem(value.origin(), problem)).ifPresent(this::add);
    if (value.form() == Value.Form.OBJECTS) {
      merged.keySet().removeIf(key -> key.startsWith(value.key() + "["));
    }
    if (value.form() == Value.Form.OBJECT && !isItem(value.key())) {
      // What is below it has no place either, which is told of the item or its list.
      refused.add(value.key());
    }
    merged.put(value.key(), value);
  }

  /** What was given for a setting last. */
  public Optional<Value> given(String key) {
    return Optional.ofNullable(merged.get(key));
  }

  /** Forgets the lists of objects that these keys are of, so that they replace them. */
  public void clearListsOf(Collection<String> keys) {
    for (String key : keys) {
      ItemKeys.items(key).stream()
          .filter(this::isItem)
          .forEach(
              item -> merged.keySet().removeIf(old -> old.startsWith(ItemKeys.list(item) + "[")));
    }
  }

  private boolean isItem(String key) {
    return schema.isListOfObjects(ItemKeys.list(key));
  }

  /**
   * The bound values.
   *
   * @param place where missing settings should have been
   * @param remedy what to do about a missing setting; follows its description
   * @throws ConfigException with all problems, in the order of their lines
   */
  public Bound bind(Origin place, String remedy) {
    Map<String, Value> items = items();
    items.forEach(this::checkItem);
    List<String> lines =
        new ArrayList<>(
            problems.stream()
                .sorted(Comparator.comparingInt(Binder::lineOf))
                .map(Problem::toString)
                .distinct()
                .toList());
    for (Setting setting : schema.settings()) {
      if (!isOfItems(setting) && setting.required() && !isGiven(setting)) {
        lines.add(
            "%s: missing key '%s': %s %s"
                .formatted(place, setting.key(), setting.doc(), remedy)
                .strip());
      }
    }
    if (!lines.isEmpty()) {
      throw new ConfigException(lines);
    }
    return new Bound(schema, merged, texts(place, items.keySet()));
  }

  private static boolean isOfItems(Setting setting) {
    return setting.key().contains(ItemKeys.ANY);
  }

  /** The items of lists of objects, each with what was first said of it. */
  private Map<String, Value> items() {
    Map<String, Value> items = new LinkedHashMap<>();
    for (Value value : merged.values()) {
      ItemKeys.items(value.key()).stream()
          .filter(this::isItem)
          .forEach(item -> items.putIfAbsent(item, value));
    }
    return items;
  }

  /** An item has one before it, unless it is the first, and all that it must have. */
  private void checkItem(String item, Value first) {
    int below = first.key().length() - item.length();
    String path = first.path().substring(0, first.path().length() - below);
    int index = ItemKeys.index(item);
    if (index > 0 && !isThere(ItemKeys.item(ItemKeys.list(item), index - 1))) {
      add(
          new Problem(
              first.origin(),
              "'%s' is given, but no '%s'; items are counted from 0, without gaps"
                  .formatted(path, ItemKeys.item(ItemKeys.list(path), index - 1))));
    }
    if (first.form() == Value.Form.ITEM || first.form() == Value.Form.SCALAR && below == 0) {
      return;
    }
    for (Setting setting : schema.settings()) {
      String key = ItemKeys.like(item, setting.key());
      if (isOf(item, setting) && setting.required() && !merged.containsKey(key)) {
        add(
            new Problem(
                first.origin(),
                "missing key '%s%s': %s Each item needs it."
                    .formatted(path, key.substring(item.length()), setting.doc())));
      }
    }
  }

  private boolean isThere(String item) {
    return merged.keySet().stream().anyMatch(key -> key.equals(item) || key.startsWith(item + "."));
  }

  /** Whether a setting is one of an item's own, not of an item further down. */
  private static boolean isOf(String item, Setting setting) {
    int any = setting.key().lastIndexOf(ItemKeys.ANY);
    return any >= 0
        && setting.key().substring(0, any + ItemKeys.ANY.length()).equals(ItemKeys.ofAny(item));
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
  private Map<String, String> texts(Origin place, Collection<String> items) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Setting setting : schema.settings()) {
      if (setting.form() == Setting.Form.OBJECTS) {
        continue;
      }
      Stream<String> keys =
          isOfItems(setting)
              ? items.stream()
                  .filter(item -> isOf(item, setting))
                  .map(item -> ItemKeys.like(item, setting.key()))
              : Stream.of(setting.key());
      setting
          .defaultValue()
          .map(text -> ValueCheck.text(setting, text, place))
          .ifPresent(text -> keys.forEach(key -> texts.put(key, text)));
      for (Value value : merged.values()) {
        if (value.form() != Value.Form.EMPTY
            && schema.find(value.key()).equals(Optional.of(setting))) {
          String text =
              setting.form().isList()
                  ? Value.join(
                      value.elements().stream()
                          .map(item -> ValueCheck.text(setting, item, value.origin()))
                          .toList())
                  : ValueCheck.text(setting, value.items().get(0), value.origin());
          texts.put(value.key(), text);
        }
      }
    }
    return texts;
  }

  /** Checked values. */
  public static final class Bound {

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
    public Map<String, Value> values() {
      return values;
    }

    /** All values, defaults included. */
    public Map<String, String> texts() {
      return texts;
    }

    /** The values as an object of a mapping interface. */
    public <T> T as(Class<T> type) {
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
    public Map<String, String> textsOf(Schema part) {
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
