// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.ItemKeys;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Setting;
import io.smallrye.config.common.utils.StringUtil;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes a configuration as YAML: the settings at the top level, the options in the section. */
final class ResolvedYaml {

  private ResolvedYaml() {}

  static String write(TaskConfig<?> config) {
    return "# The configuration as it was used, defaults included.\n"
        + write(config, config.values().keySet(), Map.of());
  }

  /**
   * Writes some of a configuration.
   *
   * @param keys which settings
   * @param comments what stands behind a setting, by key
   */
  static String write(TaskConfig<?> config, Collection<String> keys, Map<String, String> comments) {
    String section = "tasks." + config.plugin().name();
    Map<Object, Object> tree = new LinkedHashMap<>();
    Schema schema = Schema.of(List.of(RunSettings.class, config.plugin().optionsType()));
    config
        .values()
        .forEach(
            (key, text) -> {
              if (!keys.contains(key)) {
                return;
              }
              boolean own = config.optionValues().containsKey(key);
              Setting setting = schema.find(key).orElseThrow();
              Node value = node(setting, text);
              Optional.ofNullable(comments.get(key)).ifPresent(comment -> comment(value, comment));
              put(tree, own ? section + "." : "", key, schema, value);
            });
    if (config.optionValues().keySet().stream().noneMatch(keys::contains)) {
      put(tree, List.of("tasks", config.plugin().name()), new LinkedHashMap<Object, Object>());
    }
    StringWriter text = new StringWriter();
    new Yaml(options()).serialize(node(tree), text);
    return text.toString();
  }

  private static DumperOptions options() {
    DumperOptions options = new DumperOptions();
    options.setWidth(100);
    options.setSplitLines(false);
    options.setProcessComments(true);
    return options;
  }

  private static void comment(Node value, String comment) {
    value.setInLineComments(
        List.of(new CommentLine(null, null, " " + oneLine(comment), CommentType.IN_LINE)));
  }

  /** What a user typed may have line ends, at which a comment would end. */
  private static String oneLine(String comment) {
    return comment.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\uFEFF]", " ");
  }

  /** A value as it stands behind its key; paths stay as they are. */
  static String inline(Setting setting, String value) {
    StringWriter text = new StringWriter();
    Node node = setting.type() == Path.class ? text(value) : node(setting, value);
    new Yaml(options()).serialize(node, text);
    return text.toString().strip();
  }

  private static void put(
      Map<Object, Object> tree, String section, String key, Schema schema, Node value) {
    List<Object> steps = new ArrayList<>();
    if (!section.isEmpty()) {
      steps.addAll(List.of(section.split("\\.")));
    }
    String above = "";
    for (String name : key.split("\\.")) {
      above = above.isEmpty() ? name : above + "." + name;
      List<String> items = ItemKeys.items(above);
      String item = items.isEmpty() ? "" : items.get(items.size() - 1);
      if (above.equals(item) && schema.isListOfObjects(ItemKeys.list(item))) {
        steps.add(ItemKeys.list(name));
        steps.add(ItemKeys.index(item));
      } else {
        steps.add(name);
      }
    }
    put(tree, steps, value);
  }

  /** Steps are names of keys, and indices where they lead into a list. */
  @SuppressWarnings("unchecked") // only maps are put where there are more steps to come
  private static void put(Map<Object, Object> tree, List<Object> steps, Object value) {
    Map<Object, Object> map = tree;
    for (int i = 0; i < steps.size() - 1; i++) {
      map =
          (Map<Object, Object>)
              map.computeIfAbsent(steps.get(i), step -> new LinkedHashMap<Object, Object>());
    }
    map.put(steps.get(steps.size() - 1), value);
  }

  private static Node node(Setting setting, String text) {
    if (setting.form().isList()) {
      String[] texts = StringUtil.split(text);
      if (setting.type() == Path.class && texts.length == 1 && texts[0].equals(text)) {
        // Files are most often one, and then written as one.
        return scalar(Path.class, text);
      }
      List<Node> items = Arrays.stream(texts).map(item -> scalar(setting.type(), item)).toList();
      return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }
    return scalar(setting.type(), text);
  }

  private static Node scalar(Class<?> type, String text) {
    if (type == Path.class) {
      return text(Path.of(text).toAbsolutePath().normalize().toString());
    }
    // Numbers and booleans stand as such, whatever else looks like one is quoted.
    boolean plain = Number.class.isAssignableFrom(type) || type == Boolean.class;
    Tag tag =
        plain
            ? new Resolver().resolve(org.yaml.snakeyaml.nodes.NodeId.scalar, text, true)
            : Tag.STR;
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.PLAIN);
  }

  private static Node node(Map<Object, Object> map) {
    if (map.keySet().stream().anyMatch(Integer.class::isInstance)) {
      List<Node> items = new TreeMap<>(map).values().stream().map(ResolvedYaml::child).toList();
      return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
    }
    List<NodeTuple> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new NodeTuple(text(key.toString()), child(value))));
    return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
  }

  @SuppressWarnings("unchecked") // what is no node is a map of them
  private static Node child(Object value) {
    return value instanceof Node node ? node : node((Map<Object, Object>) value);
  }
}
