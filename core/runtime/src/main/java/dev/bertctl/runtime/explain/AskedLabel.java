// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.ClosestName;
import dev.bertctl.runtime.UserException;
import java.util.List;
import java.util.Optional;

/** Makes sure that there is what is asked for. */
final class AskedLabel {

  private AskedLabel() {}

  /**
   * Checks a name.
   *
   * @param asked the name, if there is one
   * @param names what can be asked for
   * @param labels those of them that may be mistyped, unlike the number of a choice
   * @throws UserException naming what can be asked for
   */
  static void require(Optional<String> asked, List<String> names, List<String> labels) {
    if (asked.isEmpty() || names.contains(asked.get())) {
      return;
    }
    if (names.isEmpty()) {
      throw new UserException(
          "'%s' cannot be asked for: the task has no labels, and what it predicts is explained"
              .formatted(asked.get()));
    }
    throw new UserException(
        "there is no '%s' to explain%s; give one of: %s"
            .formatted(
                asked.get(),
                ClosestName.to(asked.get(), labels)
                    .map(" (did you mean '%s'?)"::formatted)
                    .orElse(""),
                String.join(", ", names)));
  }
}
