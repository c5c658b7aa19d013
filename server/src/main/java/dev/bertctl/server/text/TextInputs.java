// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts as clients of embeddings send them: one, a list of them, the token ids of one, or a list of
 * token ids. Ids become the text that they stand for, without special tokens, which are added again
 * when it is tokenised.
 *
 * @param texts the texts
 * @param single whether it was one, and no list
 * @param fromIds whether one of them was token ids
 */
public record TextInputs(List<String> texts, boolean single, boolean fromIds) {

  private static final String EXPECTED = "a text, a list of texts, or token ids";

  /** Copies the list. */
  public TextInputs {
    texts = List.copyOf(texts);
  }

  /** Characters of all texts. */
  public long characters() {
    return characters(texts);
  }

  /** Characters of texts. */
  public static long characters(List<String> texts) {
    return texts.stream().mapToLong(text -> text.codePointCount(0, text.length())).sum();
  }

  /**
   * Reads a field.
   *
   * @param name its name, for messages
   * @throws ProblemException naming what is neither text nor ids
   */
  public static TextInputs of(String name, JsonNode value, Predictor<?> predictor) {
    if (value.isTextual()) {
      return new TextInputs(List.of(value.textValue()), true, false);
    }
    if (!value.isArray()) {
      throw Fields.wrong(name, value, EXPECTED);
    }
    Fields.requireSome(name, value);
    if (value.get(0).isNumber()) {
      return new TextInputs(
          List.of(predictor.decode(ids(name, value, predictor), true)), true, true);
    }
    List<String> texts = new ArrayList<>(value.size());
    boolean fromIds = false;
    for (JsonNode one : value) {
      String place = "%s[%d]".formatted(name, texts.size());
      if (one.isTextual()) {
        texts.add(one.textValue());
      } else if (one.isArray()) {
        texts.add(predictor.decode(ids(place, one, predictor), true));
        fromIds = true;
      } else {
        throw Fields.wrong(place, one, EXPECTED);
      }
    }
    return new TextInputs(texts, false, fromIds);
  }

  /**
   * Token ids.
   *
   * @param name the field's, for messages
   * @throws ProblemException naming what is no id of the model's vocabulary
   */
  public static int[] ids(String name, JsonNode list, Predictor<?> predictor) {
    Fields.requireSome(name, list);
    int size = predictor.vocabulary().size();
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = list.get(i);
      if (!id.isInt() || id.intValue() < 0 || id.intValue() >= size) {
        throw new ProblemException(
            ProblemType.VALIDATION,
            "'%s[%d]' is %s; give a token id of this model, from 0 to %d"
                .formatted(name, i, id.toString(), size - 1));
      }
      ids[i] = id.intValue();
    }
    return ids;
  }
}
