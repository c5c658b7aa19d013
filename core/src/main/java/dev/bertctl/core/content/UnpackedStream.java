// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What unpacks to text, of which damage is told with the file's name. */
final class UnpackedStream extends FilterInputStream {

  private final String name;

  /**
   * @param name the file as the user named it
   */
  UnpackedStream(String name, InputStream unpacking) {
    super(unpacking);
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    try {
      return super.read(target, start, length);
    } catch (IOException e) {
      // What can be unpacked before the damage is nothing to train on.
      throw Unpacked.damaged(name, e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
      // As decoders do that trust what they decode.
      throw Unpacked.damaged(name, new IOException("its data contradict each other", e));
    }
  }
}
