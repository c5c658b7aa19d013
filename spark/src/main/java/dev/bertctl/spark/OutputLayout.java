// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.decode.PredictionField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What rows look like that have been predicted for: the input's columns, then the prediction's,
 * which replace columns of their names, then the error.
 *
 * @param outputColumn the column that holds a prediction as a struct; empty if its fields are
 *     columns of their own
 * @param errorColumn the column that says why a row has no prediction; empty if there is none
 * @param labelPrefix as {@link PredictionColumns} takes it
 */
record OutputLayout(String outputColumn, String errorColumn, String labelPrefix)
    implements Serializable {

  /** The columns of the output. */
  StructType schema(StructType input, List<PredictionField> prediction) {
    StructType schema = new StructType();
    StructType added = added(prediction);
    for (StructField field : input.fields()) {
      if (!isIn(added, field.name())) {
        schema = schema.add(field);
      }
    }
    for (StructField field : added.fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  private StructType added(List<PredictionField> prediction) {
    StructType fields = FieldColumns.schema(prediction);
    StructType added =
        outputColumn.isEmpty() ? fields : new StructType().add(outputColumn, fields, true);
    return errorColumn.isEmpty() ? added : added.add(errorColumn, DataTypes.StringType, true);
  }

  /** Spark does not tell capitals from small letters in names. */
  private static boolean isIn(StructType schema, String name) {
    for (String field : schema.fieldNames()) {
      if (field.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Which of the input's columns stay, by their places. */
  int[] kept(StructType input, List<PredictionField> prediction) {
    StructType added = added(prediction);
    List<Integer> kept = new ArrayList<>();
    String[] names = input.fieldNames();
    for (int i = 0; i < names.length; i++) {
      if (!isIn(added, names[i])) {
        kept.add(i);
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A row of the output.
   *
   * @param kept of {@link #kept}
   * @param prediction the prediction's values
   */
  Row row(Row input, int[] kept, List<Object> prediction) {
    return row(
        input,
        kept,
        outputColumn.isEmpty()
            ? prediction
            : Collections.singletonList(RowFactory.create(prediction.toArray())),
        null);
  }

  /**
   * Why a row has no prediction.
   *
   * @throws UserException if there is no column that could say so
   * @throws OutOfDeviceMemoryException which is no row's fault
   */
  String reason(RuntimeException failure) {
    if (failure instanceof OutOfDeviceMemoryException) {
      throw failure;
    }
    String reason =
        failure instanceof DataException data
            ? data.problem()
            : failure instanceof UserException ? failure.getMessage() : failure.toString();
    if (errorColumn.isEmpty()) {
      throw new UserException(
          "a row cannot be predicted for, and there is no column for errors: " + reason, failure);
    }
    return reason;
  }

  /**
   * A row of the output that has no prediction.
   *
   * @param columns how many a prediction has
   * @param error why
   */
  Row failed(Row input, int[] kept, int columns, String error) {
    return row(input, kept, Collections.nCopies(outputColumn.isEmpty() ? columns : 1, null), error);
  }

  private Row row(Row input, int[] kept, List<?> prediction, String error) {
    List<Object> values = new ArrayList<>(kept.length + prediction.size() + 1);
    for (int column : kept) {
      values.add(input.get(column));
    }
    values.addAll(prediction);
    if (!errorColumn.isEmpty()) {
      values.add(error);
    }
    return RowFactory.create(values.toArray());
  }
}
