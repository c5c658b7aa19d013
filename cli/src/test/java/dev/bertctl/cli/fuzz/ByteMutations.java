// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage that knows nothing of a format. */
final class ByteMutations {

  /** Bytes that formats of text give a meaning to, and characters that programs stumble over. */
  private static final List<String> PIECES =
      List.of(
          "\0",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "\"",
          "'",
          ",",
          ";",
          ":",
          "{",
          "}",
          "[",
          "]",
          "\\",
          "\\u0000",
          "\\ud800",
          "#",
          "- ",
          "&a ",
          "*a",
          "!!set ",
          "null",
          "NaN",
          "1e999",
          "-1",
          "99999999999999999999",
          "\uFEFF",
          "\u200B",
          "\u00A0",
          "\u2028",
          "\u0085",
          "\uD83D\uDE00",
          "e\u0301",
          "../",
          "${HOME}",
          "%s",
          " ".repeat(2000),
          "x".repeat(70000));

  /** Lengths, offsets and counts that break what trusts them. */
  private static final long[] NUMBERS = {
    0, 1, -1, 0x7f, 0x80, 0xffff, 0x7fff_ffffL, 0x8000_0000L, 1L << 40, Long.MAX_VALUE
  };

  /** Any of them. */
  static final Mutation ANY =
      Mutation.oneOf(
          ByteMutations::flip,
          ByteMutations::flip,
          ByteMutations::overwrite,
          ByteMutations::number,
          ByteMutations::insert,
          ByteMutations::insert,
          ByteMutations::remove,
          ByteMutations::repeat,
          ByteMutations::cut);

  private ByteMutations() {}

  private static byte[] flip(byte[] content, Random random) {
    if (content.length == 0) {
      return content;
    }
    byte[] mutant = content.clone();
    mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
    return mutant;
  }

  private static byte[] overwrite(byte[] content, Random random) {
    if (content.length == 0) {
      return content;
    }
    byte[] mutant = content.clone();
    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
    return mutant;
  }

  /** A number of one to eight bytes, in either order of bytes. */
  private static byte[] number(byte[] content, Random random) {
    int size = 1 << random.nextInt(4);
    if (content.length < size) {
      return content;
    }
    byte[] mutant = content.clone();
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    int from = random.nextInt(mutant.length - size + 1);
    boolean big = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      mutant[from + (big ? size - 1 - i : i)] = (byte) (number >>> (8 * i));
    }
    return mutant;
  }

  private static byte[] insert(byte[] content, Random random) {
    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    return spliced(content, place(content, random), 0, piece);
  }

  private static byte[] remove(byte[] content, Random random) {
    int from = place(content, random);
    return spliced(content, from, length(content.length - from, random), new byte[0]);
  }

  private static byte[] repeat(byte[] content, Random random) {
    int from = place(content, random);
    int length = length(content.length - from, random);
    return spliced(content, from, 0, Arrays.copyOfRange(content, from, from + length));
  }

  private static byte[] cut(byte[] content, Random random) {
    return Arrays.copyOf(content, place(content, random));
  }

  private static int place(byte[] content, Random random) {
    return random.nextInt(content.length + 1);
  }

  /** Most often a short one. */
  private static int length(int most, Random random) {
    return Math.min(most, random.nextInt(4) == 0 ? random.nextInt(most + 1) : random.nextInt(16));
  }

  private static byte[] spliced(byte[] content, int from, int removed, byte[] added) {
    ByteArrayOutputStream mutant = new ByteArrayOutputStream();
    mutant.write(content, 0, from);
    mutant.writeBytes(added);
    mutant.write(content, from + removed, content.length - from - removed);
    return mutant.toByteArray();
  }
}
