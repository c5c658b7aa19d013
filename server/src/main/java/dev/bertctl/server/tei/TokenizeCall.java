// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.server.models.Lease;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.text.Fields;
import dev.bertctl.server.text.TextInputs;
import dev.bertctl.server.text.TextModels;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /tokenize} and {@code /decode}. */
@Singleton
final class TokenizeCall {

  private static final String INPUTS = "inputs";
  private static final String IDS = "ids";

  private final TextModels chosen;
  private final ServedModels models;
  private final TeiMetrics metrics;

  TokenizeCall(TextModels chosen, ServedModels models, TeiMetrics metrics) {
    this.chosen = chosen;
    this.models = models;
    this.metrics = metrics;
  }

  /**
   * A token.
   *
   * @param id its id
   * @param text what stands there in the text; a special token's name
   * @param special whether it was added to the text
   * @param start first of its characters of Unicode; null if special
   * @param stop one past the last; null if special
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Token(int id, String text, boolean special, Integer start, Integer stop) {}

  /** The tokens of texts, which are not cut. */
  List<List<Token>> tokenize(Optional<String> name, JsonNode body) {
    metrics.came("tokenize");
    Fields fields = Fields.of(body);
    JsonNode inputs = fields.required(INPUTS, "a text, or a list of texts");
    List<String> texts =
        inputs.isTextual() ? List.of(inputs.textValue()) : Fields.texts(INPUTS, inputs);
    requireFew(INPUTS, texts.size());
    boolean special = fields.findFlag("add_special_tokens").orElse(true);
    try (Lease lease = models.lease(chosen.choose(name).name())) {
      Predictor<?> predictor = lease.model().predictor();
      List<List<Token>> tokens =
          texts.stream().map(text -> tokens(predictor, text, special)).toList();
      metrics.answered("tokenize");
      return tokens;
    }
  }

  private static List<Token> tokens(Predictor<?> predictor, String text, boolean special) {
    Pieces pieces = predictor.tokenize(text);
    List<Token> tokens = new ArrayList<>(pieces.size() + 2);
    if (special) {
      tokens.add(special(predictor.vocabulary(), SpecialToken.CLS));
    }
    int at = 0;
    int characters = 0;
    for (int i = 0; i < pieces.size(); i++) {
      int start = pieces.starts()[i];
      int end = pieces.ends()[i];
      characters =
          start >= at ? characters + text.codePointCount(at, start) : text.codePointCount(0, start);
      at = start;
      int stop = characters + text.codePointCount(start, end);
      tokens.add(new Token(pieces.ids()[i], text.substring(start, end), false, characters, stop));
    }
    if (special) {
      tokens.add(special(predictor.vocabulary(), SpecialToken.SEP));
    }
    return tokens;
  }

  private static Token special(Vocabulary vocabulary, SpecialToken role) {
    int id = vocabulary.id(role);
    return new Token(id, vocabulary.token(id), true, null, null);
  }

  /** The texts that token ids stand for. */
  List<String> decode(Optional<String> name, JsonNode body) {
    metrics.came("decode");
    Fields fields = Fields.of(body);
    JsonNode ids = fields.required(IDS, "token ids, or a list of token ids");
    if (!ids.isArray()) {
      throw Fields.wrong(IDS, ids, "token ids, or a list of token ids");
    }
    Fields.requireSome(IDS, ids);
    boolean skip = fields.findFlag("skip_special_tokens").orElse(true);
    try (Lease lease = models.lease(chosen.choose(name).name())) {
      List<String> texts = texts(lease.model().predictor(), ids, skip);
      metrics.answered("decode");
      return texts;
    }
  }

  private static List<String> texts(Predictor<?> predictor, JsonNode ids, boolean skip) {
    if (!ids.get(0).isArray()) {
      return List.of(predictor.decode(TextInputs.ids(IDS, ids, predictor), skip));
    }
    requireFew(IDS, ids.size());
    List<String> texts = new ArrayList<>(ids.size());
    for (JsonNode one : ids) {
      String field = "%s[%d]".formatted(IDS, texts.size());
      if (!one.isArray()) {
        throw Fields.wrong(field, one, "token ids");
      }
      texts.add(predictor.decode(TextInputs.ids(field, one, predictor), skip));
    }
    return texts;
  }

  private static void requireFew(String field, int count) {
    if (count > TeiInference.MAX_CLIENT_BATCH) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "'%s' has %d, more than the %d that a request may have; send fewer at once"
              .formatted(field, count, TeiInference.MAX_CLIENT_BATCH));
    }
  }
}
