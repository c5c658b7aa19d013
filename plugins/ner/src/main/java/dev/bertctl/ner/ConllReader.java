// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads columns as CoNLL-2003 and WNUT-17 have them: a line a word, a blank line after each
 * sentence, {@code -DOCSTART-} before each document.
 *
 * @param wordColumn the word's column, from 1
 * @param tagColumn the tag's column, from 1; the last if empty
 */
record ConllReader(int wordColumn, Optional<Integer> tagColumn) {

  /** The word in the first column, the tag in the last. */
  static final ConllReader USUAL = new ConllReader(1, Optional.empty());

  /** Checks the columns. */
  ConllReader {
    checkColumn("word-column", wordColumn);
    tagColumn.ifPresent(column -> checkColumn("tag-column", column));
    if (tagColumn.isPresent() && tagColumn.get() == wordColumn) {
      throw new OptionException(
          "tag-column", "is %d, as 'word-column' is; give another".formatted(wordColumn));
    }
  }

  private static void checkColumn(String option, int column) {
    if (column < 1) {
      throw new OptionException(option, "is %d; columns are counted from 1".formatted(column));
    }
  }

  /**
   * Reads sentences.
   *
   * @param labelled whether each word needs a tag; tags are not looked at otherwise
   */
  Stream<DocumentPart> read(DataFile file, boolean labelled) {
    Stream<Line> lines = file.lines();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new ConllBlocks(lines.iterator()), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .map(block -> part(block, labelled))
        .onClose(lines::close);
  }

  private DocumentPart part(ConllBlocks.Block block, boolean labelled) {
    List<ConllRow> rows = block.rows();
    List<String> words = rows.stream().map(row -> row.cell(wordColumn, "word-column")).toList();
    Optional<Annotation> gold =
        labelled
            ? Optional.of(Annotation.of(rows.stream().map(this::tag).toList()))
            : Optional.empty();
    return new DocumentPart(
        Integer.toString(block.document()),
        Sentence.ofWords(rows.get(0).location(), Map.of(), words, gold));
  }

  private String tag(ConllRow row) {
    int column = tagColumn.orElse(row.cells().size());
    String tag = column == wordColumn ? "" : row.cell(column, "tag-column");
    if (tag.isEmpty()) {
      throw new DataException(
          row.location(),
          "the word '%s' has no tag; give one, O if it is in no entity"
              .formatted(row.cell(wordColumn, "word-column")));
    }
    return tag;
  }
}
