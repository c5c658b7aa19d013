// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.Map;

/**
 * Takes a tokenizer.json as it is, as transformers 5 does for a {@code PreTrainedTokenizerFast}
 * (tokenization_utils_tokenizers.py in its source); only added tokens that it lacks are added.
 */
final class WholeTokenizer {

  private final TokenizerConfig config;

  WholeTokenizer(TokenizerConfig config) {
    this.config = config;
  }

  TokenizerFile of(Path json, ObjectNode root) {
    Map<String, Integer> vocabulary = TokenizerFile.vocabulary(json, root.path("model"));
    TokenizerParts.nameModel(root);
    AddedTokens added = new AddedTokens(json, vocabulary);
    added.addListed(json, root.path("added_tokens"));
    addDeclared(added);
    SpecialTokens special = SpecialTokens.of(config.named());
    special.checkAllIn(added.withVocabulary().keySet(), json);
    TokenizerParts.check(json, root);
    NamedTokens named = added.addNamed(config.named());
    checkUnknown(json, root.path("model").path("unk_token").textValue(), added, special);
    JsonNode normalizer = root.path("normalizer");
    if (normalizer.path("type").asText().equals("BertNormalizer")) {
      added.checkDistinct(TokenizerSettings.of(normalizer)::normalized);
    }
    PostProcessor.check(root, special, json);
    added.addTo(root);
    root.putNull("truncation");
    root.putNull("padding");
    PostProcessor.put(root, special, added.withVocabulary());
    boolean bert =
        WordPieceJson.isOne(root, vocabulary, added, special)
            && SpecialTokens.NEEDED.stream().allMatch(role -> added.contains(special.token(role)));
    return TokenizerFile.of(json, root, bert ? withDefaults(named, added) : named, bert);
  }

  /** A word that stood for unknown ones would be read where none is written. */
  private static void checkUnknown(
      Path json, String token, AddedTokens added, SpecialTokens special) {
    added.checkUnknown(token);
    String meant = special.token(SpecialToken.UNK);
    if (!token.equals(meant)) {
      throw new UserException(
          "%s: model.unk_token is '%s', but the token for unknown words is '%s'; make the files agree"
              .formatted(json, token, meant));
    }
  }

  private void addDeclared(AddedTokens added) {
    config
        .declared()
        .forEach(
            (id, token) -> {
              // What tokenizer.json says of a token goes before added_tokens.json.
              AddedToken other =
                  config.listsAllAddedTokens() ? token : added.find(token.content()).orElse(token);
              added.add(config.declaredFile(), other, id);
            });
  }

  /** BertTokenizer has names for all of them. */
  private static NamedTokens withDefaults(NamedTokens named, AddedTokens added) {
    NamedTokens all = named;
    for (SpecialToken role : SpecialToken.values()) {
      if (named.token(role).isEmpty()) {
        all = all.with(role, added.find(role.token()));
      }
    }
    return all;
  }
}
