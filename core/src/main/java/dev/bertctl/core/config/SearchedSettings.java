// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.core.space.Dimension;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.ItemKeys;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Problem;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Setting;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.runtime.options.ValueCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes dimensions of the items of {@code search.space}, and says what is wrong with them. */
final class SearchedSettings {

  private static final String SPACE = "search.space";

  /** Settings, or groups of them, that trials have in common, and why. */
  private static final Map<String, String> FIXED = new LinkedHashMap<>();

  static {
    FIXED.put("output", "it is where the trials are put");
    FIXED.put("data", "trials are compared on the same data");
    FIXED.put("label-synonyms", "trials are compared on the same data");
    FIXED.put("train.best-metric", "trials are compared by one metric");
    FIXED.put("train.evaluate-every", "trials are compared after the same steps");
    FIXED.put("train.epochs", "it is the length of a full training, of which poor trials get less");
    FIXED.put("train.max-minutes", "trials are compared after the same epochs");
    FIXED.put("train.seed", "a seed that does well is luck");
    for (String key :
        List.of(
            "device",
            "engine",
            "quantize",
            "train.log-every",
            "train.evaluation-batch-size",
            "train.checkpoint-every",
            "train.keep-checkpoints")) {
      FIXED.put(key, "it changes no result");
    }
  }

  private final Schema schema;
  private final Map<String, Value> given;
  private final Origin file;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param schema the task's settings
   * @param given what the user gave, by key
   * @param file the configuration as a whole
   */
  SearchedSettings(Schema schema, Map<String, Value> given, Origin file) {
    this.schema = schema;
    this.given = given;
    this.file = file;
  }

  /**
   * The dimensions.
   *
   * @param space the items, of which each has a key
   * @throws ConfigException naming everything that is wrong
   */
  List<Dimension> dimensions(List<SearchSettings.Searched> space) {
    if (space.isEmpty()) {
      throw new ConfigException(
          "%s: missing key '%s': what is searched, such as %s: [{key: train.learning-rate, from: 1e-5, to: 1e-4, scale: log}]"
              .formatted(file, SPACE, SPACE));
    }
    List<Dimension> dimensions = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < space.size(); i++) {
      Item item = new Item(ItemKeys.item(SPACE, i), space.get(i));
      if (!keys.add(item.searched.key())) {
        item.problem("key", "names '%s' once more; remove one of them", item.searched.key());
      }
      item.setting().flatMap(item::dimension).ifPresent(dimensions::add);
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return dimensions;
  }

  /** An item of the list. */
  private final class Item {

    private final String name;
    private final SearchSettings.Searched searched;

    Item(String name, SearchSettings.Searched searched) {
      this.name = name;
      this.searched = searched;
    }

    private Optional<Value> value(String part) {
      return Optional.ofNullable(given.get(name + "." + part));
    }

    private void problem(String part, String problem, Object... details) {
      Value where = value(part).orElseThrow();
      add(where.origin(), where.path(), problem.formatted(details));
    }

    private void problem(String problem) {
      Value key = value("key").orElseThrow();
      add(key.origin(), key.path().substring(0, key.path().length() - ".key".length()), problem);
    }

    private void add(Origin origin, String path, String problem) {
      problems.add(new Problem(origin, "'%s' %s".formatted(path, problem)).toString());
    }

    /** The setting that is searched, if it can be. */
    Optional<Setting> setting() {
      String key = searched.key();
      Optional<Setting> found = schema.find(key);
      if (found.isEmpty()) {
        Origin origin = value("key").orElseThrow().origin();
        problem(
            "key",
            "names no setting: %s",
            new ValueCheck(schema)
                .problem(Value.scalar(key, "?", origin))
                .orElse("'%s' is none".formatted(key)));
      } else if (found.get().form() == Setting.Form.OBJECTS) {
        problem(
            "key",
            "names a list of items; name a key of one of them, such as %s[0].%s",
            key,
            schema.names(key + ItemKeys.ANY).get(0));
        return Optional.empty();
      } else if (fixed(key).isPresent()) {
        problem(
            "key",
            "is '%s', which cannot be searched: %s; set it once for all trials",
            key,
            fixed(key).get());
        return Optional.empty();
      }
      return found;
    }

    private static Optional<String> fixed(String key) {
      return FIXED.entrySet().stream()
          .filter(entry -> key.equals(entry.getKey()) || key.startsWith(entry.getKey() + "."))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    Optional<Dimension> dimension(Setting setting) {
      boolean isRange = searched.from().isPresent() || searched.to().isPresent();
      if (isRange == searched.values().isPresent()) {
        problem(
            isRange
                ? "has both a range and values; leave one of them out"
                : "has neither a range (from and to) nor values; give one of them");
        return Optional.empty();
      }
      return isRange ? range(setting) : choice(setting);
    }

    private Optional<Dimension> choice(Setting setting) {
      int before = problems.size();
      if (value("scale").isPresent()) {
        problem("scale", "is for a range, and there are values; remove it");
      }
      Value values = value("values").orElseThrow();
      Set<String> texts = new HashSet<>();
      for (String text : values.elements()) {
        elements(setting, text).stream()
            .flatMap(element -> ValueCheck.wrong(setting, element).stream())
            .findFirst()
            .ifPresent(wrong -> problem("values", "%s", wrong));
        if (!texts.add(text)) {
          problem("values", "has '%s' twice; remove one of them", text);
        }
      }
      List<String> resolved =
          values.elements().stream()
              .map(text -> ValueCheck.text(setting, text, values.origin()))
              .toList();
      return sound(before, new Dimension.Choice(searched.key(), resolved));
    }

    /** A value of a list is written as a text with commas. */
    private static List<String> elements(Setting setting, String text) {
      return setting.form().isList()
          ? Value.scalar(setting.key(), text, Origin.of("")).elements()
          : List.of(text);
    }

    private Optional<Dimension> range(Setting setting) {
      if (setting.form().isList() || !setting.isInteger() && !setting.isDecimal()) {
        problem(
            "has a range, but '%s' takes no number; give values instead".formatted(searched.key()));
        return Optional.empty();
      }
      if (searched.from().isEmpty() || searched.to().isEmpty()) {
        boolean isFrom = searched.from().isPresent();
        problem(
            isFrom ? "from" : "to",
            "is given without '%s'; a range needs both",
            isFrom ? "to" : "from");
        return Optional.empty();
      }
      int before = problems.size();
      for (String end : List.of("from", "to")) {
        ValueCheck.wrong(setting, value(end).orElseThrow().items().get(0))
            .ifPresent(wrong -> problem(end, "%s", wrong));
      }
      double from = searched.from().get();
      double to = searched.to().get();
      boolean logarithmic = searched.scale() == SearchSettings.Scale.LOG;
      if (from >= to) {
        problem("to", "must be more than 'from'");
      }
      if (logarithmic && from <= 0) {
        problem("scale", "is log, for which 'from' must be more than 0");
      }
      return sound(
          before,
          setting.isInteger()
              ? new Dimension.Integers(searched.key(), (long) from, (long) to, logarithmic)
              : new Dimension.Numbers(searched.key(), from, to, logarithmic));
    }

    private Optional<Dimension> sound(int problemsBefore, Dimension dimension) {
      return problems.size() == problemsBefore ? Optional.of(dimension) : Optional.empty();
    }
  }
}
