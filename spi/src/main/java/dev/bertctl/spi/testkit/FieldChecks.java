// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a plugin says of its predictions' fields. */
final class FieldChecks {

  private FieldChecks() {}

  static void declared(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    List<PredictionField> declared = task.fields();
    if (declared.isEmpty()) {
      return;
    }
    Map<String, FieldType> types =
        declared.stream()
            .collect(
                Collectors.toMap(
                    PredictionField::name, PredictionField::type, (first, second) -> second));
    unless(
        types.size() == declared.size(),
        "two of the fields that the task declares have the same name; rename one");
    for (ToyModel model : List.of(contract.right(), contract.wrong())) {
      contract
          .labelled(task, Contract.AMPLE)
          .predictions(model)
          .forEach(prediction -> check(prediction, types));
    }
    contract
        .unlabelled()
        .predictions(contract.clueless())
        .forEach(prediction -> check(prediction, types));
  }

  private static void check(Prediction prediction, Map<String, FieldType> types) {
    Step.of("Prediction.fields", prediction::fields)
        .forEach(
            (name, value) -> {
              FieldType type = types.get(name);
              unless(
                  type != null,
                  "a prediction has the field '%s', which the task does not declare; name it in"
                      + " Task.predicting",
                  name);
              unless(
                  type.holds(value),
                  "the field '%s' of a prediction is %s, which is not of the declared type %s;"
                      + " declare another in Task.predicting",
                  name,
                  value,
                  type);
            });
  }
}
