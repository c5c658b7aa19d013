// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.zip.Deflater;

/**
 * A layer's weights as a page carries them: a byte each, deflated, in base64. The byte is the
 * square root of the weight, times 255: of 512 tokens most weights are below 1/255, and would all
 * be 0. A weight near 0.5 is kept to 0.003, one near 0.002 to 0.0002.
 */
final class PackedWeights {

  private static final int LARGEST = 255;
  private static final int BUFFER = 1 << 16;

  private PackedWeights() {}

  /**
   * Packs weights.
   *
   * @param weights from 0 to 1
   */
  static String of(float... weights) {
    return Base64.getEncoder().encodeToString(deflated(bytes(weights)));
  }

  static byte[] bytes(float... weights) {
    byte[] bytes = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      bytes[i] = (byte) Math.round(Math.sqrt(weights[i]) * LARGEST);
    }
    return bytes;
  }

  private static byte[] deflated(byte... bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
