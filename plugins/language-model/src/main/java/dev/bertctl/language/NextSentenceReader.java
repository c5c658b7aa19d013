// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads pairs of texts, or documents of which pairs are to be made. Rows with a column {@code
 * second} are pairs, others documents; prediction is for pairs only.
 *
 * @param documents reads the documents
 */
record NextSentenceReader(DocumentReader documents) implements ExampleReader<Example> {

  static final Column FIRST = Column.named("first", "sentence1", "text_a", "sentence_a", "text");
  static final Column SECOND =
      Column.named("second", "sentence2", "text_b", "sentence_b", "text_pair");
  static final Column LABEL = Column.named("label", "next_sentence_label");

  @Override
  public Stream<Example> read(DataFile file, Purpose purpose, Skipped skipped) {
    if (file.format() != Format.TEXT) {
      return file.rows()
          .map(row -> example(row, purpose))
          .filter(example -> !purpose.labelled() || keep(example, skipped));
    }
    if (purpose == Purpose.PREDICTION) {
      throw new DataException(
          file.location(),
          "next-sentence judges pairs of texts, and a text file has none; give csv, tsv or jsonl"
              + " rows with the columns first and second");
    }
    return documents.read(file, purpose, skipped).map(document -> document);
  }

  private Example example(Row row, Purpose purpose) {
    if (purpose.labelled() && !row.has(SECOND)) {
      return documents.document(row, purpose);
    }
    OptionalInt label =
        purpose.labelled()
            ? NextSentence.LABELS.index(row.textOrEmpty(LABEL), row.location())
            : OptionalInt.empty();
    Map<String, Object> columns = purpose == Purpose.TRAINING ? Map.of() : row.columns();
    return new SentencePair(
        row.location(), columns, row.textOrEmpty(FIRST), row.textOrEmpty(SECOND), label);
  }

  private static boolean keep(Example example, Skipped skipped) {
    if (example instanceof Document document) {
      return DocumentReader.keep(document, skipped);
    }
    if (example instanceof SentencePair pair && pair.label().isEmpty()) {
      skipped.count(example.location(), "no gold label");
      return false;
    }
    return true;
  }
}
