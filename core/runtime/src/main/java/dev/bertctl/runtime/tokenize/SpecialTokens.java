// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a model's vocabulary writes the special tokens: {@code [MASK]} in BERT's, {@code <mask>} in
 * that of "Dive into Deep Learning".
 */
public final class SpecialTokens {

  /** {@code [PAD]}, {@code [UNK]}, {@code [CLS]}, {@code [SEP]} and {@code [MASK]}. */
  public static final SpecialTokens BERT = new SpecialTokens(Map.of());

  /** {@code <pad>}, {@code <unk>}, {@code <cls>}, {@code <sep>} and {@code <mask>}. */
  public static final SpecialTokens D2L =
      new SpecialTokens(
          new EnumMap<>(
              Map.of(
                  SpecialToken.PAD, "<pad>",
                  SpecialToken.UNK, "<unk>",
                  SpecialToken.CLS, "<cls>",
                  SpecialToken.SEP, "<sep>",
                  SpecialToken.MASK, "<mask>")));

  /** Those that every sequence or batch has; published vocabularies without a mask token exist. */
  static final List<SpecialToken> NEEDED =
      List.of(SpecialToken.PAD, SpecialToken.UNK, SpecialToken.CLS, SpecialToken.SEP);

  private final Map<SpecialToken, String> others;

  /**
   * @param others those that are not written as in BERT
   */
  private SpecialTokens(Map<SpecialToken, String> others) {
    this.others = others;
  }

  /** Those that a configuration names, and BERT's. */
  static SpecialTokens of(NamedTokens named) {
    Map<SpecialToken, String> others = new EnumMap<>(SpecialToken.class);
    for (SpecialToken role : SpecialToken.values()) {
      named.token(role).ifPresent(token -> others.put(role, token.content()));
    }
    return new SpecialTokens(others);
  }

  /** How a role's token is written. */
  public String token(SpecialToken role) {
    return others.getOrDefault(role, role.token());
  }

  /**
   * Checks that a vocabulary has those that are needed.
   *
   * @param source its file, for errors
   * @throws UserException if one is missing
   */
  void checkAllIn(Set<String> tokens, Path source) {
    List<String> needed = NEEDED.stream().map(this::token).toList();
    for (String token : needed) {
      if (!tokens.contains(token)) {
        throw new UserException(
            "%s: has no %s; a BERT vocabulary needs %s and %s"
                .formatted(
                    source,
                    token,
                    needed.stream().limit(3).collect(Collectors.joining(", ")),
                    needed.get(3)));
      }
    }
  }

  /** Adds those that are not written as in BERT, as tokenizer_config.json has them. */
  void addTo(ObjectNode config) {
    others.forEach((role, token) -> config.put(NamedTokens.key(role), token));
  }
}
