// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Takes lines, a sentence each, apart into documents at blank lines. A document of more than 1,000
 * lines is read in parts, so that a file without blank lines does not have to fit into memory.
 */
final class DocumentLines implements Iterator<Document> {

  /** Most sentences that are read at once. */
  static final int MOST_SENTENCES = 1_000;

  private final Iterator<Line> lines;
  private final Purpose purpose;

  /** Lines of the next document; none if it has not been read yet. */
  private final List<Line> ahead = new ArrayList<>();

  DocumentLines(Iterator<Line> lines, Purpose purpose) {
    this.lines = lines;
    this.purpose = purpose;
  }

  @Override
  public boolean hasNext() {
    while (ahead.isEmpty() && lines.hasNext()) {
      readAhead();
    }
    return !ahead.isEmpty();
  }

  private void readAhead() {
    while (ahead.size() < MOST_SENTENCES && lines.hasNext()) {
      Line line = lines.next();
      if (line.text().isBlank()) {
        return;
      }
      ahead.add(line);
    }
  }

  @Override
  public Document next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<String> sentences = ahead.stream().map(line -> line.text().strip()).toList();
    Document document = new Document(ahead.get(0).location(), Map.of(), sentences, purpose);
    ahead.clear();
    return document;
  }
}
