// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What every task plugin promises; {@link Contract#check} tries one.
 *
 * <p>{@link #TARGETS_LIE_IN_RANGE} is shown as {@code targets lie in range}.
 */
@Experimental("there may be more promises")
public enum Promise {
  /** The name is made of lower-case letters, digits and dashes; the summary is one line. */
  NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS(DescriptionChecks::nameAndSummary),
  /** {@code META-INF/services} names the plugin's class. */
  SERVICES_FILE_LISTS_THE_PLUGIN(DescriptionChecks::servicesFile),
  /** Every option has a {@link dev.bertctl.spi.Doc}. */
  OPTIONS_ARE_DESCRIBED(DescriptionChecks::options),
  /**
   * A task can be made of the options' defaults and the samples' values; it is judged if it is
   * trained.
   */
  OPTIONS_BIND_TO_THEIR_DEFAULTS(DescriptionChecks::defaults),
  /** Packing gives sequences, none longer than the maximum. */
  SEQUENCES_FIT_THE_MAXIMUM(PackingChecks::lengths),
  /**
   * Targets have the names and forms that the head says, and give labels, tokens or choices that
   * there are; positions lie in the sequence.
   */
  TARGETS_LIE_IN_RANGE(PackingChecks::targets),
  /**
   * Of a generator in the same state the same feature is drawn, and what was packed stays as it is.
   */
  DRAWS_DEPEND_ON_THE_GENERATOR_ALONE(PackingChecks::draws),
  /** Pieces stand in the source text where their offsets say. */
  OFFSETS_MAP_BACK_TO_THE_SOURCE_TEXT(PackingChecks::offsets),
  /** Every word piece that the model does not see is counted. */
  WHAT_IS_CUT_IS_COUNTED(PackingChecks::cuts),
  /** A model that knows the gold labels gets the metric's best value. */
  PERFECT_LOGITS_SCORE_THE_BEST_VALUE(PredictionChecks::perfectLogits),
  /** A model that avoids the gold labels gets less. */
  WRONG_LOGITS_SCORE_LESS(PredictionChecks::wrongLogits),
  /** Predictions written to a file and read again score the same. */
  PREDICTIONS_READ_BACK_SCORE_THE_SAME(PredictionChecks::readBack),
  /** Rows without gold labels give predictions. */
  LABELS_MAY_BE_MISSING_FOR_PREDICTION(PredictionChecks::unlabelled),
  /** What the tuner chooses are options of the task, and perfect predictions stay perfect. */
  TUNED_OPTIONS_BIND_AND_DO_NO_HARM(PredictionChecks::tuner),
  /** The task's own files are called differently from each other and from the host's. */
  FILES_HAVE_NAMES_OF_THEIR_OWN(PredictionChecks::files),
  /**
   * Every example can be shown with its prediction, with its gold label and without: texts have
   * names, marks lie in the texts, probabilities between 0 and 1.
   */
  VIEWS_SHOW_EVERY_EXAMPLE(ViewChecks::views),
  /** Predictions have no fields but those that the task declares, of these types. */
  PREDICTIONS_HAVE_THE_DECLARED_FIELDS(FieldChecks::declared);

  private final Consumer<Contract<?>> check;

  Promise(Consumer<Contract<?>> check) {
    this.check = check;
  }

  void check(Contract<?> contract) {
    check.accept(contract);
  }

  /** The promise in words, such as {@code targets lie in range}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
