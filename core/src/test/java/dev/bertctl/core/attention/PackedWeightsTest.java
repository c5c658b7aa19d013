// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Random;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class PackedWeightsTest {

  /** What browsers unpack: zlib's format in base64. */
  private static byte[] unpacked(String packed) throws Exception {
    return new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))
        .readAllBytes();
  }

  @Test
  void bytesAreSquareRootsOfWeights() throws Exception {
    byte[] expected = {0, (byte) 255, (byte) 128, (byte) 180};
    assertArrayEquals(expected, unpacked(PackedWeights.of(0, 1, 0.25f, 0.5f)));
  }

  /** A root is off by half of 1/255, a weight by its root's 1/255 and a bit. */
  @Test
  void smallWeightsAreKeptBetterThanLargeOnes() throws Exception {
    Random random = new Random(1);
    float[] weights = new float[200_000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.pow(random.nextDouble(), 4);
    }
    byte[] bytes = unpacked(PackedWeights.of(weights));
    assertEquals(weights.length, bytes.length);
    for (int i = 0; i < weights.length; i++) {
      double back = Math.pow((bytes[i] & 0xFF) / 255.0, 2);
      assertEquals(weights[i], back, Math.sqrt(weights[i]) / 255 + 4e-6);
    }
  }
}
