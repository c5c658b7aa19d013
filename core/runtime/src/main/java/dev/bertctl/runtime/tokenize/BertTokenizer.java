// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts together what transformers 5 makes of a folder whose tokenizer is a {@code BertTokenizer}
 * (models/bert/tokenization_bert.py and tokenization_utils_base.py in its source): BERT's, with the
 * folder's vocabulary, settings and added tokens.
 */
final class BertTokenizer {

  private final TokenizerConfig config;

  BertTokenizer(TokenizerConfig config) {
    this.config = config;
  }

  /**
   * Of a vocab.txt.
   *
   * @param declared whether transformers would make one; otherwise the vocabulary tells the casing
   *     where nothing else does
   */
  TokenizerFile of(VocabularyFile vocabulary, boolean declared) {
    return of(
        vocabulary.source(), vocabulary.ids(), config.declared(), declared || !vocabulary.cased());
  }

  /** Of a tokenizer.json, of which the vocabulary and the added tokens count. */
  TokenizerFile of(Path json, ObjectNode root) {
    String type = root.path("model").path("type").asText("WordPiece");
    Map<String, Integer> vocabulary = TokenizerFile.vocabulary(json, root.path("model"));
    if (!type.equals("WordPiece")) {
      throw new UserException(
          "%s: its model is of type '%s', but that of BertTokenizer is WordPiece; if the file tells all of the tokenizer, set tokenizer_class to PreTrainedTokenizerFast in %s"
              .formatted(json, type, config.file()));
    }
    SortedMap<Integer, AddedToken> declared = new TreeMap<>(config.declared());
    if (!config.listsAllAddedTokens()) {
      AddedTokens listed = new AddedTokens(json, vocabulary);
      listed.addListed(json, root.path("added_tokens"));
      listed.byId().forEach((id, token) -> replace(declared, id, token, json));
    }
    return of(json, vocabulary, declared, true);
  }

  /** What tokenizer.json says of a token goes before added_tokens.json. */
  private void replace(
      SortedMap<Integer, AddedToken> declared, int id, AddedToken token, Path json) {
    AddedToken other = declared.put(id, token);
    if (other != null && !other.content().equals(token.content())) {
      throw new UserException(
          "%s: its token '%s' has the id %d, which is that of '%s' in %s; make the files agree"
              .formatted(config.declaredFile(), other.content(), id, token.content(), json));
    }
  }

  private TokenizerFile of(
      Path source,
      Map<String, Integer> vocabulary,
      SortedMap<Integer, AddedToken> declared,
      boolean lowerCase) {
    NamedTokens named = withDefaults(config.named());
    AddedTokens added = new AddedTokens(source, vocabulary);
    for (Map.Entry<Integer, AddedToken> entry : declared.entrySet()) {
      AddedToken token = entry.getValue();
      added.add(
          config.declaredFile(),
          named.hasName(token.content()) ? token.asSpecial() : token,
          entry.getKey());
    }
    SpecialTokens special = SpecialTokens.of(named);
    special.checkAllIn(added.withVocabulary().keySet(), source);
    named = added.addNamed(named);
    added.checkUnknown(special.token(SpecialToken.UNK));
    TokenizerSettings settings = TokenizerSettings.of(config, lowerCase);
    added.checkDistinct(settings::normalized);
    ObjectNode content = WordPieceJson.of(vocabulary, settings, added, special);
    PostProcessor.put(content, special, added.withVocabulary());
    return TokenizerFile.of(source, content, named, true);
  }

  private NamedTokens withDefaults(NamedTokens said) {
    NamedTokens named = said;
    for (SpecialToken role : SpecialToken.values()) {
      if (named.isSilent(role)) {
        named = named.with(role, Optional.of(AddedToken.special(role.token())));
      } else if (named.token(role).isEmpty() && SpecialTokens.NEEDED.contains(role)) {
        throw new UserException(
            "%s: '%s' is null; a BERT tokenizer has one; take the line out if it is %s"
                .formatted(config.file(), NamedTokens.key(role), role.token()));
      }
    }
    return named;
  }
}
