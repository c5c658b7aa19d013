// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.util.Iterator;
import java.util.function.LongConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Predicts for the rows of a partition, on an executor.
 *
 * @param model what predicts
 * @param settings how it is opened
 * @param schema the input's
 * @param input the columns that the task sees
 * @param layout what rows look like afterwards
 * @param maxErrors rows without a prediction that there may be
 * @param errors where they are counted
 */
record PredictPartition(
    SentModel model,
    Settings settings,
    StructType schema,
    InputColumns input,
    OutputLayout layout,
    long maxErrors,
    ErrorCounts errors)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    TaskContext task = TaskContext.get();
    OpenModels.Use use = OpenModels.ofProcess().use(model, settings);
    // Also if not all rows are taken, or the task is killed.
    task.addTaskCompletionListener((TaskCompletionListener) ended -> use.close());
    ErrorCounts.Partition partition = new ErrorCounts.Partition(task.stageId(), task.partitionId());
    LongConsumer counted = count -> errors.add(new ErrorCounts.OfPartition(partition, count));
    return new PredictedRows(rows, use.predictor(), this, counted, task::killTaskIfInterrupted);
  }
}
