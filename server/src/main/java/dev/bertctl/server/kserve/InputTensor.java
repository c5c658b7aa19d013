// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.text.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a request: a column of rows.
 *
 * @param name the column
 * @param values one for each row: a text, a number or a boolean; a list of these where the shape
 *     has a second dimension of more than 1
 */
record InputTensor(String name, List<Object> values) {

  private static final String SHAPE = "shape";
  private static final String DATA = "data";

  /**
   * Reads one.
   *
   * @param list where it stands, for messages
   * @param index its place there
   * @param binary what is left of the binary data
   */
  static InputTensor of(String list, int index, JsonNode input, ByteBuffer binary) {
    if (!input.isObject()) {
      throw Fields.wrong("%s[%d]".formatted(list, index), input, "a tensor");
    }
    Fields fields = Fields.of(input);
    String name = fields.text("name");
    String datatype = fields.text("datatype");
    int[] shape = shape(name, fields.required(SHAPE, "[n]"));
    List<Object> flat = new ArrayList<>();
    JsonNode data = data(name, datatype, input, fields, binary);
    flatten(name, datatype, data, flat);
    int columns = shape.length == 2 ? shape[1] : 1;
    if (flat.size() != shape[0] * columns) {
      throw wrong(
          name,
          "has %d elements, but the shape says %d".formatted(flat.size(), shape[0] * columns));
    }
    return new InputTensor(name, columns == 1 ? flat : byRow(flat, columns));
  }

  private static JsonNode data(
      String name, String datatype, JsonNode input, Fields fields, ByteBuffer binary) {
    int size = BinaryTensors.size(input);
    if (size < 0) {
      return fields.required(DATA, "a list");
    }
    if (size > binary.remaining()) {
      throw wrong(
          name,
          "has a binary_data_size of %d, but only %d bytes are left behind the JSON"
              .formatted(size, binary.remaining()));
    }
    ByteBuffer own = binary.slice(binary.position(), size);
    binary.position(binary.position() + size);
    return BinaryTensors.read(name, datatype, own);
  }

  private static int[] shape(String name, JsonNode shape) {
    boolean good = shape.isArray() && (shape.size() == 1 || shape.size() == 2);
    for (JsonNode size : shape) {
      good &= size.isInt() && size.intValue() > 0 && size.intValue() < Short.MAX_VALUE;
    }
    if (!good) {
      throw wrong(name, "has the shape %s; give [n], or [n,k] for lists".formatted(shape));
    }
    int[] sizes = new int[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.get(i).intValue();
    }
    return sizes;
  }

  /** Data may be nested as the shape says, or flat. */
  private static void flatten(String name, String datatype, JsonNode data, List<Object> flat) {
    if (data.isArray()) {
      data.forEach(one -> flatten(name, datatype, one, flat));
      return;
    }
    switch (datatype) {
      case "BYTES" -> flat.add(checked(name, datatype, data, data.isTextual()).textValue());
      case "BOOL" -> flat.add(checked(name, datatype, data, data.isBoolean()).booleanValue());
      case "FP16", "FP32", "FP64" ->
          flat.add(checked(name, datatype, data, data.isNumber()).doubleValue());
      case "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64" ->
          flat.add(checked(name, datatype, data, data.canConvertToLong()).longValue());
      default -> throw wrong(name, "has the datatype %s; texts are BYTES".formatted(datatype));
    }
  }

  private static JsonNode checked(String name, String datatype, JsonNode data, boolean fits) {
    if (!fits) {
      throw wrong(name, "has the element %s, which is no %s".formatted(data, datatype));
    }
    return data;
  }

  private static List<Object> byRow(List<Object> flat, int columns) {
    List<Object> rows = new ArrayList<>(flat.size() / columns);
    for (int i = 0; i < flat.size(); i += columns) {
      rows.add(List.copyOf(flat.subList(i, i + columns)));
    }
    return rows;
  }

  /** The problem of an input. */
  static ProblemException wrong(String name, String problem) {
    return new ProblemException(ProblemType.VALIDATION, "input '%s' %s".formatted(name, problem));
  }
}
