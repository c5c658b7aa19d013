package org.example.mytask;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A text with any number of labels.
 *
 * @param location where it was read
 * @param columns the row's own columns
 * @param text the text
 * @param labels the gold labels by their indices, if known; a text may have none
 */
record MyTaskExample(
    Location location, Map<String, Object> columns, String text, Optional<Set<Integer>> labels)
    implements Example {}
