// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import java.util.List;
import java.util.Map;

/**
 * In whose terms rows are read: the user's names for columns and labels.
 *
 * @param names finds the task's columns
 * @param synonyms finds the task's labels
 */
public record RowTerms(ColumnNames names, LabelSynonyms synonyms) {

  /**
   * Those that settings declare.
   *
   * @param columns the data's names of the task's columns, by the task's names
   * @param labelSynonyms other spellings of labels, by label
   */
  public static RowTerms of(Map<String, String> columns, Map<String, List<String>> labelSynonyms) {
    return new RowTerms(new ColumnNames(columns), new LabelSynonyms(labelSynonyms));
  }
}
