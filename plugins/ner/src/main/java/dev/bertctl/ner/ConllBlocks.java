// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataFile.Line;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Takes the lines of a CoNLL file apart at blank lines and at the marks of documents. */
final class ConllBlocks implements Iterator<ConllBlock> {

  /** Stands in the first column of a line that begins a document, as in CoNLL-2003. */
  private static final String DOCUMENT_MARK = "-DOCSTART-";

  private final Iterator<Line> lines;
  private List<Line> block = List.of();
  private int document;
  private int nextDocument;

  ConllBlocks(Iterator<Line> lines) {
    this.lines = lines;
  }

  @Override
  public boolean hasNext() {
    while (block.isEmpty() && lines.hasNext()) {
      block = readBlock();
    }
    return !block.isEmpty();
  }

  @Override
  public ConllBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ConllBlock next = ConllBlock.of(block, document);
    block = List.of();
    return next;
  }

  private List<Line> readBlock() {
    document = nextDocument;
    List<Line> read = new ArrayList<>();
    while (lines.hasNext()) {
      Line line = lines.next();
      if (line.text().startsWith(DOCUMENT_MARK)) {
        nextDocument++;
        break;
      }
      if (ConllBlock.Row.isBlank(line)) {
        break;
      }
      read.add(line);
    }
    return read;
  }
}
