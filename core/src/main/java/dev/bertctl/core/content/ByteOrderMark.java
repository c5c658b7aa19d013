// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes at a file's beginning that tell its encoding. */
enum ByteOrderMark {
  UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
  // Before that of UTF-16LE, which is its first half.
  UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
  UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
  UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
  UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

  /** Of the longest mark. */
  static final int LENGTH = 4;

  /** Characters that are enough to tell an encoding of two bytes by its zeros. */
  private static final int PROBE = 64;

  private final Charset charset;
  private final int[] bytes;

  ByteOrderMark(Charset charset, int... bytes) {
    this.charset = charset;
    this.bytes = bytes;
  }

  Charset charset() {
    return charset;
  }

  int length() {
    return bytes.length;
  }

  /** The mark that bytes begin with. */
  static Optional<ByteOrderMark> at(ByteBuffer in) {
    for (ByteOrderMark mark : values()) {
      if (mark.begins(in)) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  private boolean begins(ByteBuffer in) {
    if (in.remaining() < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((in.get(in.position() + i) & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The encoding of a text whose mark is missing but whose every second byte is zero, as in UTF-16
   * Latin letters are. UTF-8 has no zeros in a text.
   */
  static Optional<Charset> missing(ByteBuffer in) {
    int[] zeros = new int[2];
    int pairs = Math.min(PROBE, in.remaining() / 2);
    for (int i = 0; i < 2 * pairs; i++) {
      if (in.get(in.position() + i) == 0) {
        zeros[i % 2]++;
      }
    }
    if (zeros[1] > pairs / 2 && zeros[0] == 0) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return zeros[0] > pairs / 2 && zeros[1] == 0
        ? Optional.of(StandardCharsets.UTF_16BE)
        : Optional.empty();
  }
}
