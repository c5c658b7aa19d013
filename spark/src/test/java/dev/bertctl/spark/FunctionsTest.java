// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL, with what a session of Python has: extensions by their settings. */
class FunctionsTest {

  @TempDir static Path folder;

  private static SparkSession session;
  private static Path model;
  private static List<Row> expected;

  @BeforeAll
  static void open() {
    LocalSpark.session().stop();
    model = LocalSpark.nli(folder);
    session =
        LocalSpark.builder()
            .master("local[2]")
            .config("spark.sql.extensions", BertExtensions.class.getName())
            .config(BertExtensions.FUNCTIONS + "entailment_of", model.toString())
            .getOrCreate();
    Dataset<Row> pairs = LocalSpark.pairs(session, 50, 2);
    pairs.createOrReplaceTempView("pairs");
    expected =
        BertTransformer.load(model.toString())
            .transform(pairs)
            .select("id", "predicted")
            .orderBy("id")
            .collectAsList();
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  private static List<Row> sql(String text) {
    return session.sql(text.formatted(model)).collectAsList();
  }

  @Test
  void aTableIsPredictedFor() {
    assertEquals(
        expected,
        sql("SELECT id, predicted FROM bertctl_predict('pairs', '%s', 'device=cpu') ORDER BY id"));
    assertEquals(
        List.of("id", "premise", "hypothesis", "nli"),
        List.of(
            session
                .sql(
                    "SELECT * FROM bertctl_predict('pairs', '%s', 'outputCol=nli', 'errorCol=')"
                        .formatted(model))
                .columns()));
  }

  @Test
  void aModelIsAFunction() {
    BertFunctions.register(session, "nli", model.toString());

    assertEquals(
        expected,
        sql("SELECT id, nli(premise, hypothesis).predicted AS predicted FROM pairs ORDER BY id"));
    assertEquals(
        expected, sql("SELECT id, nli(struct(*)).predicted AS predicted FROM pairs ORDER BY id"));
    Row one = sql("SELECT nli('the cat', 'a dog') AS nli").get(0).getAs("nli");
    assertEquals(3, one.size());
    assertNull(one.getAs("error"));
  }

  /** Not with each row again, also where one task has them all. */
  @Test
  void twoModelsInAQueryAreOpenedOnce() {
    Path reviews =
        LocalSpark.model(
            folder, "text-classification", Map.of("labels", "a,b", "text-pair", "false"));
    BertFunctions.register(session, "review", reviews.toString());
    int opened = OpenModels.ofProcess().opened();

    List<Row> rows =
        sql(
            "SELECT entailment_of(premise, hypothesis).predicted, review(premise).predicted FROM (SELECT /*+ COALESCE(1) */ * FROM pairs)");

    assertEquals(50, rows.size());
    assertTrue(rows.stream().noneMatch(row -> row.isNullAt(0) || row.isNullAt(1)));
    int times = OpenModels.ofProcess().opened() - opened;
    assertTrue(times <= 2, "opened " + times + " times");
  }

  @Test
  void aSettingMakesAFunction() {
    assertEquals(
        expected,
        sql(
            "SELECT id, entailment_of(premise, hypothesis).predicted AS predicted FROM pairs ORDER BY id"));
  }

  @Test
  void aRowThatCannotBePredictedForHasAnError() {
    Row failed =
        sql("SELECT entailment_of(named_struct('premise', array('x'), 'hypothesis', 'y')) AS nli")
            .get(0)
            .getAs("nli");

    assertNull(failed.getAs("predicted"));
    assertEquals(
        "column 'premise' holds a JSON list where a text is needed", failed.getAs("error"));
  }

  @Test
  void whatIsWrongIsSaid() {
    assertEquals(
        "entailment_of: 3 arguments, and its task reads premise, hypothesis; give it these, or a struct of all columns",
        failure("SELECT entailment_of(premise, hypothesis, id) FROM pairs"));
    assertEquals(
        "bertctl_predict needs a table and a model: bertctl_predict('reviews', 'runs/reviews')",
        failure("SELECT * FROM bertctl_predict('pairs')"));
    assertTrue(
        failure("SELECT * FROM bertctl_predict('pairs', '%s', 'batch=3')")
            .startsWith(
                "'batch=3' sets no parameter; write PARAMETER=VALUE with one of device, engine, errorCol, "));
    assertEquals(
        "'many' is no value of parameter maxBatchTokens: most tokens of a batch, padding included",
        failure("SELECT * FROM bertctl_predict('pairs', '%s', 'maxBatchTokens=many')"));
  }

  private static String failure(String text) {
    return assertThrows(UserException.class, () -> sql(text)).getMessage();
  }
}
