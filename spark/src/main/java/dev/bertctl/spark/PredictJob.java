// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.Invisible;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The application that {@code spark-submit} runs: predicts for the rows of files, and writes what
 * {@link BertTransformer} makes of them.
 *
 * <p>It ends with 0, with 1 if something failed, and with 2 for arguments that are wrong.
 */
public final class PredictJob {

  private final JobArguments arguments;
  private final SparkSession session;

  private PredictJob(JobArguments arguments, SparkSession session) {
    this.arguments = arguments;
    this.session = session;
  }

  /**
   * Runs the job.
   *
   * @param words {@code model=}, {@code input=}, {@code output=} and others, each with its value
   */
  public static void main(String... words) {
    System.exit(run(words));
  }

  static int run(String... words) {
    JobArguments arguments;
    try {
      arguments = JobArguments.parse(words);
    } catch (UserException e) {
      say(e.getMessage());
      return 2;
    }
    SparkSession session = SparkSession.builder().getOrCreate();
    try {
      long errors = new PredictJob(arguments, session).run();
      say(
          "predictions are in "
              + arguments.output()
              + (errors == 0 ? "" : "; %,d rows have none, and say why".formatted(errors)));
      return 0;
    } catch (Exception e) {
      say(reason(e));
      return 1;
    } finally {
      session.stop();
    }
  }

  /** Texts of others are in it, such as names of files, which could command a terminal. */
  private static void say(String message) {
    System.err.println(Invisible.shown("bertctl: " + message));
  }

  /** What a task failed of, which Spark wraps into what became of it. */
  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UserException)) {
      cause = cause.getCause();
    }
    return cause instanceof UserException
            || failure instanceof AnalysisException
            || failure instanceof SparkException
        ? cause.getMessage()
        : failure.toString();
  }

  /** Predicts and writes; gives the number of rows without a prediction. */
  private long run() {
    BertTransformer transformer =
        Assignments.set(
            arguments
                .task()
                .map(
                    task ->
                        BertTransformer.apply(
                            arguments.model(),
                            task,
                            arguments.taskSettings().toArray(String[]::new)))
                .orElseGet(() -> BertTransformer.load(arguments.model())),
            arguments.parameters());
    BertTransformer.Transformed transformed = transformer.transformed(rows(transformer));
    write(transformed.rows());
    long errors = transformed.errors().highest();
    if (transformed.errors().areTooMany(errors)) {
      throw new UserException(
          "%s; the output, %s, has them with the reasons"
              .formatted(transformed.errors().tooMany(), arguments.output()));
    }
    return errors;
  }

  private Dataset<Row> rows(BertTransformer transformer) {
    Dataset<Row> rows =
        session
            .read()
            .format(arguments.inputFormat())
            .options(withDefaults(arguments.inputFormat(), arguments.read()))
            .load(arguments.input().toArray(String[]::new));
    if (!arguments.inputFormat().equals("text")) {
      return rows;
    }
    // A line is the text that the task reads.
    Optional<String> text =
        transformer.described().columns().stream()
            .filter(column -> column.kind() == InputColumn.Kind.TEXT)
            .map(column -> column.column().name())
            .findFirst();
    return text.map(name -> rows.withColumnRenamed("value", name)).orElse(rows);
  }

  private void write(Dataset<Row> rows) {
    rows =
        switch (arguments.outputFormat()) {
          case "csv" -> rows.select(columns(rows.schema(), PredictJob::plain));
          case "text" ->
              rows.select(
                  functions
                      .to_json(functions.struct(columns(rows.schema(), PredictJob::column)))
                      .as("value"));
          default -> rows;
        };
    rows.write()
        .format(arguments.outputFormat())
        .options(withDefaults(arguments.outputFormat(), arguments.write()))
        .partitionBy(arguments.partitionBy().toArray(String[]::new))
        .mode(arguments.overwrite() ? "overwrite" : "errorifexists")
        .save(arguments.output());
  }

  /** Tables as bertctl reads and writes them: with a header, and with quotes doubled in quotes. */
  private static Map<String, String> withDefaults(String format, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>();
    if (format.equals("csv")) {
      all.putAll(Map.of("header", "true", "escape", "\"", "multiLine", "true"));
    }
    all.putAll(options);
    return all;
  }

  private static Column[] columns(StructType schema, Function<StructField, Column> column) {
    return Arrays.stream(schema.fields()).map(column).toArray(Column[]::new);
  }

  /** The cells of a table hold no lists and maps: these are JSON. */
  private static Column plain(StructField field) {
    DataType type = field.dataType();
    boolean hasParts =
        type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    return hasParts ? functions.to_json(column(field)).as(field.name()) : column(field);
  }

  /** A name may have dots of its own. */
  private static Column column(StructField field) {
    return functions.col("`" + field.name().replace("`", "``") + "`");
  }
}
