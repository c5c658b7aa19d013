// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Freeze;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.ParameterGroups;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.tensorflow.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a model is trained, as fields of JSON. */
final class TrainingSpecFields {

  private TrainingSpecFields() {}

  static Map<String, Object> of(TrainingSpec spec) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("optimizer", optimizer(spec.optimizer()));
    ParameterGroups groups = spec.groups();
    fields.put("learning_rate", groups.learningRate());
    fields.put("weight_decay", groups.weightDecay());
    fields.put("layer_decay", groups.layerDecay());
    groups.headLearningRate().ifPresent(rate -> fields.put("head_learning_rate", rate));
    fields.put("freeze", groups.freeze().toString());
    fields.put("groups", groups.groups().stream().map(TrainingSpecFields::group).toList());
    fields.put("label_smoothing", spec.labelSmoothing());
    fields.put("class_weights", spec.classWeights());
    fields.put("gradient_checkpointing", spec.gradientCheckpointing());
    fields.put("precision", spec.precision().toString());
    return fields;
  }

  private static Map<String, Object> optimizer(OptimizerSpec optimizer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (optimizer instanceof OptimizerSpec.Sgd sgd) {
      fields.put("name", "sgd");
      fields.put("momentum", sgd.momentum());
    } else if (optimizer instanceof OptimizerSpec.AdamW adam) {
      fields.put("name", "adamw");
      fields.put("beta1", adam.beta1());
      fields.put("beta2", adam.beta2());
      fields.put("epsilon", adam.epsilon());
    } else if (optimizer instanceof OptimizerSpec.Adam adam) {
      fields.put("name", "adam");
      fields.put("beta1", adam.beta1());
      fields.put("beta2", adam.beta2());
      fields.put("epsilon", adam.epsilon());
    }
    return fields;
  }

  private static Map<String, Object> group(ParameterGroups.Group group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("match", group.match());
    group.learningRate().ifPresent(rate -> fields.put("learning_rate", rate));
    group.weightDecay().ifPresent(decay -> fields.put("weight_decay", decay));
    fields.put("frozen", group.frozen());
    return fields;
  }

  static TrainingSpec read(JsonFields fields) {
    return new TrainingSpec(
        optimizer(fields.object("optimizer")),
        new ParameterGroups(
            fields.number("learning_rate"),
            fields.number("weight_decay"),
            fields.number("layer_decay"),
            numberIfThere(fields, "head_learning_rate"),
            Freeze.of(fields.text("freeze")),
            fields.objects("groups").stream().map(TrainingSpecFields::group).toList()),
        fields.number("label_smoothing"),
        fields.object("class_weights").numbersByKey(),
        fields.flag("gradient_checkpointing"),
        Precision.of(fields.text("precision")));
  }

  private static OptimizerSpec optimizer(JsonFields fields) {
    return switch (fields.text("name")) {
      case "sgd" -> new OptimizerSpec.Sgd(fields.number("momentum"));
      case "adamw" ->
          new OptimizerSpec.AdamW(
              fields.number("beta1"), fields.number("beta2"), fields.number("epsilon"));
      case "adam" ->
          new OptimizerSpec.Adam(
              fields.number("beta1"), fields.number("beta2"), fields.number("epsilon"));
      default -> throw fields.wrong("name", "sgd, adam or adamw");
    };
  }

  private static ParameterGroups.Group group(JsonFields fields) {
    return new ParameterGroups.Group(
        fields.text("match"),
        numberIfThere(fields, "learning_rate"),
        numberIfThere(fields, "weight_decay"),
        fields.flag("frozen"));
  }

  private static Optional<Double> numberIfThere(JsonFields fields, String name) {
    return fields.has(name) ? Optional.of(fields.number(name)) : Optional.empty();
  }
}
