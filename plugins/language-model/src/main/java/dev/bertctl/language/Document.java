// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;

/**
 * A document: sentences that follow each other. The lines {@code It rained.} and {@code We stayed
 * in.} are the text {@code It rained. We stayed in.}
 *
 * @param location where it begins
 * @param columns the input's own columns
 * @param sentences its sentences; where the words are known, each with a space between its words
 * @param purpose what it was read for: what is to be learnt from is packed more than once
 */
record Document(
    Location location, Map<String, Object> columns, List<String> sentences, Purpose purpose)
    implements Example {

  Document {
    sentences = List.copyOf(sentences);
  }

  /** The sentences with a space between them. */
  String text() {
    return String.join(" ", sentences);
  }
}
