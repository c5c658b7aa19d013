// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigMappingInterface.LeafProperty;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that mapping interfaces declare: the only list of keys there is. */
public final class Schema {

  /** Knows no values; only its converters are used. */
  public static final SmallRyeConfig CONVERTERS = new SmallRyeConfigBuilder().build();

  /** The key of the tasks' sections in a file. */
  public static final String TASKS = "tasks";

  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private Schema() {}

  /**
   * The settings of several interfaces together.
   *
   * @throws IllegalArgumentException if two declare the same key, or a method's type or default is
   *     one that cannot be bound
   */
  public static Schema of(Collection<Class<?>> interfaces) {
    Schema schema = new Schema();
    for (Class<?> type : interfaces) {
      ConfigMappingInterface mapping = ConfigMappingInterface.getConfigurationInterface(type);
      if (mapping == null) {
        throw new IllegalArgumentException(
            type.getName() + " is no interface with one method an option");
      }
      schema.collect("", mapping);
    }
    return schema;
  }

  /** All settings by key. */
  public Collection<Setting> settings() {
    return settings.values();
  }

  /** The setting that a key belongs to: itself, or the map that it is an entry of. */
  public Optional<Setting> find(String key) {
    Optional<Setting> exact = exact(key);
    if (exact.isPresent()) {
      return exact.filter(setting -> !setting.form().isMap());
    }
    int dot = key.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : exact(key.substring(0, dot)).filter(setting -> setting.form().isMap());
  }

  /** Whether a key is that of a list of objects. */
  public boolean isListOfObjects(String key) {
    return exact(key).filter(setting -> setting.form() == Setting.Form.OBJECTS).isPresent();
  }

  /** A key with {@code []} is of no item, and so of no setting. */
  private Optional<Setting> exact(String key) {
    return key.contains(ItemKeys.ANY)
        ? Optional.empty()
        : Optional.ofNullable(settings.get(ItemKeys.ofAny(key)));
  }

  /** The setting, map or not, above a key that goes deeper than any setting does. */
  public Optional<Setting> above(String key) {
    return settings.values().stream()
        .filter(setting -> ItemKeys.ofAny(key).startsWith(setting.key() + "."))
        .filter(setting -> setting.form().isMap() || names(setting.key()).isEmpty())
        .findFirst();
  }

  /** Whether a key is a map, or an item or group that has settings below it. */
  public boolean isGroup(String key) {
    return exact(key).map(setting -> setting.form().isMap()).orElseGet(() -> !names(key).isEmpty());
  }

  /** Names that may stand directly under a group or item; the empty group is the top. */
  public List<String> names(String group) {
    String prefix = group.isEmpty() ? "" : ItemKeys.ofAny(group) + ".";
    return settings.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.")[0].replace(ItemKeys.ANY, ""))
        .distinct()
        .toList();
  }

  /** All keys and groups, for suggestions. */
  public List<String> known() {
    List<String> known = new ArrayList<>(names(""));
    for (Setting setting : settings.values()) {
      known.add(setting.key());
      if (setting.keyType().isEnum()) {
        Setting.enumNames(setting.keyType()).forEach(name -> known.add(setting.key() + "." + name));
      }
    }
    return known;
  }

  private void collect(String prefix, ConfigMappingInterface mapping) {
    for (Property property : mapping.getProperties()) {
      String name = property.getPropertyName(mapping.getNamingStrategy());
      String key = property.isParentPropertyName() ? prefix : prefix + name;
      if (property.isGroup()) {
        String group = property.isParentPropertyName() ? prefix : key + ".";
        collect(group, property.asGroup().getGroupType());
      } else {
        Setting setting = setting(key, property);
        requireGoodDefault(setting);
        if (!names(key).isEmpty() || settings.putIfAbsent(key, setting) != null) {
          throw new IllegalArgumentException(
              "option '%s' of %s is already a setting of every run"
                  .formatted(key, mapping.getInterfaceType().getName()));
        }
        if (setting.form() == Setting.Form.OBJECTS) {
          collect(key + ItemKeys.ANY + ".", elements(property).asGroup().getGroupType());
        }
      }
    }
  }

  private static void requireGoodDefault(Setting setting) {
    if (setting.form() == Setting.Form.SCALAR) {
      setting
          .defaultValue()
          .flatMap(text -> ValueCheck.wrong(setting, text))
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(
                    "the default of option '%s' %s".formatted(setting.key(), problem));
              });
    }
  }

  private static Property present(Property property) {
    return property.isOptional() ? property.asOptional().getNestedProperty() : property;
  }

  private static Property elements(Property list) {
    return present(list).asCollection().getElement();
  }

  private static Setting setting(String key, Property property) {
    Property value = present(property);
    Setting.Form form = Setting.Form.SCALAR;
    Class<?> keyType = String.class;
    Optional<String> defaultValue = defaultOf(property);
    if (value.isCollection()) {
      form = Setting.Form.LIST;
      value = value.asCollection().getElement();
      defaultValue = defaultOf(value);
      form = value.isGroup() ? Setting.Form.OBJECTS : form;
    } else if (value.isMap()) {
      form = Setting.Form.MAP;
      keyType = value.asMap().getKeyRawType();
      value = value.asMap().getValueProperty();
      if (value.isCollection()) {
        form = Setting.Form.MAP_OF_LISTS;
        value = value.asCollection().getElement();
      }
    }
    Optional<String> unless =
        Optional.ofNullable(property.getMethod().getAnnotation(Unless.class)).map(Unless::value);
    boolean mayBeEmpty = form.isMap() || form == Setting.Form.OBJECTS || property.isOptional();
    boolean required = unless.isPresent() || !mayBeEmpty && defaultValue.isEmpty();
    return new Setting(
        key,
        form,
        form == Setting.Form.OBJECTS
            ? value.asGroup().getGroupType().getInterfaceType()
            : type(key, value),
        keyType,
        required,
        unless,
        defaultValue,
        Optional.ofNullable(property.getMethod().getAnnotation(Doc.class))
            .map(Doc::value)
            .orElse(""),
        Optional.ofNullable(property.getMethod().getAnnotation(Range.class)),
        Optional.ofNullable(property.getMethod().getAnnotation(Essential.class)));
  }

  private static Optional<String> defaultOf(Property property) {
    return property.hasDefaultValue()
        ? Optional.ofNullable(property.getDefaultValue())
        : Optional.empty();
  }

  private static Class<?> type(String key, Property value) {
    if (value.isPrimitive()) {
      return value.asPrimitive().getBoxType();
    }
    if (value.isLeaf() && !value.isOptional()) {
      LeafProperty leaf = value.asLeaf();
      if (!leaf.hasConvertWith() && CONVERTERS.getConverter(leaf.getValueRawType()).isPresent()) {
        return leaf.getValueRawType();
      }
    }
    throw new IllegalArgumentException(
        "option '%s' has a type that cannot be bound: %s; use texts, numbers, booleans, enums, paths, lists, maps and Optionals of them, and lists of interfaces of such"
            .formatted(key, value.getMethod().getGenericReturnType()));
  }
}
