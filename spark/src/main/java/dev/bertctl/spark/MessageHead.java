// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What comes before the bytes of a message.
 *
 * @param generation of the training it belongs to
 * @param from the rank of the process that sends it
 * @param size of the message in bytes
 * @param name what the receiver asks for
 */
record MessageHead(int generation, int from, int size, String name) {

  ByteBuffer encoded() {
    byte[] letters = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 * Integer.BYTES + letters.length)
        .putInt(generation)
        .putInt(from)
        .putInt(size)
        .put(letters)
        .flip();
  }

  static MessageHead decoded(ByteBuffer bytes) {
    return new MessageHead(
        bytes.getInt(),
        bytes.getInt(),
        bytes.getInt(),
        StandardCharsets.UTF_8.decode(bytes).toString());
  }
}
