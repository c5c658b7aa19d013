// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model to serve, as the user names it: {@code runs/reviews}, or {@code
 * reviews=runs/2026-11/text} to give it another name than its folder's. A model that was not
 * fine-tuned is named with the task that it is applied to: {@code minilm-l6@embeddings}.
 *
 * @param name by which requests call it
 * @param model the model's folder, or that of the run which saved it; with a task, any reference to
 *     a pretrained model
 * @param applied what it is applied to, if it was not saved for a task
 */
public record ModelSource(String name, String model, Optional<TaskToApply> applied) {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Path OF_RUN = Path.of("model");

  /** The folder of a model that was saved for a task. */
  public Path folder() {
    return Path.of(model);
  }

  /**
   * Reads {@code FOLDER}, {@code MODEL@TASK}, or one of both behind {@code NAME=}. A run's model,
   * {@code runs/nli/model}, has the run's name.
   *
   * @throws IllegalArgumentException if the name cannot stand in a URL as it is, or what is behind
   *     the {@code @} is no task
   */
  public static ModelSource parse(String text) {
    int equals = text.indexOf('=');
    int at = text.indexOf('@');
    boolean isNamed = equals >= 0 && (at < 0 || equals < at);
    String model = isNamed ? text.substring(equals + 1) : text;
    Optional<TaskToApply> applied = Optional.empty();
    // hf:organisation/name@revision@embeddings: the last one is that of the task.
    int task = model.lastIndexOf('@');
    if (task >= 0 && !Files.isDirectory(Path.of(model))) {
      applied = Optional.of(TaskToApply.parse(model.substring(task + 1)));
      model = model.substring(0, task);
    }
    String name = isNamed ? text.substring(0, equals) : nameOf(model);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "%s: '%s' cannot be a model's name in a URL; give one of letters, digits, dots, dashes and underscores, as in reviews=%s"
              .formatted(text, name, isNamed ? text.substring(equals + 1) : text));
    }
    return new ModelSource(name, model, applied);
  }

  private static String nameOf(String model) {
    Path whole = Path.of(model).toAbsolutePath().normalize();
    Path named = whole.endsWith(OF_RUN) && whole.getNameCount() > 1 ? whole.getParent() : whole;
    return String.valueOf(named.getFileName());
  }

  /**
   * Reads the models to serve.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static List<ModelSource> parse(List<String> texts) {
    Map<String, ModelSource> byName = new TreeMap<>();
    List<ModelSource> sources = texts.stream().map(ModelSource::parse).toList();
    for (ModelSource source : sources) {
      ModelSource other = byName.put(source.name, source);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s would both be called '%s'; name one of them, as in another=%s"
                .formatted(other.model, source.model, source.name, source.model));
      }
    }
    return sources;
  }
}
