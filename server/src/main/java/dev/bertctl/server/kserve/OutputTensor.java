// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tensor of a response.
 *
 * @param name the field of the predictions
 * @param shape [n], or [n,k]
 * @param datatype KServe's name of it
 * @param parameters {@code binary_data_size}, if the data follows in binary form
 * @param data row by row; null in binary form
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OutputTensor(
    String name,
    List<Integer> shape,
    String datatype,
    Map<String, Object> parameters,
    List<Object> data) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * A field of all predictions.
   *
   * @param declared the type that the model's metadata tells; one that not all values fit becomes
   *     JSON
   */
  static OutputTensor of(String name, TensorType declared, List<Object> values) {
    TensorType type = declared.fits(values) ? declared : TensorType.JSON;
    List<Object> data = new ArrayList<>();
    for (Object value : values) {
      switch (type) {
        case DECIMAL -> data.add(((Number) value).floatValue());
        case DECIMALS ->
            TensorType.decimals(value).forEach(one -> data.add(((Number) one).floatValue()));
        case JSON -> data.add(json(value));
        default -> data.add(value);
      }
    }
    int rows = values.size();
    List<Integer> shape =
        type == TensorType.DECIMALS ? List.of(rows, data.size() / rows) : List.of(rows);
    return new OutputTensor(name, shape, type.datatype(), null, data);
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("predictions have plain values", e);
    }
  }

  /** The same without its data, which follows in binary form. */
  OutputTensor inBinary(int bytes) {
    return new OutputTensor(name, shape, datatype, Map.of("binary_data_size", bytes), null);
  }
}
