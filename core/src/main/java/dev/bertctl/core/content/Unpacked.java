// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes a compression, or a zip of one file, off a content, whatever its name; refuses other
 * content that is no text by its name. Unpacks while it is read, so that what a small file can grow
 * to fills no memory.
 */
final class Unpacked {

  /** Bytes by which gzip and zip are known. */
  private static final int ARCHIVE_MARK = 4;

  private static final int BUFFER = 1 << 16;

  private Unpacked() {}

  /**
   * Opens a content.
   *
   * @param name the file as the user named it
   * @throws DataException if it is no text
   */
  static InputStream open(String name, Content content) {
    InputStream stream = content.open(name);
    try {
      BufferedInputStream raw = new BufferedInputStream(stream, BUFFER);
      byte[] head = head(raw);
      if (isZip(head)) {
        stream.close();
        stream = ZippedFile.open(name, onDisk(name, content));
        return checked(name, unpacked(name, stream));
      }
      Optional<Compression> compression = Compression.of(head);
      return checked(
          name, compression.isPresent() ? unpacked(name, compression.get().unpack(raw)) : raw);
    } catch (IOException e) {
      close(stream);
      throw damaged(name, e);
    } catch (RuntimeException e) {
      close(stream);
      throw e;
    }
  }

  private static BufferedInputStream unpacked(String name, InputStream unpacking) {
    return new BufferedInputStream(new UnpackedStream(name, unpacking), BUFFER);
  }

  /** What is unpacked must be text: an archive in another would hide what is trained on. */
  private static InputStream checked(String name, BufferedInputStream in) throws IOException {
    byte[] head = head(in);
    Optional<String> problem =
        isZip(head) || Compression.of(head).isPresent()
            ? Optional.of("is packed twice. Unpack it once")
            : FileKind.problem(head);
    if (problem.isPresent()) {
      in.close();
      throw refused(name, problem.get());
    }
    return in;
  }

  /** The name of the only file in a zip; empty for other content. */
  static Optional<String> nameInZip(String name, Content content, Path file) {
    try (InputStream in = content.open(name)) {
      return isZip(in.readNBytes(ARCHIVE_MARK))
          ? Optional.of(ZippedFile.name(name, file))
          : Optional.empty();
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  private static Path onDisk(String name, Content content) {
    return content
        .file()
        .orElseThrow(
            () -> refused(name, "is a zip, which a pipe cannot give. Unpack it: unzip -p FILE"));
  }

  private static boolean isZip(byte[] head) {
    return begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6);
  }

  private static boolean begins(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The first bytes, as many as are there at once, but so many that an archive is known: who types
   * at a terminal waits for no more of them.
   */
  private static byte[] head(BufferedInputStream in) throws IOException {
    in.mark(FileKind.LONGEST);
    byte[] head = new byte[FileKind.LONGEST];
    int count = 0;
    int read = 0;
    while (count < ARCHIVE_MARK && read >= 0) {
      count += read;
      read = in.read(head, count, head.length - count);
    }
    in.reset();
    return Arrays.copyOf(head, count + Math.max(0, read));
  }

  /** What unpacking throws while it is read. */
  static DataException damaged(String name, IOException e) {
    return refused(
        name,
        "cannot be read to its end (%s); it is damaged, cut off or encrypted"
            .formatted(FileException.reason(e)));
  }

  static DataException refused(String name, String problem) {
    return new DataException(new Location(name, 0), problem);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
