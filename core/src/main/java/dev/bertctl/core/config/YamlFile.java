// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.ItemKeys;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Problem;
import dev.bertctl.runtime.options.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A YAML file as flat values that know their lines. Only the document's nodes are read, no objects
 * are made of them, and scalars stay the text that was written: a label {@code no} is {@code no}.
 */
final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;

  /** An alias may repeat a subtree; a few are handy, many blow up. */
  private static final int MAX_ALIASES = 10;

  private final Path file;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it cannot be read or is not YAML
   */
  static YamlFile read(Path file) {
    YamlFile yaml = new YamlFile(file);
    String text = yaml.text();
    Node root = yaml.compose(text);
    if (root == null) {
      throw yaml.empty();
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new ConfigException(
          yaml.origin(root) + ": expected keys and values, such as 'model: minilm-l6'");
    }
    yaml.flatten("", mapping);
    return yaml;
  }

  /** All values by their full keys, in the file's order. */
  Map<String, Value> values() {
    return values;
  }

  /** What was wrong apart from values: keys written twice, and what is not supported. */
  List<Problem> problems() {
    return problems;
  }

  /** The file as a whole. */
  Origin origin() {
    return origin(0);
  }

  private Origin origin(int line) {
    Path folder = file.getParent();
    return new Origin(file.toString(), line, folder == null ? Path.of("") : folder);
  }

  private Origin origin(Node node) {
    return origin(node.getStartMark().getLine() + 1);
  }

  private String text() {
    try (InputStream content = Files.newInputStream(file)) {
      // No more is read than that: a pipe or a device may have no end.
      byte[] bytes = content.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(
            file + ": larger than 1 MiB, which no configuration is; name the app.yaml file");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
      if (unmarked.isBlank()) {
        throw empty();
      }
      return unmarked;
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file", new NameConfiguration());
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": not UTF-8; save the file as UTF-8");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private ConfigException empty() {
    return new ConfigException(file + ": the file is empty; it needs at least 'model' and 'data'");
  }

  private Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    try {
      return new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new ConfigException(
          "%s: not valid YAML: %s".formatted(origin(mark.getLine() + 1), e.getProblem()));
    } catch (ReaderException e) {
      long line = text.substring(0, e.getPosition()).lines().count();
      throw new ConfigException(
          "%s: not valid YAML: control character U+%04X"
              .formatted(origin((int) Math.max(1, line)), e.getCodePoint()));
    } catch (YAMLException e) {
      throw new ConfigException("%s: not valid YAML: %s".formatted(file, e.getMessage()));
    }
  }

  private void flatten(String prefix, MappingNode mapping) {
    if (!open.add(mapping)) {
      problems.add(new Problem(origin(mapping), "'%s' contains itself".formatted(prefix)));
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(origin(entry.getKeyNode()), "a key must be a plain text"));
      } else if (key.getTag().equals(Tag.MERGE)) {
        problems.add(
            new Problem(
                origin(key),
                "merge keys (<<) are not supported; top-level settings are the defaults of all"
                    + " tasks"));
      } else {
        add(prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue(), key, entry);
      }
    }
    open.remove(mapping);
  }

  private void add(String path, ScalarNode key, NodeTuple entry) {
    Origin origin = origin(key);
    if (isGivenTwice(path, origin)) {
      return;
    }
    Node node = entry.getValueNode();
    if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      flatten(path, mapping);
    } else if (text(node).isPresent()) {
      values.put(path, Value.scalar(path, text(node).get(), origin));
    } else if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
      addList(path, list.getValue(), origin);
    } else {
      values.put(path, new Value(path, path, Value.Form.EMPTY, List.of(), origin));
    }
  }

  private boolean isGivenTwice(String path, Origin origin) {
    Integer earlier = lines.putIfAbsent(path, origin.line());
    if (earlier != null) {
      problems.add(
          new Problem(
              origin,
              "key '%s' is already given in line %d; remove one of them".formatted(path, earlier)));
    }
    return earlier != null;
  }

  private void addList(String path, List<Node> items, Origin origin) {
    List<String> texts = items.stream().flatMap(item -> text(item).stream()).toList();
    if (texts.size() == items.size()) {
      values.put(path, new Value(path, path, Value.Form.LIST, texts, origin));
      return;
    }
    values.put(path, new Value(path, path, Value.Form.OBJECTS, List.of(), origin));
    for (int i = 0; i < items.size(); i++) {
      addItem(ItemKeys.item(path, i), items.get(i));
    }
  }

  private void addItem(String path, Node item) {
    Origin origin = origin(item);
    if (isGivenTwice(path, origin)) {
      return;
    }
    if (item instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      values.put(path, new Value(path, path, Value.Form.OBJECT, List.of(), origin));
      flatten(path, mapping);
    } else {
      values.put(
          path, new Value(path, path, Value.Form.ITEM, text(item).stream().toList(), origin));
    }
  }

  private static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }
}
