// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.decode.Prediction;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.runtime.AbstractFunction1;

/** Predicts for one row at a time, as a function of SQL. */
final class RowFunction extends AbstractFunction1<Object, Object> implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Row NO_INPUT = RowFactory.create();

  private final SentModel model;
  private final Settings settings;
  private final OutputLayout layout;

  RowFunction(SentModel model, Settings settings, OutputLayout layout) {
    this.model = model;
    this.settings = settings;
    this.layout = layout;
  }

  /**
   * Predicts.
   *
   * @param struct a row with the task's columns
   * @return the prediction's fields and the error
   */
  @Override
  public Object apply(Object struct) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      return row(OpenModels.ofProcess().during(task, model, settings), struct);
    }
    // The driver computes what is constant itself, in no task.
    try (OpenModels.Use use = OpenModels.ofProcess().use(model, settings)) {
      return row(use.predictor(), struct);
    }
  }

  private Row row(Predictor<Prediction> predictor, Object struct) {
    PredictionColumns columns = new PredictionColumns(predictor.task(), layout.labelPrefix());
    try {
      Prediction prediction = predicted(predictor, struct);
      return layout.row(NO_INPUT, new int[0], columns.values(prediction));
    } catch (DataException | UserException e) {
      return layout.failed(NO_INPUT, new int[0], columns.columns().size(), layout.reason(e));
    }
  }

  @SuppressWarnings("unchecked") // a struct is a map by name
  private static Prediction predicted(Predictor<Prediction> predictor, Object struct) {
    return predictor.predict((Map<String, ?>) RowValues.plain(struct));
  }
}
