// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lengths and checksums, by which a file is known again and a changed one noticed. */
final class FileSums {

  private FileSums() {}

  /**
   * Of a file.
   *
   * @throws FileException if it cannot be read
   */
  static String of(Path file) {
    return of(file, Long.MAX_VALUE);
  }

  /**
   * Of the beginning of a file.
   *
   * @param length in bytes; of a shorter file it is all
   * @throws FileException if it cannot be read
   */
  static String of(Path file, long length) {
    try (InputStream content = Files.newInputStream(file)) {
      return of(content, length);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Of all that comes from a stream. */
  static String of(InputStream content) throws IOException {
    return of(content, Long.MAX_VALUE);
  }

  private static String of(InputStream content, long length) throws IOException {
    MessageDigest sum = Sha256.digest();
    byte[] buffer = new byte[1 << 16];
    long read = 0;
    while (read < length) {
      int count = content.read(buffer, 0, (int) Math.min(buffer.length, length - read));
      if (count < 0) {
        break;
      }
      sum.update(buffer, 0, count);
      read += count;
    }
    return text(read, sum);
  }

  /** Of a text, in UTF-8. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MessageDigest sum = Sha256.digest();
    sum.update(bytes);
    return text(bytes.length, sum);
  }

  private static String text(long length, MessageDigest sum) {
    return "%d bytes, sha256 %s".formatted(length, HexFormat.of().formatHex(sum.digest()));
  }

  /**
   * Of all files in a folder, by their paths in it.
   *
   * @throws FileException if one cannot be read
   */
  static Map<String, String> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, String> sums = new TreeMap<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> sums.put(folder.relativize(file).toString(), of(file)));
      return sums;
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    } catch (UncheckedIOException e) {
      throw FileException.reading(folder, e.getCause());
    }
  }
}
