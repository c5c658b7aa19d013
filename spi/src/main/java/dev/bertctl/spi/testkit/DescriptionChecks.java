// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.TargetSpec;
import java.lang.reflect.Method;
import java.util.List;
import java.util.ServiceLoader;

/** What a plugin says of itself. */
final class DescriptionChecks {

  private DescriptionChecks() {}

  static void nameAndSummary(Contract<?> contract) {
    TaskPlugin<?> plugin = contract.plugin();
    String name = Step.of("name", plugin::name);
    unless(
        name.matches("[a-z][a-z0-9-]*"),
        "name gives '%s'; make it of lower-case letters, digits and dashes, beginning with a letter",
        name);
    String summary = Step.of("summary", plugin::summary);
    unless(!summary.isBlank(), "summary is empty; say what the task does");
    unless(summary.lines().count() == 1, "summary has several lines; say it in one");
  }

  static void servicesFile(Contract<?> contract) {
    Class<?> type = contract.plugin().getClass();
    unless(
        ServiceLoader.load((Class<?>) TaskPlugin.class, type.getClassLoader()).stream()
            .anyMatch(provider -> provider.type() == type),
        "META-INF/services/%s does not name %s; add that line to the file in src/main/resources",
        TaskPlugin.class.getName(),
        type.getName());
  }

  static void options(Contract<?> contract) {
    for (Method option : contract.plugin().optionsType().getMethods()) {
      unless(
          option.isAnnotationPresent(Doc.class),
          "the option %s() of %s has no description; annotate it with @Doc(\"...\")",
          option.getName(),
          option.getDeclaringClass().getName());
    }
  }

  static void defaults(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    Head head = task.head();
    unless(
        !Step.of("architecture", head::architecture).isBlank(),
        "the head's architecture is empty; name the Hugging Face class it is nearest to,"
            + " such as BertForSequenceClassification");
    List<String> labels = Step.of("labels", head::labels);
    unless(
        labels.stream().distinct().count() == labels.size(),
        "the head names a label twice: %s; give every column of the logits its own",
        labels);
    List<TargetSpec> targets = Step.of("targets", head::targets);
    unless(
        targets.stream().map(TargetSpec::name).distinct().count() == targets.size(),
        "two of the head's targets have the same name: %s; give each its own with TargetSpec.named",
        targets.stream().map(TargetSpec::name).toList());
    unless(
        targets.isEmpty() || task.scoring().isPresent(),
        "the head is trained towards targets, and nothing judges the predictions; add scoredBy to"
            + " Task.of, or let Head.targets be empty");
    unless(
        !targets.isEmpty() || task.scoring().isEmpty(),
        "predictions are judged, and the head is not trained; name what it trains towards in"
            + " Head.targets, or leave scoredBy out");
  }
}
