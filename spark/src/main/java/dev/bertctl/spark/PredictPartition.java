// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Predicts for the rows of a partition, on an executor.
 *
 * @param model what predicts
 * @param settings how it is opened
 * @param schema the input's
 * @param input the columns that the task sees
 * @param layout what rows look like afterwards
 * @param errors where rows without a prediction are counted
 */
record PredictPartition(
    SentModel model,
    Settings settings,
    StructType schema,
    InputColumns input,
    OutputLayout layout,
    ErrorCounts errors)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    TaskContext task = TaskContext.get();
    Predictor<Prediction> predictor = OpenModels.ofProcess().during(task, model, settings);
    ErrorCounts.Partition partition = new ErrorCounts.Partition(task.stageId(), task.partitionId());
    LongConsumer counted = count -> errors.add(new ErrorCounts.OfPartition(partition, count));
    return new PredictedRows(rows, predictor, this, counted, task::killTaskIfInterrupted);
  }
}
