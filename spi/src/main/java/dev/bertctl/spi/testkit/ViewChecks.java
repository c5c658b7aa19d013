// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.ExampleView;
import java.util.List;

/** What a plugin shows of examples in reports. */
final class ViewChecks {

  private ViewChecks() {}

  static void views(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    if (task.viewer().isEmpty()) {
      return;
    }
    for (ToyModel model : List.of(contract.right(), contract.wrong())) {
      contract.labelled(task, Contract.AMPLE).views(model).forEach(ViewChecks::check);
    }
    contract.unlabelled().views(contract.clueless()).forEach(ViewChecks::check);
  }

  private static void check(ExampleView view) {
    unless(!view.passages().isEmpty(), "a view shows no text; give it the example's");
    unless(
        view.passages().stream().noneMatch(passage -> passage.name().isBlank()),
        "a text of a view has no name; say what it is");
    unless(
        view.confidence().stream().allMatch(ViewChecks::isProbability)
            && view.decisions().stream()
                .mapToDouble(ExampleView.Decision::probability)
                .allMatch(ViewChecks::isProbability),
        "a view has a probability that is not between 0 and 1: %s",
        view);
  }

  private static boolean isProbability(double value) {
    return value >= 0 && value <= 1;
  }
}
