// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple2;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * What a session has with {@code spark.sql.extensions=dev.bertctl.spark.BertExtensions}, also one
 * of Python or of a SQL client: the table function {@code bertctl_predict('TABLE', 'FOLDER',
 * 'PARAMETER=VALUE', ...)}, and for each setting {@code spark.bertctl.functions.NAME=FOLDER} a
 * function of {@link BertFunctions}.
 */
public final class BertExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  /** Settings that begin so name functions. */
  static final String FUNCTIONS = "spark.bertctl.functions.";

  /** The table function. */
  static final String PREDICT = "bertctl_predict";

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectTableFunction(
        new Tuple3<>(new FunctionIdentifier(PREDICT), info(PREDICT), predict()));
    for (Tuple2<String, String> setting : SparkEnv.get().conf().getAllWithPrefix(FUNCTIONS)) {
      String name = setting._1();
      extensions.injectFunction(
          new Tuple3<>(new FunctionIdentifier(name), info(name), function(name, setting._2())));
    }
    return BoxedUnit.UNIT;
  }

  private static ExpressionInfo info(String name) {
    return new ExpressionInfo(BertExtensions.class.getName(), name);
  }

  /** The model is loaded when the function is first called. */
  private static Function1<scala.collection.immutable.Seq<Expression>, Expression> function(
      String name, String folder) {
    return new AbstractFunction1<>() {
      private BertTransformer transformer;

      @Override
      public synchronized Expression apply(scala.collection.immutable.Seq<Expression> arguments) {
        if (transformer == null) {
          transformer = BertTransformer.load(folder);
        }
        return BertFunctions.call(name, transformer, arguments);
      }
    };
  }

  private static Function1<scala.collection.immutable.Seq<Expression>, LogicalPlan> predict() {
    return new AbstractFunction1<>() {
      @Override
      public LogicalPlan apply(scala.collection.immutable.Seq<Expression> arguments) {
        return plan(CollectionConverters.asJava(arguments).stream().map(this::text).toList());
      }

      private String text(Expression argument) {
        if (!argument.foldable()) {
          throw new UserException(
              "%s: '%s' is no constant; write it between quotes"
                  .formatted(PREDICT, argument.sql()));
        }
        return String.valueOf(argument.eval(null));
      }
    };
  }

  private static LogicalPlan plan(List<String> arguments) {
    if (arguments.size() < 2) {
      throw new UserException(
          "%s needs a table and a model: %s('reviews', 'runs/reviews')"
              .formatted(PREDICT, PREDICT));
    }
    Dataset<Row> table = SparkSession.active().table(arguments.get(0));
    BertTransformer transformer =
        Assignments.set(
            BertTransformer.load(arguments.get(1)), arguments.subList(2, arguments.size()));
    return ((org.apache.spark.sql.classic.Dataset<Row>) transformer.transform(table)).logicalPlan();
  }
}
