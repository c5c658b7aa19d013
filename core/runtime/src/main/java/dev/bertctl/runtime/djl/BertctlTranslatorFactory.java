// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import ai.djl.util.StringPair;
import dev.bertctl.spi.decode.Prediction;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translators of models that bertctl saved. What goes in is
 *
 * <ul>
 *   <li>a {@link Map}: a row by column, for any task;
 *   <li>a {@link String}, where the task reads one text;
 *   <li>a {@link StringPair}, where it reads two;
 *   <li>an {@link Input}, as DJL Serving has it: a row as JSON, or a text of another content type;
 * </ul>
 *
 * what comes out a {@link Prediction} or the task's own class of it, {@link Classifications} of
 * tasks that give one label, or of an {@link Input} an {@link Output}, with the prediction's fields
 * as JSON.
 */
public final class BertctlTranslatorFactory implements TranslatorFactory {

  private static final Set<Class<?>> INPUTS = Set.of(Map.class, String.class, StringPair.class);

  @Override
  public Set<Pair<Type, Type>> getSupportedTypes() {
    return Stream.concat(
            INPUTS.stream()
                .flatMap(
                    input ->
                        Stream.<Class<?>>of(Prediction.class, Classifications.class)
                            .map(output -> new Pair<Type, Type>(input, output))),
            Stream.of(new Pair<Type, Type>(Input.class, Output.class)))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean isSupported(Class<?> input, Class<?> output) {
    return input == Input.class
        ? output == Output.class
        : INPUTS.contains(input)
            && (output == Classifications.class || Prediction.class.isAssignableFrom(output));
  }

  /**
   * A translator of a model.
   *
   * @throws TranslateException if the model is of another engine, or its task does not read as many
   *     texts
   * @throws IllegalArgumentException if it does not have those types
   */
  @Override
  public <I, O> Translator<I, O> newInstance(
      Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
      throws TranslateException {
    if (!isSupported(input, output)) {
      throw new IllegalArgumentException(
          "no translator of %s to %s; there are %s"
              .formatted(input.getName(), output.getName(), getSupportedTypes()));
    }
    Model own = model instanceof ZooModel<?, ?> zoo ? zoo.getWrappedModel() : model;
    if (!(own instanceof BertctlModel bertctl)) {
      throw new TranslateException(
          "%s is no model of bertctl; load it with optEngine(\"%s\")"
              .formatted(model.getName(), BertctlEngine.NAME));
    }
    InputRows rows = new InputRows(bertctl.predictor());
    Function<I, Map<String, ?>> reader = rows.reader(input);
    return new BertctlTranslator<>(bertctl.predictor(), reader, Outputs.of(output));
  }
}
