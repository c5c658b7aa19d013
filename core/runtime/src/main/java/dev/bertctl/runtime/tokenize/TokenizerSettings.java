// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How {@code BertTokenizer} normalises a text before it is split into word pieces.
 *
 * @param lowerCase {@code do_lower_case}
 * @param stripAccents {@code strip_accents}; if empty, accents go when text is lower-cased
 * @param splitChinese {@code tokenize_chinese_chars}: each Chinese character is a word
 */
record TokenizerSettings(boolean lowerCase, Optional<Boolean> stripAccents, boolean splitChinese) {

  private static final Pattern ACCENT = Pattern.compile("\\p{Mn}");
  private static final String LOWER_CASE = "do_lower_case";
  private static final String STRIP_ACCENTS = "strip_accents";
  private static final String SPLIT_CHINESE = "tokenize_chinese_chars";

  /**
   * What a configuration says.
   *
   * @param lowerCase whether text is lower-cased where it does not say
   */
  static TokenizerSettings of(TokenizerConfig config, boolean lowerCase) {
    return new TokenizerSettings(
        config.flag(LOWER_CASE).orElse(lowerCase),
        config.flagOrNull(STRIP_ACCENTS),
        config.flag(SPLIT_CHINESE).orElse(true));
  }

  /** Those with which a tokenizer.json's normaliser would be BERT's. */
  static TokenizerSettings of(JsonNode normalizer) {
    JsonNode accents = normalizer.path("strip_accents");
    return new TokenizerSettings(
        normalizer.path("lowercase").asBoolean(),
        accents.isBoolean() ? Optional.of(accents.booleanValue()) : Optional.empty(),
        normalizer.path("handle_chinese_chars").asBoolean());
  }

  /** What becomes of an added token that is looked for in the normalised text. */
  String normalized(String token) {
    String cased = lowerCase ? token.toLowerCase(Locale.ROOT) : token;
    return stripAccents.orElse(lowerCase)
        ? ACCENT.matcher(Normalizer.normalize(cased, Form.NFD)).replaceAll("")
        : cased;
  }

  /** As a tokenizer.json has them. */
  void addNormalizer(ObjectNode root) {
    ObjectNode normalizer = root.putObject("normalizer");
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", splitChinese);
    normalizer.put("strip_accents", stripAccents.orElse(null));
    normalizer.put("lowercase", lowerCase);
  }

  /** As tokenizer_config.json has them. */
  void addTo(ObjectNode config) {
    config.put(LOWER_CASE, lowerCase);
    config.put(STRIP_ACCENTS, stripAccents.orElse(null));
    config.put(SPLIT_CHINESE, splitChinese);
  }
}
