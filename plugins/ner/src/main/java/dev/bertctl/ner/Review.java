// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;

/** Whether the annotator who went through a row let its annotations stand. */
final class Review {

  private Review() {}

  /**
   * Tells rows whose annotations hold. What was rejected, put off or never annotated is counted as
   * left out: it would teach that there are no entities where there may be some.
   */
  static boolean accepts(Row row, Skipped skipped) {
    Object answer = row.columns().get("answer");
    if ("reject".equals(answer) || "ignore".equals(answer)) {
      skipped.count(row.location(), "answer '%s' in Prodigy".formatted(answer));
      return false;
    }
    if ("accept".equals(answer) && Boolean.TRUE.equals(row.columns().get("_is_binary"))) {
      skipped.count(
          row.location(), "yes to one entity in Prodigy, which says nothing of the others");
      return false;
    }
    return LabelStudioTask.in(row).map(task -> task.isAnnotated(skipped)).orElse(true);
  }

  /** Whether the row is by a tool that leaves the entities out where there are none. */
  static boolean saysNone(Row row) {
    return "accept".equals(row.columns().get("answer"))
        || row.columns().containsKey("annotation_id");
  }
}
