package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import java.util.Set;
import java.util.TreeSet;

/** Reads labels with commas between: of (food, service) {@code service, food} is {0, 1}. */
record MyTaskLabels(Labels labels) {

  Set<Integer> in(Row row, Column column) {
    Set<Integer> indices = new TreeSet<>();
    for (String label : row.textOrEmpty(column).split(",")) {
      labels.index(label, row.location()).ifPresent(indices::add);
    }
    return indices;
  }
}
