// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.runtime.rows.ColumnNames;
import dev.bertctl.runtime.rows.LabelSynonyms;
import dev.bertctl.runtime.rows.RowTerms;
import java.util.List;
import java.util.Map;

/**
 * Settings that say how data files are read.
 *
 * @param encoding what they are in, unless a byte-order mark says otherwise
 * @param quotes what double quotes in TSV are
 * @param header the names of the tables' columns, where they have no header; none where they have
 *     one
 * @param columns the files' names of the task's columns, by the task's names
 * @param labelSynonyms other spellings of labels, by label
 */
public record FileSettings(
    Encoding encoding,
    Quotes quotes,
    List<String> header,
    Map<String, String> columns,
    Map<String, List<String>> labelSynonyms) {

  /** Where nothing is set. */
  public static final FileSettings DEFAULT =
      new FileSettings(Encoding.UTF_8, Quotes.AUTO, List.of(), Map.of(), Map.of());

  /** Copies the list and the maps. */
  public FileSettings {
    header = List.copyOf(header);
    columns = Map.copyOf(columns);
    labelSynonyms = Map.copyOf(labelSynonyms);
  }

  /** Those of a configuration. */
  public static FileSettings of(RunSettings settings) {
    return new FileSettings(
        settings.data().encoding(),
        settings.data().quotes(),
        settings.data().header().orElse(List.of()),
        settings.data().columns(),
        settings.labelSynonyms());
  }

  /** How gold data are read. */
  FileReading reading() {
    return new FileReading(encoding, quotes, header, RowTerms.of(columns, labelSynonyms));
  }

  /**
   * How predictions are read. Their columns are called as the task calls them: names that the gold
   * data's columns have would find the gold labels that predictions often stand beside. Nor are
   * they in the gold data's encoding.
   */
  FileReading readingPredictions() {
    return new FileReading(
        Encoding.UTF_8,
        quotes,
        List.of(),
        new RowTerms(ColumnNames.fixed(), new LabelSynonyms(labelSynonyms)));
  }
}
