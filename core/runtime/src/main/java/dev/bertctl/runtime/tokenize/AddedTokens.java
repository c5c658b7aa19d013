// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The tokens that are looked for in a text before it is split, with the ids that Hugging Face's
 * library gives them: that of the vocabulary where they are in it, else the next one behind it,
 * whatever a file says.
 */
final class AddedTokens {

  /** An added token and its id. */
  private record Entry(AddedToken token, int id) {}

  /** Published models have some hundred. */
  private static final int MOST = 100_000;

  private final Path source;
  private final Map<String, Integer> vocabulary;
  private final boolean hasGaps;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** The highest id of them; -1 as long as there are none. */
  private int last = -1;

  /**
   * Of a vocabulary.
   *
   * @param source its file, for errors
   * @param vocabulary the ids of its tokens
   */
  AddedTokens(Path source, Map<String, Integer> vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.hasGaps =
        vocabulary.values().stream().mapToInt(id -> id + 1).max().orElse(0) != vocabulary.size();
  }

  /** Adds those that a tokenizer.json lists, in its order. */
  void addListed(Path file, JsonNode list) {
    if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
      throw new UserException(
          "%s: 'added_tokens' is %s; it must be a list of tokens"
              .formatted(file, list.getNodeType().toString().toLowerCase(Locale.ROOT)));
    }
    for (JsonNode listed : list) {
      AddedToken token = AddedToken.of(file, "added_tokens", listed);
      add(file, token, TokenizerFile.id(file, token.content(), listed.path("id")));
    }
  }

  /**
   * Adds one whose id a file says.
   *
   * @throws UserException if the library would give it another id, or it is there with other flags
   */
  void add(Path file, AddedToken token, int id) {
    Entry known = entries.get(token.content());
    if (known != null && !known.token().equals(token.resolved())) {
      throw new UserException(
          "%s: its token '%s' is not the one in %s, whose flags differ; make them equal"
              .formatted(file, token.content(), source));
    }
    int given = next(token);
    if (given != id) {
      throw new UserException(
          "%s: token '%s' has the id %d, but Hugging Face's library gives it %d, %s; make the files agree, with the ids that the model was trained with"
              .formatted(
                  file,
                  token.content(),
                  id,
                  given,
                  vocabulary.containsKey(token.content())
                      ? "the one in " + source
                      : "the next one free"));
    }
    put(token, id);
  }

  /** Adds one whose id nothing says, unless it is there. */
  void add(AddedToken token) {
    if (!entries.containsKey(token.content())) {
      put(token, next(token));
    }
  }

  /**
   * Adds the special tokens that a configuration names and no file lists.
   *
   * @return those that there are
   */
  NamedTokens addNamed(NamedTokens named) {
    Set<String> listed = Set.copyOf(entries.keySet());
    Stream.concat(named.tokens().stream().map(AddedToken::asSpecial), named.extra().stream())
        .filter(token -> !listed.contains(token.content()))
        // Of one that is named twice the flags of the last count.
        .forEach(token -> put(token, next(token)));
    // Published vocabularies without a mask token exist, and fine-tuning needs none. The one that
    // the class itself names would get an id that the model has no embedding for.
    String mask = SpecialToken.MASK.token();
    boolean isMask =
        named.token(SpecialToken.MASK).filter(token -> token.content().equals(mask)).isPresent();
    if (isMask && !listed.contains(mask) && isLastAndNew(mask) && !named.isNamedTwice(mask)) {
      entries.remove(mask);
      last = entries.values().stream().mapToInt(Entry::id).max().orElse(-1);
      return named.with(SpecialToken.MASK, Optional.empty());
    }
    return named;
  }

  /**
   * Checks that tokens that are looked for in the normalised text differ there: of equal ones the
   * versions of Hugging Face's library find another.
   *
   * @param normalized what becomes of a text
   * @throws UserException if two are equal
   */
  void checkDistinct(UnaryOperator<String> normalized) {
    Map<String, String> seen = new HashMap<>();
    for (Entry entry : entries.values()) {
      if (entry.token().normalized().orElseThrow()) {
        String token = entry.token().content();
        String other = seen.put(normalized.apply(token), token);
        if (other != null) {
          throw new UserException(
              "%s: the added tokens '%s' and '%s' are looked for in the normalised text, where they are the same; set 'normalized' to false for one of them, or remove it"
                  .formatted(source, other, token));
        }
      }
    }
  }

  /**
   * Checks the token for unknown words: without one the library fails at the first of them.
   *
   * @throws UserException if it is not in the vocabulary
   */
  void checkUnknown(String token) {
    if (!vocabulary.containsKey(token)) {
      throw new UserException(
          "%s: its token for unknown words, '%s', is not in its vocabulary; fetch the model again"
              .formatted(source, token));
    }
  }

  private void put(AddedToken token, int id) {
    if (hasGaps && !vocabulary.containsKey(token.content())) {
      throw new UserException(
          "%s: its ids have gaps, or some token is there twice, so that Hugging Face's library gives the added token '%s' an id within the vocabulary; make the ids run without gaps"
              .formatted(source, token.content()));
    }
    if (entries.size() >= MOST) {
      throw new UserException(
          "%s: more than %d added tokens; use another model".formatted(source, MOST));
    }
    entries.put(token.content(), new Entry(token.resolved(), id));
    last = Math.max(last, id);
  }

  private int next(AddedToken token) {
    Entry known = entries.get(token.content());
    if (known != null) {
      return known.id();
    }
    Integer id = vocabulary.get(token.content());
    if (id != null) {
      return id;
    }
    return Math.max(last + 1, vocabulary.size());
  }

  /** Whether it is there. */
  boolean contains(String token) {
    return entries.containsKey(token);
  }

  /** The one with a content. */
  Optional<AddedToken> find(String token) {
    return Optional.ofNullable(entries.get(token)).map(Entry::token);
  }

  /** Whether a token is neither in the vocabulary nor in front of another that is not. */
  private boolean isLastAndNew(String token) {
    Entry entry = entries.get(token);
    return entry != null && !vocabulary.containsKey(token) && entry.id() == last;
  }

  /** Them by id. */
  SortedMap<Integer, AddedToken> byId() {
    SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
    entries.values().forEach(entry -> tokens.put(entry.id(), entry.token()));
    return tokens;
  }

  /** The ids of them and of the vocabulary. */
  Map<String, Integer> withVocabulary() {
    Map<String, Integer> ids = new LinkedHashMap<>(vocabulary);
    entries.forEach((token, entry) -> ids.put(token, entry.id()));
    return ids;
  }

  /** Lists them as a tokenizer.json does, by id. */
  void addTo(ObjectNode root) {
    ArrayNode list = root.putArray("added_tokens");
    byId().forEach((id, token) -> token.addTo(list.addObject(), id));
  }
}
