// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Takes the lines of a CoNLL file apart at blank lines and at the marks of documents.
 *
 * <p>Lines before a sentence's first word that begin with {@code #} and have other columns than the
 * file's words, in number or by what separates them, are comments. Other lines with a {@code #} are
 * words, as in tweets.
 */
final class ConllBlocks implements Iterator<ConllBlocks.Block> {

  /** Stands in the first column of a line that begins a document, as in CoNLL-2003. */
  private static final String DOCUMENT_MARK = "-DOCSTART-";

  private final Iterator<Line> lines;

  /** The file's first line that is certainly a word. */
  private Optional<ConllRow> word = Optional.empty();

  private List<ConllRow> block = List.of();
  private int document;
  private int nextDocument;

  ConllBlocks(Iterator<Line> lines) {
    this.lines = lines;
  }

  /**
   * A sentence.
   *
   * @param rows its words, at least one
   * @param document how many documents began before its own
   */
  record Block(List<ConllRow> rows, int document) {}

  @Override
  public boolean hasNext() {
    while (block.isEmpty() && lines.hasNext()) {
      block = words(readBlock());
    }
    return !block.isEmpty();
  }

  @Override
  public Block next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Block next = new Block(block, document);
    block = List.of();
    return next;
  }

  private List<ConllRow> readBlock() {
    document = nextDocument;
    List<ConllRow> rows = new ArrayList<>();
    while (lines.hasNext()) {
      Line line = lines.next();
      if (line.text().startsWith(DOCUMENT_MARK)) {
        nextDocument++;
        break;
      }
      if (ConllRow.isBlank(line)) {
        break;
      }
      rows.add(ConllRow.of(line));
    }
    return rows;
  }

  private List<ConllRow> words(List<ConllRow> rows) {
    word = word.or(() -> rows.stream().filter(row -> !row.mayBeComment()).findFirst());
    if (word.isEmpty()) {
      return rows;
    }
    ConllRow usual = word.get();
    List<ConllRow> words =
        rows.stream().dropWhile(row -> row.mayBeComment() && !row.hasColumnsOf(usual)).toList();
    for (ConllRow row : words) {
      if (row.cells().size() != usual.cells().size()) {
        throw new DataException(
            row.location(),
            "the number of columns is %d, but %d at %s; a line holds one word and its columns (running text is read from JSON lines with a column 'text')"
                .formatted(row.cells().size(), usual.cells().size(), usual.location()));
      }
    }
    return words;
  }
}
