// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the tokenizer of a model folder together, from tokenizer.json or vocab.txt and what {@link
 * TokenizerConfig} says, as transformers 5 does: of the models/bert/tokenization_bert.py and the
 * tokenization_utils_tokenizers.py of its source.
 */
final class TokenizerFolder {

  private final Path folder;
  private final Path json;
  private final Path text;
  private final TokenizerConfig config;

  TokenizerFolder(Path folder) {
    this.folder = folder;
    this.json = folder.resolve(TokenizerFile.NAME);
    this.text = folder.resolve(VocabularyFile.NAME);
    this.config = TokenizerConfig.of(folder);
  }

  TokenizerFile read() {
    boolean whole = Files.isRegularFile(json);
    if (!whole && !Files.isRegularFile(text)) {
      throw new UserException(
          folder
              + ": has neither tokenizer.json nor vocab.txt; a BERT model folder needs one of them");
    }
    return switch (TokenizerClass.of(folder, config)) {
      case BERT -> whole ? piecesOfJson(JsonFile.read(json)) : piecesOfText(true);
      case UNDECLARED -> whole ? asItIs(JsonFile.read(json)) : piecesOfText(false);
      case FILE -> {
        if (!whole) {
          throw new UserException(
              "%s: has no tokenizer.json, which would tell all of a PreTrainedTokenizerFast; copy it there, or, if vocab.txt is of a BertTokenizer, set tokenizer_class to that"
                  .formatted(folder));
        }
        yield asItIs(JsonFile.read(json));
      }
    };
  }

  private TokenizerFile piecesOfText(boolean declared) {
    VocabularyFile vocabulary = VocabularyFile.read(text);
    return pieces(text, vocabulary.ids(), config.declared(), declared || !vocabulary.cased());
  }

  private TokenizerFile piecesOfJson(ObjectNode root) {
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
      listed.byId().forEach((id, token) -> replace(declared, id, token));
    }
    return pieces(json, vocabulary, declared, true);
  }

  /** What tokenizer.json says of a token goes before added_tokens.json. */
  private void replace(SortedMap<Integer, AddedToken> declared, int id, AddedToken token) {
    AddedToken other = declared.put(id, token);
    if (other != null && !other.content().equals(token.content())) {
      throw new UserException(
          "%s: its token '%s' has the id %d, which is that of '%s' in %s; make the files agree"
              .formatted(config.declaredFile(), other.content(), id, token.content(), json));
    }
  }

  private TokenizerFile pieces(
      Path source,
      Map<String, Integer> vocabulary,
      SortedMap<Integer, AddedToken> declared,
      boolean lowerCase) {
    NamedTokens named = config.named();
    for (SpecialToken role : SpecialToken.values()) {
      if (named.isSilent(role)) {
        named = named.with(role, Optional.of(AddedToken.special(role.token())));
      } else if (named.token(role).isEmpty() && SpecialTokens.NEEDED.contains(role)) {
        throw new UserException(
            "%s: '%s' is null; a BERT tokenizer has one; take the line out if it is %s"
                .formatted(config.file(), NamedTokens.key(role), role.token()));
      }
    }
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
    named = addNamed(added, named);
    checkUnknown(source, special.token(SpecialToken.UNK), vocabulary);
    ObjectNode content =
        WordPieceJson.of(vocabulary, TokenizerSettings.of(config, lowerCase), added, special);
    PostProcessor.put(content, special, added.withVocabulary());
    return new TokenizerFile(source, content, named, true);
  }

  /** A tokenizer.json, to which only the special tokens are added that it lacks. */
  private TokenizerFile asItIs(ObjectNode root) {
    Map<String, Integer> vocabulary = TokenizerFile.vocabulary(json, root.path("model"));
    AddedTokens added = new AddedTokens(json, vocabulary);
    added.addListed(json, root.path("added_tokens"));
    for (Map.Entry<Integer, AddedToken> entry : config.declared().entrySet()) {
      AddedToken token = entry.getValue();
      added.add(
          config.declaredFile(),
          config.listsAllAddedTokens() ? token : added.find(token.content()).orElse(token),
          entry.getKey());
    }
    NamedTokens named = config.named();
    SpecialTokens special = SpecialTokens.of(named);
    special.checkAllIn(added.withVocabulary().keySet(), json);
    named = addNamed(added, named);
    String type = root.path("model").path("type").asText();
    if (type.equals("WordPiece") || type.equals("WordLevel")) {
      checkUnknown(json, root.path("model").path("unk_token").asText(), vocabulary);
    }
    PostProcessor.check(root, special, json);
    added.addTo(root);
    root.putNull("truncation");
    root.putNull("padding");
    PostProcessor.put(root, special, added.withVocabulary());
    boolean bert =
        WordPieceJson.isOne(root, vocabulary, added, special)
            && SpecialTokens.NEEDED.stream().allMatch(role -> added.contains(special.token(role)));
    return new TokenizerFile(json, root, bert ? withDefaults(named, added) : named, bert);
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

  /** Adds the special tokens that no file lists; what is left of them. */
  private static NamedTokens addNamed(AddedTokens added, NamedTokens named) {
    boolean listed =
        named.token(SpecialToken.MASK).map(t -> added.contains(t.content())).orElse(true);
    named.tokens().forEach(token -> added.add(token.asSpecial()));
    named.extra().forEach(token -> added.add(token));
    // Published vocabularies without a mask token exist. It would get an id that the model has no
    // embedding for, and fine-tuning needs none.
    Optional<AddedToken> mask = named.token(SpecialToken.MASK);
    if (!listed && added.isLastAndNew(mask.orElseThrow().content())) {
      added.remove(mask.orElseThrow().content());
      return named.with(SpecialToken.MASK, Optional.empty());
    }
    return named;
  }

  /** The library would fail at the first text with an unknown word. */
  private static void checkUnknown(Path source, String token, Map<String, Integer> vocabulary) {
    if (!vocabulary.containsKey(token)) {
      throw new UserException(
          "%s: its token for unknown words, '%s', is not in its vocabulary; fetch the model again"
              .formatted(source, token));
    }
  }
}
