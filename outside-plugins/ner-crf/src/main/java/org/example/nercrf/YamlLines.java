// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML list of texts, each with the line that it begins in. */
final class YamlLines {

  private static final String REMEDY = "; give a list of texts, one '- text' each";

  private YamlLines() {}

  /**
   * Reads a file.
   *
   * @throws DataException if it is no YAML, or no list of texts
   */
  static List<Line> of(DataFile file) {
    String content;
    try (Stream<Line> lines = file.lines()) {
      content = lines.map(Line::text).collect(Collectors.joining("\n"));
    }
    Location whole = file.location();
    try {
      Object document = new Yaml(new TextConstructor(whole)).load(content);
      if (document instanceof List<?> list) {
        return list.stream().map(item -> line(item, whole)).toList();
      }
      throw new DataException(whole, "holds no list" + REMEDY);
    } catch (MarkedYAMLException e) {
      throw new DataException(
          new Location(whole.file(), e.getProblemMark().getLine() + 1),
          "is no YAML: %s; texts with '[' at their beginning, ': ' or ' #' stand in quotes"
              .formatted(e.getProblem()));
    }
  }

  private static Line line(Object item, Location whole) {
    if (item instanceof Line line) {
      return line;
    }
    throw new DataException(whole, "'%s' is no text%s".formatted(item, REMEDY));
  }

  /**
   * Makes lines of YAML's texts. Up to version 1.33 of SnakeYAML, its super class has a constructor
   * without parameters; in version 2, which bertctl has, it has none.
   */
  private static final class TextConstructor extends SafeConstructor {

    TextConstructor(Location file) {
      yamlConstructors.put(
          Tag.STR,
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return new Line(
                  new Location(file.file(), node.getStartMark().getLine() + 1),
                  ((ScalarNode) node).getValue());
            }
          });
    }
  }
}
