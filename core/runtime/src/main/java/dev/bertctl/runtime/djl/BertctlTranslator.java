// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes rows of what a program has, and what it wants of predictions.
 *
 * @param predictor reads the rows
 * @param row makes a row
 * @param output makes what is wanted
 * @param <I> what a program has
 * @param <O> what it wants
 */
record BertctlTranslator<I, O>(
    Predictor<Prediction> predictor,
    Function<I, Map<String, ?>> row,
    Function<Prediction, O> output)
    implements Translator<I, O> {

  @Override
  public NDList processInput(TranslatorContext context, I input) {
    return batchProcessInput(context, List.of(input));
  }

  /** All together, so that an error says which of them it is. */
  @Override
  public NDList batchProcessInput(TranslatorContext context, List<I> inputs) {
    List<Map<String, ?>> rows = inputs.stream().<Map<String, ?>>map(row::apply).toList();
    return Rows.prepared(predictor.prepare(rows));
  }

  @Override
  public O processOutput(TranslatorContext context, NDList list) {
    return output.apply(Rows.prediction(list));
  }

  @Override
  public Batchifier getBatchifier() {
    return Rows.BATCHIFIER;
  }
}
