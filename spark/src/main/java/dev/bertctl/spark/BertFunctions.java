// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.InputColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Models as functions of SQL: after {@code BertFunctions.register(spark, "nli", "runs/nli")},
 * {@code SELECT nli(premise, hypothesis).predicted FROM pairs}. The arguments are the texts that
 * the task reads, in their order, or one struct with all its columns; the result is a struct of the
 * prediction's fields and {@code error}.
 *
 * <p>Rows are predicted for one at a time: for whole tables {@link BertTransformer}, and in SQL
 * {@link BertExtensions}' {@code bertctl_predict}, are several times faster.
 */
public final class BertFunctions {

  private BertFunctions() {}

  /**
   * Makes a function of a model, for this session.
   *
   * @param name what it is called
   * @param path the model's folder, as {@link BertTransformer#load} takes it
   */
  public static void register(SparkSession session, String name, String path) {
    register(session, name, BertTransformer.load(path));
  }

  /**
   * Makes a function of a model, for this session.
   *
   * @param name what it is called
   * @param transformer the model, and how it is opened
   */
  public static void register(SparkSession session, String name, BertTransformer transformer) {
    ((org.apache.spark.sql.classic.SparkSession) session)
        .sessionState()
        .functionRegistry()
        .createOrReplaceTempFunction(
            name, arguments -> call(name, transformer, arguments), "scala_udf");
  }

  /** A call of the function, with the model as Spark sends it. */
  static Expression call(
      String name,
      BertTransformer transformer,
      scala.collection.immutable.Seq<Expression> arguments) {
    OutputLayout layout = transformer.layout();
    StructType type = layout.schema(new StructType(), transformer.columns().columns());
    Expression row = row(name, transformer, CollectionConverters.asJava(arguments));
    SentModel model =
        SentModel.of(
            SparkSession.active().sparkContext(), transformer.folder(), transformer.isShared());
    return new ScalaUDF(
        new RowFunction(model, transformer.settings(), layout),
        type,
        seq(List.of(row)),
        seq(List.of()),
        Option.empty(),
        Option.apply(name),
        true,
        true);
  }

  private static Expression row(
      String name, BertTransformer transformer, List<Expression> arguments) {
    if (arguments.size() == 1
        && arguments.get(0).resolved()
        && arguments.get(0).dataType() instanceof StructType) {
      return arguments.get(0);
    }
    List<String> texts =
        transformer.described().columns().stream()
            .filter(column -> column.kind() == InputColumn.Kind.TEXT)
            .map(column -> column.column().name())
            .toList();
    if (arguments.isEmpty() || arguments.size() > texts.size()) {
      throw new UserException(
          "%s: %d arguments, and its task reads %s; give it %s"
              .formatted(
                  name,
                  arguments.size(),
                  texts.isEmpty() ? "rows with columns of their own" : String.join(", ", texts),
                  texts.isEmpty()
                      ? "a struct of the columns"
                      : "these, or a struct of all columns"));
    }
    List<Expression> named = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      named.add(Literal$.MODULE$.apply(texts.get(i)));
      named.add(arguments.get(i));
    }
    return new CreateNamedStruct(seq(named));
  }

  private static <T> scala.collection.immutable.Seq<T> seq(List<T> items) {
    return CollectionConverters.asScala(items).toSeq();
  }
}
