// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads documents from text files and from rows. For prediction, where an answer is due for what is
 * on a line, each line of a text file is a document.
 *
 * <p>The lines {@code Hello.}, {@code You.}, an empty one and {@code Bye.} are two documents, of
 * two sentences and one.
 *
 * @param form how text files are written
 * @param pairs whether pairs of sentences are made of them: WikiText's paragraphs of one sentence
 *     are then left out, as there are many
 * @param wholeWords whether words are to be told: Chinese text then needs a column of words
 */
record DocumentReader(Form form, boolean pairs, boolean wholeWords)
    implements ExampleReader<Document> {

  @Override
  public Stream<Document> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.format() == Format.TEXT
        ? texts(file.lines(), purpose, skipped)
        : file.rows().map(row -> document(row, purpose)).filter(one -> keep(one, skipped));
  }

  private Stream<Document> texts(Stream<Line> lines, Purpose purpose, Skipped skipped) {
    Stream<Document> documents =
        switch (purpose) {
          case PREDICTION -> lines.filter(line -> !line.text().isBlank()).map(DocumentReader::line);
          case TRAINING, EVALUATION ->
              switch (form) {
                case SENTENCES -> separated(lines, purpose);
                case WIKITEXT ->
                    WikiText.paragraphs(lines, purpose).filter(one -> isLongEnough(one, skipped));
                case D2L -> WikiText.inBook(lines, purpose);
              };
        };
    return documents.peek(document -> check(document, false));
  }

  private static Stream<Document> separated(Stream<Line> lines, Purpose purpose) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new DocumentLines(lines.iterator(), purpose),
                Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(lines::close);
  }

  private static Document line(Line line) {
    return new Document(
        line.location(),
        Map.of(DocumentRow.TEXT.name(), line.text()),
        List.of(line.text()),
        Purpose.PREDICTION);
  }

  Document document(Row row, Purpose purpose) {
    // Training writes no columns, and a corpus with all of its would fill the memory.
    Map<String, Object> columns = purpose == Purpose.TRAINING ? Map.of() : row.columns();
    Document document = new Document(row.location(), columns, DocumentRow.sentences(row), purpose);
    check(document, row.has(DocumentRow.WORDS));
    return document;
  }

  private void check(Document document, boolean hasWords) {
    if (wholeWords && document.purpose().labelled() && !hasWords) {
      Ideographs.requireNone(document.location(), document.sentences());
    }
  }

  private boolean isLongEnough(Document document, Skipped skipped) {
    if (pairs && document.sentences().size() < 2) {
      skipped.count(document.location(), "paragraph of one sentence");
      return false;
    }
    return true;
  }

  static boolean keep(Document document, Skipped skipped) {
    if (document.purpose().labelled() && document.text().isBlank()) {
      skipped.count(document.location(), "empty text");
      return false;
    }
    return true;
  }
}
