// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Map;

/** What prediction needs of the settings that a model was trained with, by their keys. */
interface SavedSettings {

  /** Longest sequence in tokens, special tokens included. */
  @Doc("Longest sequence in tokens, special tokens included.")
  int maxLength();

  /** The data's names of the task's columns, by the task's names. */
  @WithName("data.columns")
  Map<String, String> columns();

  /** Other spellings of labels, by label. */
  Map<String, List<String>> labelSynonyms();
}
