// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The special tokens that a tokenizer's configuration names, {@code pad_token} and so on, and
 * further ones ({@code extra_special_tokens}), combined as transformers 5 does.
 */
final class NamedTokens {

  private static final String ENDING = "_token";

  /** transformers' order. */
  private static final List<String> STANDARD =
      Stream.of("bos", "eos", "unk", "sep", "pad", "cls", "mask").map(n -> n + ENDING).toList();

  /** Those of them that BERT does not use. */
  static final List<String> OTHERS = STANDARD.subList(0, 2);

  private static final String EXTRA = "extra_special_tokens";

  /** What transformers 4 calls them, and 5 understands. */
  static final String ADDITIONAL = "additional_special_tokens";

  private final Map<String, Optional<AddedToken>> tokens = new LinkedHashMap<>();
  private final List<AddedToken> extra = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private NamedTokens() {}

  /**
   * Combines two files.
   *
   * @param configFile where the configuration comes from, for errors
   * @param config tokenizer_config.json
   * @param mapFile where the map comes from, for errors
   * @param map special_tokens_map.json, which goes before the former; empty where it does not count
   */
  static NamedTokens of(Path configFile, ObjectNode config, Path mapFile, ObjectNode map) {
    NamedTokens named = new NamedTokens();
    Set<String> keys = new LinkedHashSet<>(STANDARD);
    Stream.concat(map.properties().stream(), config.properties().stream())
        // Not what tells whether a token is put in front, add_bos_token.
        .filter(entry -> entry.getValue().isTextual() || entry.getValue().isObject())
        .map(Map.Entry::getKey)
        .filter(key -> key.endsWith(ENDING))
        .forEach(keys::add);
    for (String key : keys) {
      boolean own = !STANDARD.contains(key) && config.path(key).isTextual();
      if (map.has(key) && !own) {
        named.put(mapFile, key, map.get(key), true);
      } else if (config.has(key)) {
        named.put(configFile, key, config.get(key), false);
      }
    }
    named.addExtra(configFile, config, mapFile, map);
    return named;
  }

  private void put(Path file, String key, JsonNode value, boolean special) {
    if (value.isNull()) {
      tokens.put(key, Optional.empty());
      return;
    }
    AddedToken token = token(file, key, value, special);
    tokens.put(key, Optional.of(token));
    if (STANDARD.contains(key) && (special || value.isTextual())) {
      known.add(token.content());
    }
  }

  /** In special_tokens_map.json all are special, whatever it says. */
  private static AddedToken token(Path file, String key, JsonNode value, boolean special) {
    if (special && value instanceof ObjectNode object) {
      return AddedToken.of(file, key, object.deepCopy().put("special", true));
    }
    return AddedToken.of(file, key, value);
  }

  /** Of either name, which transformers makes one of in two steps. */
  private void addExtra(Path configFile, ObjectNode config, Path mapFile, ObjectNode map) {
    JsonNode further = config.path(EXTRA);
    boolean renamed = (further.isMissingNode() || further.isEmpty()) && config.has(ADDITIONAL);
    addExtra(configFile, renamed ? ADDITIONAL : EXTRA, config, false);
    addExtra(mapFile, EXTRA, map, true);
    extra.forEach(token -> known.add(token.content()));
    boolean there = renamed || (config.has(EXTRA) && !further.isObject()) || map.has(EXTRA);
    if (!there && map.has(ADDITIONAL)) {
      addExtra(mapFile, ADDITIONAL, map, true);
    } else if (!there) {
      addExtra(configFile, ADDITIONAL, config, false);
    }
  }

  private void addExtra(Path file, String key, ObjectNode source, boolean special) {
    JsonNode value = source.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (value.isObject()) {
      value.properties().forEach(t -> put(file, t.getKey(), t.getValue(), special));
      return;
    }
    if (!value.isArray()) {
      throw new UserException(
          "%s: '%s' is %s; it must be a list of tokens".formatted(file, key, value));
    }
    for (JsonNode entry : value) {
      extra.add(token(file, key, entry, special));
    }
  }

  /** Those with a name, in transformers' order. */
  List<AddedToken> tokens() {
    return tokens.values().stream().flatMap(Optional::stream).toList();
  }

  /** Those whose names are not standard. */
  List<AddedToken> further() {
    return tokens.entrySet().stream()
        .filter(entry -> !STANDARD.contains(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Those without a name. */
  List<AddedToken> extra() {
    return List.copyOf(extra);
  }

  /** Whether a token is one of those with a name. */
  boolean hasName(String token) {
    return tokens().stream().anyMatch(named -> named.content().equals(token));
  }

  /** Whether a token has several names, or stands among those without one too. */
  boolean isNamedTwice(String token) {
    return Stream.concat(tokens().stream(), extra.stream())
            .filter(named -> named.content().equals(token))
            .count()
        > 1;
  }

  /**
   * Whether transformers takes a token of added_tokens.json for special: not if it has one of the
   * names that are not standard, and not for all forms of the lists.
   */
  boolean makesSpecial(String token) {
    return known.contains(token);
  }

  /** The token of a role, if it has one; empty too if the role is said to have none. */
  Optional<AddedToken> token(SpecialToken role) {
    return token(key(role));
  }

  /** The token of a name, if it has one. */
  Optional<AddedToken> token(String key) {
    return tokens.getOrDefault(key, Optional.empty());
  }

  /** Whether nothing is said of a role. */
  boolean isSilent(SpecialToken role) {
    return !tokens.containsKey(key(role));
  }

  /** The same with a role's token, or without one. */
  NamedTokens with(SpecialToken role, Optional<AddedToken> token) {
    NamedTokens changed = new NamedTokens();
    for (String key : STANDARD) {
      if (key.equals(key(role))) {
        changed.tokens.put(key, token);
      } else if (tokens.containsKey(key)) {
        changed.tokens.put(key, tokens.get(key));
      }
    }
    tokens.forEach(changed.tokens::putIfAbsent);
    changed.extra.addAll(extra);
    changed.known.addAll(known);
    return changed;
  }

  /** A role's name in the files. */
  static String key(SpecialToken role) {
    return role.name().toLowerCase(Locale.ROOT) + ENDING;
  }
}
