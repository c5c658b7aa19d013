// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Packs words between spaces; {@code un-happy} is the pieces {@code un ##happy}, and an ideograph a
 * piece of its own. Words get ids as they are met, from 5.
 */
final class TestPacker implements Packer, Vocabulary {

  private static final Pattern PIECE =
      Pattern.compile("\\[MASK]|\\p{IsIdeographic}|-?[^\\s\\-\\p{IsIdeographic}]+");

  private final int maxLength;
  private final List<String> tokens =
      new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));

  TestPacker(int maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public Vocabulary vocabulary() {
    return this;
  }

  @Override
  public Pieces tokenize(String text) {
    List<MatchResult> found = PIECE.matcher(text).results().toList();
    return new Pieces(
        found.stream().mapToInt(match -> id(match.group())).toArray(),
        found.stream().mapToInt(MatchResult::start).toArray(),
        found.stream().mapToInt(MatchResult::end).toArray());
  }

  private int id(String piece) {
    return id(piece, piece.startsWith("-") ? "##" + piece.substring(1) : piece);
  }

  private int id(String piece, String token) {
    int known = tokens.indexOf(token);
    if (known >= 0) {
      return known;
    }
    tokens.add(token);
    return tokens.size() - 1;
  }

  @Override
  public Sequence single(Pieces text) {
    int kept = Math.min(text.size(), maxLength - 2);
    return sequence(List.of(text.slice(0, kept)), List.of(text.size() - kept));
  }

  @Override
  public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
    int a = first.size();
    int b = second.size();
    while (a + b > maxLength - 3) {
      boolean cutFirst = a > b;
      a -= cutFirst ? 1 : 0;
      b -= cutFirst ? 0 : 1;
    }
    return sequence(
        List.of(first.slice(0, a), second.slice(0, b)),
        List.of(first.size() - a, second.size() - b));
  }

  private static Sequence sequence(List<Pieces> texts, List<Integer> cut) {
    IntStream.Builder ids = IntStream.builder().add(2);
    IntStream.Builder segments = IntStream.builder().add(0);
    for (int text = 0; text < texts.size(); text++) {
      int segment = text;
      IntStream.concat(IntStream.of(texts.get(text).ids()), IntStream.of(3))
          .forEach(
              id -> {
                ids.add(id);
                segments.add(segment);
              });
    }
    return new Sequence(ids.build().toArray(), segments.build().toArray(), texts, cut);
  }

  /** The tokens of ids, with spaces between. */
  String text(int... ids) {
    return String.join(" ", IntStream.of(ids).mapToObj(this::token).toList());
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
