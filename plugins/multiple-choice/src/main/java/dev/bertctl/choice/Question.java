// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A context and the choices to continue or answer it.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param context what is given
 * @param stem what every choice begins with: a question, the beginning of a sentence; may be empty
 * @param choices two or more
 * @param answer index of the right choice, if known
 */
record Question(
    Location location,
    Map<String, Object> columns,
    String context,
    String stem,
    Choices choices,
    OptionalInt answer)
    implements Example {}
