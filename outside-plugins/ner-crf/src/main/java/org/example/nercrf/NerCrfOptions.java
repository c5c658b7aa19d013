// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.Doc;
import java.util.List;
import java.util.Optional;

/** Options of the task {@code ner-crf}. */
public interface NerCrfOptions {

  /** The types of entities. */
  @Doc("The types of entities, such as person; without it, those of the training data.")
  Optional<List<String>> types();
}
