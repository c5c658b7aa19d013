// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

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

  private final Map<SpecialToken, String> others;

  /**
   * @param others those that are not written as in BERT
   */
  private SpecialTokens(Map<SpecialToken, String> others) {
    this.others = others;
  }

  /**
   * What a model folder's tokenizer_config.json says in {@code pad_token}, {@code mask_token} and
   * so on, in either of Hugging Face's forms: a text, or an object with the text as {@code
   * content}.
   *
   * @throws UserException if it says anything else
   */
  static SpecialTokens of(Path folder) {
    Path file = folder.resolve(TokenizerSettings.FILE);
    if (!Files.isRegularFile(file)) {
      return BERT;
    }
    ObjectNode config = JsonFile.read(file);
    Map<SpecialToken, String> others = new EnumMap<>(SpecialToken.class);
    for (SpecialToken role : SpecialToken.values()) {
      JsonNode value = config.path(key(role));
      JsonNode text = value.isObject() ? value.path("content") : value;
      if (text.isTextual() && !text.textValue().isEmpty()) {
        others.put(role, text.textValue());
      } else if (!value.isMissingNode() && !value.isNull()) {
        throw new UserException(
            "%s: '%s' is %s; it must be a token, such as \"%s\""
                .formatted(file, key(role), value, role.token()));
      }
    }
    return new SpecialTokens(others);
  }

  /** How a role's token is written. */
  public String token(SpecialToken role) {
    return others.getOrDefault(role, role.token());
  }

  /** Adds those that are not written as in BERT, as tokenizer_config.json has them. */
  void addTo(ObjectNode config) {
    others.forEach((role, token) -> config.put(key(role), token));
  }

  private static String key(SpecialToken role) {
    return role.name().toLowerCase(Locale.ROOT) + "_token";
  }
}
