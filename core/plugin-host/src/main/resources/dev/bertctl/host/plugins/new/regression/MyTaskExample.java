package org.example.mytask;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A text with a number.
 *
 * @param location where it was read
 * @param columns the row's own columns
 * @param text the text
 * @param number the gold number, if known
 */
record MyTaskExample(
    Location location, Map<String, Object> columns, String text, OptionalDouble number)
    implements Example {}
