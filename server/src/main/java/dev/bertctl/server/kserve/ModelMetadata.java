// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import dev.bertctl.server.models.SampleRow;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.spi.data.InputColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model takes and gives.
 *
 * @param name its name
 * @param versions the only one
 * @param platform what it is
 * @param inputs the columns of its task
 * @param outputs the fields of its predictions, as those of a sample are
 */
record ModelMetadata(
    String name,
    List<String> versions,
    String platform,
    List<Tensor> inputs,
    List<Tensor> outputs) {

  /** The version of every model; a model that was reloaded is another one of the same version. */
  static final String VERSION = "1";

  /**
   * A tensor.
   *
   * @param name its name
   * @param datatype KServe's name of it
   * @param shape its dimensions; -1 for any
   */
  record Tensor(String name, String datatype, List<Integer> shape) {}

  static ModelMetadata of(ServedModel model) {
    List<Tensor> outputs = new ArrayList<>();
    outputTypes(model)
        .forEach(
            (name, value) -> {
              TensorType type = TensorType.of(value);
              outputs.add(
                  new Tensor(
                      name,
                      type.datatype(),
                      type == TensorType.DECIMALS
                          ? List.of(-1, TensorType.decimals(value).size())
                          : List.of(-1)));
            });
    return new ModelMetadata(
        model.name(), List.of(VERSION), "bertctl", inputs(model), List.copyOf(outputs));
  }

  private static List<Tensor> inputs(ServedModel model) {
    Map<String, String> names = model.predictor().columnNames();
    List<Tensor> inputs = new ArrayList<>();
    for (InputColumn column : model.predictor().columns()) {
      if (column.required() && !column.kind().isGold()) {
        String name = column.column().name();
        inputs.add(new Tensor(names.getOrDefault(name, name), "BYTES", List.of(-1)));
      }
    }
    if (inputs.isEmpty()) {
      model
          .sample()
          .ifPresent(
              sample -> sample.row().forEach((name, value) -> inputs.add(input(name, value))));
    }
    return List.copyOf(inputs);
  }

  /** Of a task that does not say what it reads. */
  private static Tensor input(String name, Object value) {
    return new Tensor(name, "BYTES", value instanceof List ? List.of(-1, -1) : List.of(-1));
  }

  /** The values that a sample's prediction has, by field. */
  static Map<String, Object> outputTypes(ServedModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    model.sample().map(SampleRow::prediction).ifPresent(fields::putAll);
    model.sample().map(SampleRow::row).ifPresent(row -> fields.keySet().removeAll(row.keySet()));
    return fields;
  }
}
