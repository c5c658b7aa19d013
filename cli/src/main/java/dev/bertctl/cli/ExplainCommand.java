// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.explain.ExplainedRow;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.core.runs.ModelExplanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.ExplanationOptions;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl explain MODEL}: which words predictions come from. */
@Command(
    name = "explain",
    description = {
      "Explains predictions by the words that they come from.",
      "",
      "Explained are the logits of classes and labels, numbers, choices, the tags of words, and the start"
          + " and end of answers. A word's score is the sum of its word pieces' scores: above 0 it speaks"
          + " for what is explained, below 0 against it. What words do is found out by masking them, so the"
          + " model's vocabulary needs [MASK].",
      "",
      "integrated-gradients adds up what each word contributes on the way from all words masked to the"
          + " text as it is; gradient-x-input takes the gradient once; leave-one-out masks one word after"
          + " the other; attention-rollout follows attention through the layers, which is no explanation."
    },
    footer = {
      "  bertctl explain runs/nli 'A dog sleeps.' 'An animal rests.'",
      "  bertctl explain runs/nli --input pairs.jsonl --output explanations.html --method all",
      "  bertctl explain runs/nli --input pairs.jsonl --class contradiction --json",
      "  bertctl explain runs/ner --input sentences.txt --word Paris",
      "  bertctl explain runs/qa --context passage.txt --question 'Who wrote it?'"
    })
final class ExplainCommand implements Runnable {

  private static final String ALL = "all";

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; with --task also a pretrained model that has the task's"
              + " head: an alias, a folder, hf:... or maven:... as in a configuration.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description =
          "Texts to explain, in place of --input; where the task reads two in a row, pairs of them.")
  private List<String> texts = List.of();

  @Mixin private TypedInput typed;

  @Mixin private AppliedTaskOption task;

  @Mixin private InputOption input;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many rows to explain, from the first; 10 by default.")
  private int limit;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      split = ",",
      completionCandidates = MethodNames.class,
      description =
          "How: ${COMPLETION-CANDIDATES}; may be given several times. integrated-gradients unless"
              + " given.")
  private List<String> methods = List.of();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description =
          "The class, label, number or tag to explain, or the choice by its number from 0; what is"
              + " predicted unless given.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--word",
      paramLabel = "TEXT",
      description =
          "The word whose tag is explained; unless given, the first three that have one other than O.")
  private Optional<String> word = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Gradients that integrated-gradients takes; 50 by default. More make the sum of the scores"
              + " more exact, in as much more time.")
  private int steps;

  @Option(
      names = "--faithfulness",
      negatable = true,
      description =
          "How faithful all methods are on these rows: how far the probability falls as the words"
              + " ranked first are masked (comprehensiveness) and as all others are (sufficiency),"
              + " beside a random order. By default for rows of --input, not for texts on the command"
              + " line. All methods are then computed, in about twice the time of"
              + " integrated-gradients alone.")
  private Optional<Boolean> faithfulness = Optional.empty();

  @Mixin private ShownFilesOption files;

  @Mixin private JsonOption json;

  @Mixin private SettingsOption settings;

  @Mixin private OfflineOption offline;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ExplainCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    require(limit > 0, "--limit needs a number of at least 1");
    require(
        steps > 0 && steps <= ExplanationOptions.MOST_STEPS,
        "--steps needs a number from 1 to " + ExplanationOptions.MOST_STEPS);
    ExplanationOptions options = new ExplanationOptions(methods(), steps, label, word);
    files.during(() -> show(options));
  }

  private void show(ExplanationOptions options) {
    ChosenModel chosen =
        ChosenModel.of(
            registry,
            model,
            task.name(),
            "explain",
            settings.assignments(List.of()),
            common::notice);
    TaskConfig<?> config = chosen.config();
    PrintWriter out = spec.commandLine().getOut();
    boolean shows = files.isToStandardOutput() && !json.wanted();
    try (JobListener listener = common.listener(!(shows && StandardOutput.isTerminal()))) {
      ModelExplanation explanation =
          new ModelExplanation(
              model,
              config,
              chosen.files(offline.models(listener)),
              chosen.saved(),
              options,
              faithfulness.orElse(!typed.isGiven(texts)),
              listener);
      ExplanationView view = ExplanationView.of(config, options, StandardOutput.isTerminal());
      Consumer<ExplainedRow> shown = row -> print(out, view.of(row));
      ExplanationReport report =
          explanation.run(
              input.rows(typed, texts, config, listener::notice), limit, shows ? shown : row -> {});
      if (shows) {
        print(out, view.end(report));
      } else if (json.wanted()) {
        Json.print(report.fields(), out);
      }
      new ExplanationOutputs(files)
          .write(report, ExplanationView.of(config, options, false), listener);
    }
  }

  private static void print(PrintWriter out, String lines) {
    out.print(lines);
    out.flush();
  }

  private Set<ExplanationMethod> methods() {
    if (methods.isEmpty()) {
      return ExplanationOptions.DEFAULT.methods();
    }
    Set<ExplanationMethod> chosen = EnumSet.noneOf(ExplanationMethod.class);
    for (String method : methods) {
      if (method.equals(ALL)) {
        return EnumSet.allOf(ExplanationMethod.class);
      }
      try {
        chosen.add(ExplanationMethod.of(method));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--method %s, or %s for all".formatted(e.getMessage(), ALL), e);
      }
    }
    return chosen;
  }

  private void require(boolean condition, String need) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), need);
    }
  }

  /** For help and completion. */
  static final class MethodNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              EnumSet.allOf(ExplanationMethod.class).stream().map(Object::toString), Stream.of(ALL))
          .iterator();
    }
  }
}
