package org.example.mytask;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.Optional;

/**
 * A question and a passage with its answer.
 *
 * @param location where it was read
 * @param columns the row's own columns
 * @param question the question
 * @param passage the passage
 * @param answer a part of the passage, if known
 */
record MyTaskExample(
    Location location,
    Map<String, Object> columns,
    String question,
    String passage,
    Optional<String> answer)
    implements Example {}
