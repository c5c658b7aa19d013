// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Forms in which one stream is compressed, by their first bytes. Each is unpacked while it is read,
 * to its end also where several were joined, and holds no more than its window in memory.
 */
enum Compression {
  GZIP(0x1F, 0x8B) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new GZIPInputStream(packed, BUFFER);
    }
  },
  ZSTD(0x28, 0xB5, 0x2F, 0xFD) {
    @Override
    boolean begins(byte[] head) {
      return super.begins(head) || isSkippableFrame(head);
    }

    @Override
    InputStream unpack(InputStream packed) throws IOException {
      ZstdLibrary.prepare();
      return new ZstdInputStream(packed);
    }
  },
  /** A digit stands between, and the first block's mark behind, as far as it is there yet. */
  BZIP2('B', 'Z', 'h') {
    @Override
    boolean begins(byte[] head) {
      return super.begins(head)
          && head.length > BZIP2_DIGIT
          && head[BZIP2_DIGIT] >= '1'
          && head[BZIP2_DIGIT] <= '9'
          && (head.length == BZIP2_DIGIT + 1
              || head[BZIP2_DIGIT + 1] == BZIP2_BLOCK
              || head[BZIP2_DIGIT + 1] == BZIP2_END);
    }

    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new BZip2CompressorInputStream(packed, true);
    }
  },
  XZ(0xFD, '7', 'z', 'X', 'Z') {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new XZInputStream(packed, XZ_MEMORY_KIB);
    }
  },
  LZ4(0x04, 0x22, 0x4D, 0x18) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new FramedLZ4CompressorInputStream(packed, true);
    }
  };

  private static final int BUFFER = 1 << 16;

  /** Twice what xz -9 takes. */
  private static final int XZ_MEMORY_KIB = 1 << 17;

  private static final int BZIP2_DIGIT = 3;
  private static final int BZIP2_BLOCK = 0x31;
  private static final int BZIP2_END = 0x17;

  private final byte[] first;

  Compression(int... first) {
    this.first = new byte[first.length];
    for (int i = 0; i < first.length; i++) {
      this.first[i] = (byte) first[i];
    }
  }

  /** The form of content that begins so; empty if it is not compressed. */
  static Optional<Compression> of(byte[] head) {
    return Arrays.stream(values()).filter(form -> form.begins(head)).findFirst();
  }

  boolean begins(byte[] head) {
    return head.length >= first.length
        && Arrays.equals(head, 0, first.length, first, 0, first.length);
  }

  /**
   * What a stream unpacks to; closes it.
   *
   * @throws IOException if it cannot be read or is damaged, also when it is read
   */
  abstract InputStream unpack(InputStream packed) throws IOException;

  /** As pzstd writes before each part. */
  private static boolean isSkippableFrame(byte[] head) {
    return head.length >= 4
        && (head[0] & 0xF0) == 0x50
        && head[1] == 0x2A
        && head[2] == 0x4D
        && head[3] == 0x18;
  }
}
