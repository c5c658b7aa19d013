// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A vocabulary made up: special tokens, a few words, and the pieces met. A piece is a special
 * token, up to four letters or digits of a word, or one other character. Each piece of each text,
 * but for special tokens, has an id of its own, so that it is recognised wherever it turns up. Used
 * by one thread.
 */
final class ToyVocabulary implements Vocabulary {

  private static final Pattern PIECE =
      Pattern.compile(
          "\\[(?:PAD|UNK|CLS|SEP|MASK)\\]|[\\p{L}\\p{M}\\p{N}]{1,4}|[^\\s\\p{L}\\p{M}\\p{N}]");

  private final List<String> tokens =
      new ArrayList<>(
          Stream.concat(
                  Stream.of(
                          SpecialToken.PAD,
                          SpecialToken.CLS,
                          SpecialToken.SEP,
                          SpecialToken.UNK,
                          SpecialToken.MASK)
                      .map(SpecialToken::token),
                  Stream.of("a", "toy", "of", "word", "##s", "."))
              .toList());

  private final Map<String, Pieces> texts = new LinkedHashMap<>();

  /** The pieces of a text; new ones if it was not met before. */
  Pieces pieces(String text) {
    return texts.computeIfAbsent(text, this::split);
  }

  private Pieces split(String text) {
    List<MatchResult> found = PIECE.matcher(text).results().toList();
    return new Pieces(
        found.stream().mapToInt(match -> id(match.group())).toArray(),
        found.stream().mapToInt(MatchResult::start).toArray(),
        found.stream().mapToInt(MatchResult::end).toArray());
  }

  /** A special token's own id, as tokenizers find it in texts; a new one for any other piece. */
  private int id(String piece) {
    int special = tokens.subList(0, SpecialToken.values().length).indexOf(piece);
    if (special >= 0) {
      return special;
    }
    tokens.add(piece);
    return tokens.size() - 1;
  }

  @Override
  public int size() {
    return tokens.size();
  }

  @Override
  public String token(int id) {
    return tokens.get(id);
  }

  @Override
  public OptionalInt find(String token) {
    int id = tokens.indexOf(token);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
