// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens and their ids, which are given out in the order in which tokens are added. */
final class TokenIds {

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> tokens = new ArrayList<>();

  /** The id of a token, which is a new one if there is no such token yet. */
  int add(String token) {
    Integer known = ids.putIfAbsent(token, tokens.size());
    if (known != null) {
      return known;
    }
    tokens.add(token);
    return tokens.size() - 1;
  }

  /** The id of a token that was added. */
  int id(String token) {
    return ids.get(token);
  }

  String token(int id) {
    return tokens.get(id);
  }

  int size() {
    return tokens.size();
  }

  List<String> tokens() {
    return List.copyOf(tokens);
  }
}
