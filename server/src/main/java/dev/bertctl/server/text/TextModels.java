// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the model that a request is for, where it need not name one. */
@Singleton
public final class TextModels {

  private final ServedModels models;

  TextModels(ServedModels models) {
    this.models = models;
  }

  /**
   * The model of a name, or the first that was named of all that are of the kinds.
   *
   * @param name the model's; empty if the request names none
   * @param kinds what is asked for; all if none are given
   * @throws ProblemException if there is none, or the one that is named is of another kind
   */
  public ServedModel choose(Optional<String> name, ModelKind... kinds) {
    requireLoaded();
    List<ModelKind> wanted = kinds.length == 0 ? List.of(ModelKind.values()) : List.of(kinds);
    if (name.isPresent()) {
      ServedModel model = models.get(name.get());
      if (!wanted.contains(ModelKind.of(model))) {
        throw other("model '%s' is %s".formatted(name.get(), ModelKind.of(model).text()), kinds);
      }
      return model;
    }
    return models.all().stream()
        .filter(model -> wanted.contains(ModelKind.of(model)))
        .findFirst()
        .orElseThrow(() -> other("no model that is served is", kinds));
  }

  private static ProblemException other(String message, ModelKind... kinds) {
    String wanted = Arrays.stream(kinds).map(ModelKind::text).collect(Collectors.joining(" or "));
    return new ProblemException(
        ProblemType.OTHER_MODEL,
        message.endsWith("is")
            ? "%s %s".formatted(message, wanted)
            : "%s; the request is for %s".formatted(message, wanted));
  }

  private void requireLoaded() {
    if (models.state() == ServedModels.State.LOADING) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "the models are still being loaded; try again soon");
    }
  }
}
