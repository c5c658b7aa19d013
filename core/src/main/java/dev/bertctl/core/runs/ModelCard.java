// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelOrigin;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.head.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * README.md of a saved model, a model card as the Hugging Face hub shows it: what the model is for,
 * what it was trained on and how, and how good it is. Paths of data are told by their last name.
 *
 * @param result what the run found
 * @param config its configuration
 * @param head the model's
 * @param splits its data
 * @param base the model it began from; empty if it was trained from nothing
 * @param versions of what it was made with, by name: bertctl, TensorFlow, Java
 */
record ModelCard(
    RunResult result,
    TaskConfig<?> config,
    Head head,
    List<SplitSummary> splits,
    Optional<ModelOrigin> base,
    Map<String, String> versions) {

  /** Settings that are not of the training, or are told elsewhere in the card. */
  private static final List<String> ELSEWHERE = List.of("model", "output", "device", "data.");

  /** Writes it into the model's folder. */
  void write(Path folder) {
    WholeFile.write(folder.resolve(ModelOrigin.CARD), file -> Files.writeString(file, markdown()));
  }

  /** Its text. */
  String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(new ModelCardFrontMatter(this).yaml().stripTrailing());
    parts.add("# " + Markdown.text(title()));
    parts.add(Markdown.text(config.plugin().summary()));
    parts.add(
        base.map(origin -> "Fine-tuned from " + Markdown.text(name(origin)) + " with bertctl.")
            .orElse("Trained from nothing with bertctl."));
    if (!head.labels().isEmpty()) {
      parts.add("Labels, in the order of the logits: " + Markdown.list(head.labels()) + ".");
    }
    parts.add("## Figures");
    parts.add(figures());
    parts.add("## Data");
    parts.add(data());
    parts.add("## Training");
    parts.add(Markdown.table(List.of("setting", "value"), settings()));
    parts.add("## Made with");
    parts.add(
        versions.entrySet().stream()
            .map(entry -> "- " + Markdown.text(entry.getKey() + " " + entry.getValue()))
            .collect(Collectors.joining("\n")));
    parts.add("## How to use it");
    parts.add("    bertctl predict MODEL --input FILE");
    parts.add("where MODEL is this folder. Hugging Face transformers load it as it is:");
    parts.add(
        """
            from transformers import AutoTokenizer, %1$s
            tokenizer = AutoTokenizer.from_pretrained("MODEL")
            model = %1$s.from_pretrained("MODEL")"""
            .formatted(head.architecture())
            .indent(4)
            .stripTrailing());
    return String.join("\n\n", parts) + "\n";
  }

  /** What the model is called. */
  String title() {
    return config.plugin().name() + base.map(origin -> " on " + name(origin)).orElse("");
  }

  private static String name(ModelOrigin origin) {
    // A local folder's path is nobody's business.
    return origin
        .hubName()
        .orElseGet(
            () ->
                origin.reference().startsWith("maven:")
                    ? origin.reference()
                    : lastName(origin.reference()));
  }

  /** The file's name without its folders. */
  static String lastName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private String figures() {
    List<List<String>> rows = new ArrayList<>();
    Optional<EvaluationResult> test = result.test();
    Stream.concat(result.best().stream(), test.stream())
        .flatMap(found -> found.metrics().keySet().stream())
        .distinct()
        .forEach(
            metric ->
                rows.add(List.of(metric, number(result.best(), metric), number(test, metric))));
    return rows.isEmpty()
        ? "It was not evaluated: the run had neither validation nor test data."
        : "Saved: %s of the training.\n\n"
                .formatted(EvaluatedStep.name(result.bestStep(), result.bestEpoch()))
            + Markdown.table(List.of("metric", "validation", "test"), rows);
  }

  private static String number(Optional<EvaluationResult> found, String metric) {
    return found
        .map(EvaluationResult::metrics)
        .map(metrics -> metrics.get(metric))
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .orElse("");
  }

  private String data() {
    return Markdown.table(
        List.of("split", "file", "examples", "labels"),
        splits.stream()
            .map(
                split ->
                    List.of(
                        split.name(),
                        lastName(split.file().file()),
                        String.format(Locale.ROOT, "%,d", split.counts().examples()),
                        split.labels().shares().entrySet().stream()
                            .map(
                                share ->
                                    String.format(
                                        Locale.ROOT,
                                        "%s %.1f %%",
                                        share.getKey(),
                                        100 * share.getValue()))
                            .collect(Collectors.joining(", "))))
            .toList());
  }

  private List<List<String>> settings() {
    Map<String, String> told = new LinkedHashMap<>(config.values());
    told.keySet().removeIf(key -> ELSEWHERE.stream().anyMatch(key::startsWith));
    return told.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().startsWith("train.") ? 0 : 1))
        .map(entry -> List.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
