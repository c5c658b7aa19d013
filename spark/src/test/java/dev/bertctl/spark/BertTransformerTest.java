// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertTransformerTest {

  @TempDir static Path folder;

  private static SparkSession session;
  private static Path model;

  @BeforeAll
  static void open() {
    session = LocalSpark.session();
    model = LocalSpark.nli(folder);
  }

  private static BertTransformer transformer() {
    return BertTransformer.load(model.toString()).setDevice("cpu");
  }

  /** Rows of which every n-th has a list where a text is needed. */
  private static Dataset<Row> poisoned(int rows, int every, int partitions) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("premise", DataTypes.createArrayType(DataTypes.StringType))
            .add("hypothesis", DataTypes.StringType);
    List<Row> all = new ArrayList<>();
    for (long id = 0; id < rows; id++) {
      all.add(RowFactory.create(id, id % every == 0 ? new String[] {"a cat"} : null, "a cat"));
    }
    return session.createDataFrame(all, schema).repartition(partitions);
  }

  @Test
  void predictionsAreThoseOfThePredictor() {
    List<Row> pairs = LocalSpark.pairs(3_000);

    List<Row> rows =
        transformer()
            .setMaxBatchTokens(2_000)
            .transform(LocalSpark.pairs(session, pairs.size(), 5))
            .orderBy("id")
            .collectAsList();

    assertEquals(pairs.size(), rows.size());
    try (Predictor<Prediction> predictor = Predictor.open(model)) {
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        Map<String, Object> expected =
            predictor
                .predict(
                    Map.of(
                        "premise", pairs.get(i).getString(1),
                        "hypothesis", pairs.get(i).getString(2)))
                .fields();
        assertEquals(i, row.getLong(0));
        assertEquals(expected.get("predicted"), row.getAs("predicted"));
        Map<String, Double> probabilities = row.getJavaMap(row.fieldIndex("probabilities"));
        assertEquals(((Map<?, ?>) expected.get("probabilities")).keySet(), probabilities.keySet());
        probabilities.forEach(
            (label, probability) ->
                assertEquals(
                    (Double) ((Map<?, ?>) expected.get("probabilities")).get(label),
                    probability,
                    1e-5));
        assertNull(row.getAs("error"));
      }
    }
  }

  @Test
  void theModelIsOpenedOnceForAllTasks() {
    OpenModels models = OpenModels.ofProcess();
    Dataset<Row> pairs = LocalSpark.pairs(session, 400, 8);
    transformer().setMaxBatchTokens(777).transform(pairs).count();
    int opened = models.opened();

    transformer().setMaxBatchTokens(777).transform(pairs).collectAsList();

    assertEquals(opened, models.opened());
    assertEquals(1, models.size());
  }

  @Test
  void columnsAreAsTheParametersSay() {
    Dataset<Row> pairs = LocalSpark.pairs(session, 2, 1);

    assertEquals(
        "id bigint,premise string,hypothesis string,predicted string,probabilities map<string, double>,error string",
        transformer().transform(pairs).schema().toDDL().replace("NOT NULL ", "").toLowerCase());
    assertEquals(
        List.of("id", "premise", "hypothesis", "nli"),
        Arrays.asList(
            transformer().setOutputCol("nli").setErrorCol("").transform(pairs).columns()));
    assertEquals(
        List.of(
            "id",
            "premise",
            "hypothesis",
            "predicted",
            "p_entailment",
            "p_neutral",
            "p_contradiction",
            "error"),
        Arrays.asList(transformer().setLabelPrefix("p_").transform(pairs).columns()));
    Row first = transformer().setLabelPrefix("p_").transform(pairs).first();
    double sum =
        first.<Double>getAs("p_entailment")
            + first.<Double>getAs("p_neutral")
            + first.<Double>getAs("p_contradiction");
    assertEquals(1, sum, 1e-6);
    Row struct = transformer().setOutputCol("nli").transform(pairs).first().getAs("nli");
    assertEquals(2, struct.size());
  }

  @Test
  void fieldsReplaceColumnsOfTheirNames() {
    Dataset<Row> pairs = LocalSpark.pairs(session, 2, 1).withColumnRenamed("id", "Predicted");

    Dataset<Row> rows = transformer().transform(pairs);

    assertEquals(
        List.of("premise", "hypothesis", "predicted", "probabilities", "error"),
        Arrays.asList(rows.columns()));
    assertTrue(rows.first().get(2) instanceof String);
  }

  @Test
  void inputColumnsMayHaveOtherNames() {
    Dataset<Row> pairs =
        LocalSpark.pairs(session, 5, 1)
            .withColumnRenamed("premise", "left")
            .withColumnRenamed("hypothesis", "right");

    List<Row> rows =
        transformer()
            .setInputCols("premise=left", "hypothesis=right")
            .transform(pairs)
            .collectAsList();

    assertTrue(rows.stream().allMatch(row -> row.isNullAt(row.fieldIndex("error"))));
    UserException failure =
        assertThrows(
            UserException.class, () -> transformer().setInputCols("premise").transform(pairs));
    assertEquals(
        "inputCols names 'premise', and the dataset has the columns id, left, right; name one of these",
        failure.getMessage());
  }

  @Test
  void aPoisonedRowIsReported() {
    List<Row> rows = transformer().transform(poisoned(200, 50, 3)).orderBy("id").collectAsList();

    assertEquals(200, rows.size());
    for (Row row : rows) {
      boolean isPoisoned = row.getLong(0) % 50 == 0;
      assertEquals(isPoisoned, row.getAs("predicted") == null);
      assertEquals(
          isPoisoned ? "column 'premise' holds a JSON list where a text is needed" : null,
          row.getAs("error"));
    }
  }

  @Test
  void thereIsALimitForPoisonedRows() {
    Dataset<Row> poisoned = poisoned(10, 5, 1);
    assertEquals(10, transformer().setMaxErrors(2).transform(poisoned).collectAsList().size());
    Dataset<Row> rows = transformer().setMaxErrors(1).transform(poisoned);

    SparkException failure = assertThrows(SparkException.class, rows::collectAsList);

    assertTrue(
        failure
            .getMessage()
            .contains(
                "more than 1 rows cannot be predicted for; correct the input, or raise the limit"
                    + " (maxErrors). The last: column 'premise' holds a JSON list where a text is"
                    + " needed"),
        failure.getMessage());
  }

  /** Each partition has fewer than the limit, the job has more. */
  @Test
  void theLimitIsTheJobs() {
    Dataset<Row> rows = transformer().setMaxErrors(30).transform(poisoned(400, 1, 40));

    SparkException failure = assertThrows(SparkException.class, rows::collectAsList);

    assertTrue(
        failure.getMessage().contains("more than 30 rows cannot be predicted for"),
        failure.getMessage());
  }

  @Test
  void withoutAColumnForErrorsTheJobEnds() {
    Dataset<Row> rows = transformer().setErrorCol("").transform(poisoned(10, 5, 1));

    SparkException failure = assertThrows(SparkException.class, rows::collectAsList);

    assertTrue(
        failure
            .getMessage()
            .contains("a row cannot be predicted for, and there is no column for errors"),
        failure.getMessage());
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws IOException {
    Dataset<Row> pairs = LocalSpark.pairs(session, 20, 2);
    SQLTransformer selected =
        new SQLTransformer().setStatement("SELECT id, predicted, error FROM __THIS__");
    PipelineModel pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {transformer().setMaxBatchTokens(512), selected})
            .fit(pairs);
    String path = folder.resolve("pipeline").toString();

    pipeline.write().overwrite().save(path);
    PipelineModel loaded = PipelineModel.load(path);

    BertTransformer stage = (BertTransformer) loaded.stages()[0];
    assertEquals(512, stage.get(stage.maxBatchTokens()).get());
    assertEquals("cpu", stage.get(stage.device()).get());
    assertTrue(stage.folder().startsWith(folder.resolve("pipeline")), stage.folder().toString());
    assertEquals(
        pipeline.transform(pairs).orderBy("id").collectAsList(),
        loaded.transform(pairs).orderBy("id").collectAsList());
  }

  @Test
  void aCopyHasTheParametersAndOthers() {
    BertTransformer transformer = transformer().setLabelPrefix("p_");

    BertTransformer copy = transformer.copy(new ParamMap().put(transformer.maxLength(), 9));

    assertEquals(transformer.uid(), copy.uid());
    assertEquals("p_", copy.get(copy.labelPrefix()).get());
    assertEquals(9, copy.get(copy.maxLength()).get());
    assertTrue(transformer.get(transformer.maxLength()).isEmpty());
  }

  @Test
  void whatIsWrongIsSaidBeforeTheJob() {
    Dataset<Row> pairs = LocalSpark.pairs(session, 2, 1);
    assertEquals(
        "parameter engine: must be auto, tensorflow or onnxruntime, not 'fast'",
        assertThrows(UserException.class, () -> transformer().setEngine("fast").transform(pairs))
            .getMessage());
    String empty = folder.resolve("none").toString();
    assertEquals(
        "%s: no model (no bertctl.json here or in model/); give the folder of a finished run, or of a model"
            .formatted(empty),
        assertThrows(UserException.class, () -> BertTransformer.load(empty)).getMessage());
  }
}
