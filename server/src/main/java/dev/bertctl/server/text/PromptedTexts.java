// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.runtime.huggingface.Prompts;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** Texts with a prompt of the model before each, as sentence-transformers puts them together. */
public final class PromptedTexts {

  private static final String FIELD = "prompt_name";

  private PromptedTexts() {}

  /**
   * Puts the prompt that is asked for, or else the one that the model usually has, before texts.
   *
   * @param name of the prompt, if one is asked for
   * @param fromIds whether one of the texts was given as token ids, which have no room for a prompt
   * @throws ProblemException if the model has no such prompt, or cannot take it
   */
  public static List<String> of(
      ServedModel model, Optional<String> name, List<String> texts, boolean fromIds) {
    Prompts prompts = model.prompts();
    name.filter(wanted -> !prompts.texts().containsKey(wanted))
        .ifPresent(
            wanted -> {
              throw unknown(model, wanted);
            });
    Optional<String> chosen = name.or(prompts::usual);
    String prompt = chosen.map(prompts.texts()::get).orElse("");
    if (prompt.isEmpty()) {
      return texts;
    }
    if (fromIds) {
      throw wrong(
          "'inputs' has token ids, which the prompt '%s' cannot be put before; give texts"
              .formatted(chosen.get()));
    }
    if (!prompts.pooled()) {
      throw wrong(
          "the prompt '%s' of model '%s' must not count for vectors (include_prompt is false in its 1_Pooling/config.json), which is not supported; choose another model"
              .formatted(chosen.get(), model.name()));
    }
    return texts.stream().map(text -> prompt + text).toList();
  }

  private static ProblemException unknown(ServedModel model, String wanted) {
    return wrong(
        model.prompts().texts().isEmpty()
            ? "'%s' is '%s', but model '%s' has no prompts; leave it out, and put the prompt before the texts"
                .formatted(FIELD, wanted, model.name())
            : "'%s' is '%s'; model '%s' has %s"
                .formatted(
                    FIELD,
                    wanted,
                    model.name(),
                    String.join(", ", model.prompts().texts().keySet())));
  }

  private static ProblemException wrong(String message) {
    return new ProblemException(ProblemType.VALIDATION, message);
  }
}
