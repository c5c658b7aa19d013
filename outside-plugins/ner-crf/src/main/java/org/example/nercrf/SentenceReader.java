// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads sentences from a YAML list of {@linkplain MarkedText marked texts}. For prediction, marks
 * are taken off and not looked at.
 *
 * @param types the known types of entities; without them, all are read
 */
record SentenceReader(Optional<List<String>> types) implements ExampleReader<Sentence> {

  @Override
  public Stream<Sentence> read(DataFile file, Purpose purpose, Skipped skipped) {
    return YamlLines.of(file).stream().map(line -> sentence(line, purpose));
  }

  /**
   * The types of all entities in a file, sorted.
   *
   * @throws DataException if there are none
   */
  static List<String> types(DataFile file) {
    List<String> types =
        YamlLines.of(file).stream()
            .flatMap(line -> MarkedText.parse(line.text()).entities().stream())
            .map(Entity::type)
            .distinct()
            .sorted()
            .toList();
    if (types.isEmpty()) {
      throw new DataException(
          file.location(), "marks no entity; mark them as in 'The way to [Graz](place)'");
    }
    return types;
  }

  private Sentence sentence(Line line, Purpose purpose) {
    MarkedText marked = MarkedText.parse(line.text());
    if (!purpose.labelled()) {
      return new Sentence(line.location(), marked.text(), Optional.empty());
    }
    types.ifPresent(known -> requireKnown(known, marked, line));
    return new Sentence(line.location(), marked.text(), Optional.of(marked.entities()));
  }

  private static void requireKnown(List<String> known, MarkedText marked, Line line) {
    for (Entity entity : marked.entities()) {
      if (!known.contains(entity.type())) {
        throw new DataException(
            line.location(),
            "unknown type '%s'; the task's types: %s. Correct the mark, or add the type to 'types'"
                .formatted(entity.type(), String.join(", ", known)));
      }
    }
  }
}
