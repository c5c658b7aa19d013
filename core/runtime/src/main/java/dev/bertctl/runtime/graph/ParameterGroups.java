// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How each parameter is trained. From the general to the particular: weight decay spares biases and
 * LayerNorms; lower layers may learn more slowly, and the head at a rate of its own; a part of the
 * encoder may be frozen; and groups of parameters, named by patterns, may differ from all that.
 *
 * @param learningRate the highest learning rate, which all absolute rates here are compared with:
 *     the schedule scales them all alike
 * @param weightDecay of all but biases and LayerNorms, at least 0
 * @param layerDecay d, above 0 and at most 1: the factor of the learning rate from a layer to the
 *     one below it, as in the fine-tuning of ELECTRA (Clark et al., 2020). Head and pooler have the
 *     factor 1, the top layer d, the lowest of L layers d^L, the embeddings d^(L+1)
 * @param headLearningRate the head's own highest learning rate, of all that is neither encoder nor
 *     pooler
 * @param freeze the part of the encoder that keeps its weights
 * @param groups what differs; of those that match a parameter and say something of a setting the
 *     last is obeyed
 */
public record ParameterGroups(
    double learningRate,
    double weightDecay,
    double layerDecay,
    Optional<Double> headLearningRate,
    Freeze freeze,
    List<Group> groups) {

  /**
   * Checks the ranges, and copies the list.
   *
   * @throws IllegalArgumentException naming the number that is out of range
   */
  public ParameterGroups {
    checkRate("the learning rate", learningRate);
    checkDecay(weightDecay);
    if (!(layerDecay > 0 && layerDecay <= 1)) {
      throw new IllegalArgumentException(
          "the layers' decay of the learning rate must be above 0 and at most 1, and is %s"
              .formatted(layerDecay));
    }
    headLearningRate.ifPresent(rate -> checkRate("the head's learning rate", rate));
    groups = List.copyOf(groups);
  }

  /**
   * All parameters alike, but for the weight decay.
   *
   * @param learningRate the highest learning rate
   * @param weightDecay of all but biases and LayerNorms
   */
  public static ParameterGroups uniform(double learningRate, double weightDecay) {
    return new ParameterGroups(
        learningRate, weightDecay, 1, Optional.empty(), Freeze.NONE, List.of());
  }

  /** This with a layer-wise decay of the learning rate. */
  public ParameterGroups withLayerDecay(double decay) {
    return new ParameterGroups(learningRate, weightDecay, decay, headLearningRate, freeze, groups);
  }

  /** This with a learning rate of the head's own. */
  public ParameterGroups withHeadLearningRate(double rate) {
    return new ParameterGroups(
        learningRate, weightDecay, layerDecay, Optional.of(rate), freeze, groups);
  }

  /** This with another part of the encoder frozen. */
  public ParameterGroups withFreeze(Freeze part) {
    return new ParameterGroups(
        learningRate, weightDecay, layerDecay, headLearningRate, part, groups);
  }

  /** This with other groups. */
  public ParameterGroups withGroups(List<Group> others) {
    return new ParameterGroups(
        learningRate, weightDecay, layerDecay, headLearningRate, freeze, others);
  }

  /**
   * How a parameter is trained.
   *
   * @param layers L of the model
   */
  public Treatment treatment(ParameterSpec spec, int layers) {
    boolean frozen = freeze.covers(spec.name());
    double rateFactor = rateFactor(spec.name(), layers);
    double decay = spec.decays() ? weightDecay : 0;
    for (Group group : groups) {
      if (group.matches(spec.name())) {
        if (group.frozen() || group.learningRate().isPresent()) {
          frozen = group.frozen();
          rateFactor = group.learningRate().map(rate -> rate / learningRate).orElse(rateFactor);
        }
        decay = group.weightDecay().orElse(decay);
      }
    }
    return new Treatment(frozen, rateFactor, decay);
  }

  private double rateFactor(String name, int layers) {
    if (BertParameters.isOfEncoder(name)) {
      int fromTop = layers - BertParameters.layerOf(name).orElse(-1); // 1 of the top layer
      return Math.pow(layerDecay, fromTop);
    }
    return BertParameters.isOfModel(name)
        ? 1
        : headLearningRate.map(rate -> rate / learningRate).orElse(1.0);
  }

  /**
   * The patterns of groups that match nothing, and so are mistaken.
   *
   * @param names of all parameters of the model
   */
  public List<String> unmatched(Collection<String> names) {
    return groups.stream()
        .filter(group -> names.stream().noneMatch(group::matches))
        .map(Group::match)
        .toList();
  }

  private static void checkRate(String what, double rate) {
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new IllegalArgumentException(
          "%s must be above 0, and is %s; what is not to be trained is frozen"
              .formatted(what, rate));
    }
  }

  private static void checkDecay(double decay) {
    if (!(decay >= 0 && Double.isFinite(decay))) {
      throw new IllegalArgumentException(
          "the weight decay must be at least 0, and is %s".formatted(decay));
    }
  }

  /**
   * Parameters that are trained in another way.
   *
   * @param match pattern of their names, in which {@code *} stands for any characters, such as
   *     {@code encoder.layer.0.*}, {@code *.bias} or {@code classifier.*}
   * @param learningRate their highest learning rate; they are then trained, whatever {@link
   *     ParameterGroups#freeze} says
   * @param weightDecay of all that match, biases and LayerNorms included
   * @param frozen whether they keep their weights
   */
  public record Group(
      String match, Optional<Double> learningRate, Optional<Double> weightDecay, boolean frozen) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range, or the group says nothing, or
     *     both freezes and trains
     */
    public Group {
      learningRate.ifPresent(rate -> checkRate("the learning rate of '%s'".formatted(match), rate));
      weightDecay.ifPresent(ParameterGroups::checkDecay);
      if (frozen && (learningRate.isPresent() || weightDecay.isPresent())) {
        throw new IllegalArgumentException(
            "the group '%s' is frozen, and has a learning rate or weight decay; leave one of them out"
                .formatted(match));
      }
      if (!frozen && learningRate.isEmpty() && weightDecay.isEmpty()) {
        throw new IllegalArgumentException(
            "the group '%s' changes nothing; give it a learning rate or a weight decay, or freeze it"
                .formatted(match));
      }
    }

    boolean matches(String name) {
      String regex =
          Stream.of(match.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return Pattern.matches(regex, name);
    }
  }

  /**
   * How a parameter is trained.
   *
   * @param frozen whether it keeps its weights
   * @param rateFactor its learning rate is the step's times this
   * @param weightDecay of it
   */
  public record Treatment(boolean frozen, double rateFactor, double weightDecay) {}
}
