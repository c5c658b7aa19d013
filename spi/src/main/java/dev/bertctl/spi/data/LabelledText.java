// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One text or a pair of texts with a label: the example of sequence classification.
 *
 * <p>The line {@code Go.,yes} of a file of reviews is the text {@code Go.} with the label 1 of the
 * labels (no, yes).
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param first the only text, or the first of the pair
 * @param second the second of the pair
 * @param label index of the gold label, if known
 */
public record LabelledText(
    Location location,
    Map<String, Object> columns,
    String first,
    Optional<String> second,
    OptionalInt label)
    implements Example {}
