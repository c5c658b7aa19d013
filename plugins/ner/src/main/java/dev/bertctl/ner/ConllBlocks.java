// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  private final Iterator<Line> lines;

  /** The file's first line that is certainly a word. */
  private Optional<ConllRow> word = Optional.empty();

  /** Blocks of which nothing has been handed on: more than one before the first certain word. */
  private final Deque<Block> ready = new ArrayDeque<>();

  private int document;

  ConllBlocks(Iterator<Line> lines) {
    this.lines = lines;
  }

  /**
   * Lines that stand together: a sentence.
   *
   * @param rows its words; comments among them while they are not told yet
   * @param document how many documents began before its own
   */
  record Block(List<ConllRow> rows, int document) {}

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && lines.hasNext()) {
      readAhead();
    }
    return !ready.isEmpty();
  }

  @Override
  public Block next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Reads up to the first certain word, which tells comments before it; then block by block. */
  private void readAhead() {
    List<Block> blocks = new ArrayList<>();
    do {
      Block block = readBlock();
      word = word.or(() -> block.rows().stream().filter(row -> !row.mayBeComment()).findFirst());
      blocks.add(block);
    } while (word.isEmpty() && lines.hasNext());
    for (Block block : blocks) {
      List<ConllRow> words = word.map(usual -> words(block.rows(), usual)).orElseGet(block::rows);
      if (!words.isEmpty()) {
        ready.add(new Block(words, block.document()));
      }
    }
  }

  private Block readBlock() {
    int own = document;
    List<ConllRow> rows = new ArrayList<>();
    while (lines.hasNext()) {
      Line line = lines.next();
      WebAnno.refuse(line);
      if (ConllRow.beginsDocument(line)) {
        document++;
        break;
      }
      if (ConllRow.isBlank(line)) {
        break;
      }
      rows.add(ConllRow.of(line));
    }
    return new Block(rows, own);
  }

  private static List<ConllRow> words(List<ConllRow> rows, ConllRow usual) {
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
