// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of each task: their types, and the values that the predictor has. */
class PredictionTypesTest {

  private static final StructType TEXTS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("text", DataTypes.StringType)
          .add("question", DataTypes.StringType)
          .add("context", DataTypes.StringType);

  @TempDir static Path folder;

  private final SparkSession session = LocalSpark.session();

  private Dataset<Row> texts() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < 60; id++) {
      rows.add(
          RowFactory.create(
              id,
              LocalSpark.words(random, 12),
              LocalSpark.words(random, 4),
              LocalSpark.words(random, 14)));
    }
    return session.createDataFrame(rows, TEXTS).repartition(2);
  }

  /** Compares a model's columns with what the predictor gives for the same rows. */
  private void check(String ddl, BertTransformer transformer, Predictor<Prediction> predictor) {
    Dataset<Row> predicted = transformer.setErrorCol("").transform(texts());

    assertEquals(
        ddl,
        new StructType(
                java.util.Arrays.copyOfRange(
                    predicted.schema().fields(), 4, predicted.schema().size()))
            .toDDL()
            .replace(" NOT NULL", ""));
    try (predictor) {
      for (Row row : predicted.collectAsList()) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (String column : TEXTS.fieldNames()) {
          input.put(column, row.getAs(column));
        }
        Map<String, Object> expected = predictor.predict(input).fields();
        for (int i = 4; i < row.size(); i++) {
          assertSame(expected.get(predicted.columns()[i]), RowValues.plain(row.get(i)));
        }
      }
    }
  }

  /** Batches of other lengths differ in the last digits only. */
  private static void assertSame(Object expected, Object found) {
    if (expected instanceof Integer number) {
      assertEquals(number.longValue(), found);
    } else if (expected instanceof Number number) {
      assertEquals(number.doubleValue(), ((Number) found).doubleValue(), 1e-4);
    } else if (expected instanceof List<?> list) {
      assertEquals(list.size(), ((List<?>) found).size());
      for (int i = 0; i < list.size(); i++) {
        assertSame(list.get(i), ((List<?>) found).get(i));
      }
    } else if (expected instanceof Map<?, ?> map) {
      assertEquals(map.keySet(), ((Map<?, ?>) found).keySet());
      map.forEach((key, value) -> assertSame(value, ((Map<?, ?>) found).get(key)));
    } else {
      assertEquals(expected, found);
    }
  }

  private void check(String ddl, String task, Map<String, String> options) {
    Path model = LocalSpark.model(folder, task, options);
    check(ddl, BertTransformer.load(model.toString()), Predictor.open(model));
  }

  @Test
  void entitiesAreStructs() {
    check(
        "words ARRAY<STRING>,tags ARRAY<STRING>,entities ARRAY<STRUCT<text: STRING, type: STRING, start: BIGINT, end: BIGINT, score: DOUBLE>>",
        "ner",
        Map.of("labels", "O,B-A,I-A,B-B,I-B"));
  }

  @Test
  void answersHavePlaces() {
    check(
        "predicted STRING,start BIGINT,end BIGINT,probability DOUBLE,null_odds DOUBLE",
        "qa",
        Map.of());
  }

  @Test
  void severalLabelsAreAList() {
    check(
        "predicted ARRAY<STRING>,probabilities MAP<STRING, DOUBLE>",
        "text-classification",
        Map.of("labels", "a,b,c", "multi-label", "true", "text-pair", "false"));
  }

  @Test
  void regressionsAreNumbers() {
    check("predicted DOUBLE", "regression", Map.of("text-pair", "false"));
  }

  @Test
  void embeddingsAreVectors() {
    Path model = TinyBert.write(folder.resolve("bert"), 0);
    BertTransformer transformer =
        BertTransformer.apply(model.toString(), "embeddings", "pooling=mean", "max-length=32");

    Dataset<Row> rows = transformer.transform(texts());

    assertEquals("ARRAY<FLOAT>", rows.schema().apply("embedding").dataType().sql());
    assertEquals(60, rows.filter(functions.size(functions.col("embedding")).equalTo(16)).count());
    assertTrue(rows.filter("error is not null").isEmpty());
  }
}
