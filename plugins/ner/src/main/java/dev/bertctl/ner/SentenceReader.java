// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads sentences from CoNLL columns, rows of JSON or, for prediction, lines of text. Where tags
 * are needed, sentences without words are left out and counted, and so is in training each entity
 * that is {@linkplain Annotation#loose() loose}.
 *
 * @param columns reads CoNLL files
 * @param names names tags that are given as numbers
 * @param labels the tags that there may be; any if empty
 * @param scheme how entities are tagged
 * @param documentContext whether sentences are shown with their documents
 */
record SentenceReader(
    ConllReader columns,
    Optional<Labels> names,
    Optional<Labels> labels,
    TagScheme scheme,
    boolean documentContext)
    implements ExampleReader<Sentence> {

  /** Longer sentences are most likely files without blank lines. */
  private static final int USUAL_WORDS = 5_000;

  @Override
  public Stream<Sentence> read(DataFile file, Purpose purpose, Skipped skipped) {
    Stream<DocumentPart> parts =
        parts(file, purpose.labelled(), skipped)
            .filter(part -> !purpose.labelled() || hasWords(part.sentence(), skipped));
    Stream<Sentence> sentences =
        documentContext ? DocumentPart.inContext(parts) : parts.map(DocumentPart::sentence);
    return sentences.map(sentence -> checked(sentence, file.format(), purpose, skipped));
  }

  private Stream<DocumentPart> parts(DataFile file, boolean labelled, Skipped skipped) {
    return switch (file.format()) {
      case JSONL, JSON ->
          new JsonlReader(names, scheme, documentContext).read(file, labelled, skipped);
      case CONLL -> columns.read(file, labelled);
      case TEXT -> texts(file, labelled);
      case CSV, TSV ->
          throw new DataException(
              file.location(),
              "sentences are read from CoNLL columns, rows of JSON or, for prediction, lines of text, and not from tables with a header; convert the file, or name its format (conll, jsonl, json, text): data.format in a configuration, --format on the command line");
    };
  }

  /** A sentence or paragraph a line; the words are told as in texts of JSON rows. */
  private static Stream<DocumentPart> texts(DataFile file, boolean labelled) {
    if (labelled) {
      throw new DataException(
          file.location(),
          "lines of text have no tags to learn from or to compare with; give CoNLL columns or rows of JSON, or, if each line is a word with its columns, name the format: conll (data.format in a configuration, --format on the command line)");
    }
    return file.lines()
        .filter(line -> !line.text().isBlank())
        .map(line -> new DocumentPart(line.location().toString(), Sentence.ofText(line)));
  }

  private static boolean hasWords(Sentence sentence, Skipped skipped) {
    if (sentence.words().isEmpty()) {
      skipped.count(sentence.location(), "no words");
      return false;
    }
    return true;
  }

  private Sentence checked(Sentence read, Format format, Purpose purpose, Skipped skipped) {
    if (read.words().size() > USUAL_WORDS) {
      skipped.warn(
          read.location(),
          "sentences of more than %,d words; blank lines, or rows, separate sentences"
              .formatted(USUAL_WORDS));
    }
    Sentence sentence = read.in(scheme);
    for (int i = 0; i < tags(read).size(); i++) {
      Location place = location(read, i, format);
      if (purpose == Purpose.TRAINING) {
        checkForm(tags(read).get(i), place);
      }
      checkKnown(tags(sentence).get(i), place);
    }
    List<Span> loose = sentence.gold().map(Annotation::loose).orElse(List.of());
    if (purpose == Purpose.TRAINING) {
      loose.forEach(
          span -> skipped.count(sentence.location(), "entities that begin or end within a word"));
    }
    return sentence;
  }

  private static List<String> tags(Sentence sentence) {
    return sentence.gold().map(Annotation::tags).orElse(List.of());
  }

  /** Where a word was read: the words of a CoNLL sentence stand on lines that follow each other. */
  static Location location(Sentence sentence, int word, Format format) {
    Location first = sentence.location();
    return format == Format.CONLL ? new Location(first.file(), first.line() + word) : first;
  }

  private static void checkForm(String tag, Location location) {
    if (!Tag.isTag(tag)) {
      throw new DataException(
          location,
          "'%s' is no tag; %s. Correct the line, or name the tags' column with 'tag-column'"
              .formatted(tag, Tag.form()));
    }
  }

  private void checkKnown(String tag, Location location) {
    List<String> known = labels.map(Labels::names).orElse(List.of(tag));
    if (!known.contains(tag)) {
      throw new DataException(
          location,
          "unknown tag '%s'; the tags are: %s. Correct the line, or list all tags in 'labels' before training (a tag needs no examples)"
              .formatted(tag, String.join(", ", known)));
    }
  }
}
