// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of LevelDB and TensorFlow: CRC-32C, rotated and shifted so that the checksum of data
 * that hold checksums is still a good one.
 */
public final class MaskedCrc {

  private static final int MASK_DELTA = 0xa282ead8;

  private MaskedCrc() {}

  /** Of what is between a buffer's position and its limit. */
  public static int of(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
