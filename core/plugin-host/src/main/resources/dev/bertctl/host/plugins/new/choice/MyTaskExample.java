package org.example.mytask;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A text and choices.
 *
 * @param location where it was read
 * @param columns the row's own columns
 * @param text what the choices are for
 * @param choices at least two
 * @param label index of the right one, if known
 */
record MyTaskExample(
    Location location,
    Map<String, Object> columns,
    String text,
    List<String> choices,
    OptionalInt label)
    implements Example {}
