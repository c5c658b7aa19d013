// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import dev.bertctl.runtime.ClosestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a value, and what text it stands for. */
public final class ValueCheck {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");

  private final Schema schema;

  public ValueCheck(Schema schema) {
    this.schema = schema;
  }

  /** What is wrong with a value, if anything. */
  public Optional<String> problem(Value value) {
    if (value.form() == Value.Form.OBJECT || value.form() == Value.Form.ITEM) {
      return wrongItem(value);
    }
    Optional<Setting> found = schema.find(value.key());
    if (found.isEmpty()) {
      return misplaced(value);
    }
    Setting setting = found.get();
    if (setting.form().isMap() && !isKey(setting, lastName(value.key()))) {
      return Optional.of(unknown(value));
    }
    if (value.form() == Value.Form.EMPTY) {
      return Optional.of(
          "'%s' has no value; give it one or remove the key".formatted(value.path()));
    }
    if (value.form() == Value.Form.OBJECTS && hasItems(setting)) {
      return Optional.empty();
    }
    boolean isList = value.form() != Value.Form.SCALAR;
    if (setting.form() == Setting.Form.OBJECTS || isList && !setting.form().isList()) {
      return Optional.of(
          "'%s' must be %s, not %s"
              .formatted(
                  value.path(), describe(setting), isList ? notThisList(setting) : "a text"));
    }
    List<String> texts = setting.form().isList() ? value.elements() : value.items();
    return texts.stream()
        .map(text -> wrong(setting, text))
        .flatMap(Optional::stream)
        .findFirst()
        .map(problem -> "'" + value.path() + "' " + problem);
  }

  private static boolean hasItems(Setting setting) {
    return setting.form().isList() || setting.form() == Setting.Form.OBJECTS;
  }

  private static String notThisList(Setting setting) {
    return setting.form() == Setting.Form.OBJECTS ? "a list of texts" : "a list";
  }

  private String describe(Setting setting) {
    return setting.form() == Setting.Form.OBJECTS
        ? "a list of items with keys of their own"
            + inParentheses(schema.names(setting.key() + ItemKeys.ANY))
        : setting.describeType();
  }

  /** What is wrong with an item; where its list is no setting, that is told of the list. */
  private Optional<String> wrongItem(Value item) {
    Optional<Setting> list = schema.find(ItemKeys.list(item.key()));
    if (list.isEmpty()) {
      return Optional.empty();
    }
    if (list.get().form() == Setting.Form.OBJECTS) {
      return item.form() == Value.Form.OBJECT
          ? Optional.empty()
          : Optional.of(
              "'%s' must have keys of its own%s"
                  .formatted(item.path(), inParentheses(schema.names(item.key()))));
    }
    return list.get().form().isList() && item.items().isEmpty()
        ? Optional.of(
            "the list '%s' may hold plain texts only".formatted(ItemKeys.list(item.path())))
        : Optional.empty();
  }

  /**
   * The text that a value stands for: as written, except that paths are made relative to the
   * working directory.
   */
  public static String text(Setting setting, String text, Origin origin) {
    if (setting.type() == Path.class) {
      return origin.folder().resolve(text).normalize().toString();
    }
    return setting.key().equals("model") ? model(text, origin.folder()) : text;
  }

  /** A directory or zip counts as one if it is there, or if its name has a slash and no scheme. */
  private static String model(String text, Path folder) {
    if (text.startsWith("maven:") || text.startsWith("hf:")) {
      return text;
    }
    Path path = folder.resolve(text);
    boolean isZip = text.endsWith(".zip") && Files.isRegularFile(path);
    return text.contains("/") || isZip || Files.isDirectory(path)
        ? path.toAbsolutePath().normalize().toString()
        : text;
  }

  /** A value that is no setting's: of a group, below a setting, or unknown. */
  private Optional<String> misplaced(Value value) {
    if (schema.isGroup(value.key())) {
      return value.form() == Value.Form.EMPTY
          ? Optional.empty()
          : Optional.of(
              "'%s' takes keys of its own%s, not a value"
                  .formatted(value.path(), inParentheses(schema.names(value.key()))));
    }
    return Optional.of(
        schema
            .above(value.key())
            .map(setting -> tooDeep(value, setting))
            .orElseGet(() -> unknown(value)));
  }

  private String tooDeep(Value value, Setting setting) {
    int names = setting.key().split("\\.").length + (setting.form().isMap() ? 1 : 0);
    int extra = value.key().split("\\.").length - names;
    String path = value.path();
    for (int i = 0; i < extra; i++) {
      path = path.substring(0, path.lastIndexOf('.'));
    }
    return "'%s' must be %s, not keys of its own".formatted(path, describe(setting));
  }

  private String unknown(Value value) {
    return "unknown key '%s'; ".formatted(value.path())
        + ClosestName.to(ItemKeys.ofAny(value.key()), schema.known())
            .or(() -> sameTop(value))
            .or(() -> sameName(lastName(value.key())))
            .map(close -> "did you mean '%s'?".formatted(ItemKeys.like(value.key(), close)))
            .orElseGet(() -> "known keys: " + String.join(", ", neighbours(value.key())));
  }

  /** The group meant, if the key's first name is a mistyped one. */
  private Optional<String> sameTop(Value value) {
    String top = value.key().split("\\.")[0];
    List<String> tops = new ArrayList<>(schema.names(""));
    if (value.key().equals(value.path())) {
      tops.add(Schema.TASKS);
    }
    return tops.contains(top) ? Optional.empty() : ClosestName.to(top, tops);
  }

  /** A key of another group that ends in nearly the same name. */
  private Optional<String> sameName(String name) {
    List<String> keys = schema.settings().stream().map(Setting::key).toList();
    return ClosestName.to(name, keys.stream().map(ValueCheck::lastName).toList())
        .flatMap(close -> keys.stream().filter(key -> lastName(key).equals(close)).findFirst());
  }

  private List<String> neighbours(String key) {
    List<String> names = schema.names(key.substring(0, Math.max(0, key.lastIndexOf('.'))));
    return names.isEmpty() ? schema.names("") : names;
  }

  /** What is wrong with a text as the setting's value, if anything; it goes on after its name. */
  public static Optional<String> wrong(Setting setting, String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (variable.find()) {
      return Optional.of(
          "contains %s, but variables are not replaced; write the value itself"
              .formatted(variable.group()));
    }
    String expected = "must be %s, not '%s'".formatted(setting.describeType(), text);
    try {
      return isGood(setting, text) ? Optional.empty() : Optional.of(expected);
    } catch (IllegalArgumentException e) {
      boolean typeSaysAll =
          Number.class.isAssignableFrom(setting.type()) || setting.type().isEnum();
      return Optional.of(typeSaysAll ? expected : String.valueOf(root(e).getMessage()));
    }
  }

  private static boolean isGood(Setting setting, String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (setting.type() == Boolean.class) {
      // SmallRye Config takes any text for false.
      return text.equals("true") || text.equals("false");
    }
    Object value = Schema.CONVERTERS.requireConverter(setting.type()).convert(text);
    // Of white space SmallRye Config makes nothing.
    return value != null && (!(value instanceof Number number) || setting.allows(number));
  }

  private static Throwable root(Throwable exception) {
    return exception.getCause() == null ? exception : root(exception.getCause());
  }

  private static boolean isKey(Setting map, String name) {
    return !map.keyType().isEnum() || Setting.enumNames(map.keyType()).contains(name);
  }

  private static String lastName(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String inParentheses(List<String> names) {
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }
}
