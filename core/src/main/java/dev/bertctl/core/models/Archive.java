// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.files.FileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A jar or zip that holds a model. Unpacking trusts nothing in it: names stay below the target
 * folder, every entry becomes a regular file or folder, and what comes out is limited by what went
 * in.
 */
final class Archive {

  /** Weights hardly compress, a vocabulary about 4 times. */
  private static final long MOST_GROWTH = 20;

  private static final long MOST_GROWTH_SLACK = 64 << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final int ZIP_SIGNATURE = 0x504b0304;

  private final Path file;
  private final long allowed;
  private final DownloadListener listener;
  private long unpacked;
  private int entries;

  Archive(Path file, DownloadListener listener) throws IOException {
    this.file = file;
    this.allowed = Files.size(file) * MOST_GROWTH + MOST_GROWTH_SLACK;
    this.listener = listener;
  }

  /** Unpacks everything but classes and META-INF; a zip in the jar becomes a folder. */
  void unpack(Path target) throws IOException {
    unpack(target, true);
  }

  /** Unpacks everything; a zip in the zip, such as a file of PyTorch's, stays one. */
  void unpackFiles(Path target) throws IOException {
    unpack(target, false);
  }

  private void unpack(Path target, boolean nested) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      unpack(input, target, nested);
    } catch (ZipException | EOFException e) {
      throw FileException.damaged(file, "it cannot be unpacked: " + e.getMessage());
    }
    if (entries == 0) {
      throw FileException.damaged(file, "it is not a zip or jar");
    }
  }

  private void unpack(InputStream input, Path target, boolean outer) throws IOException {
    ZipInputStream zip = new ZipInputStream(new BufferedInputStream(input));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw FileException.damaged(file, "it has more than " + MOST_ENTRIES + " entries");
      }
      String name = entry.getName();
      Path path = path(target, name);
      if (!entry.isDirectory() && !name.startsWith("META-INF/") && !name.endsWith(".class")) {
        Files.createDirectories(path.getParent());
        BufferedInputStream content = new BufferedInputStream(zip);
        if (outer && isZip(content)) {
          unpack(content, path, false);
        } else {
          write(content, path);
        }
      }
    }
  }

  private Path path(Path target, String name) {
    try {
      Path path = target.resolve(name).normalize();
      boolean plain = !name.contains("\\") && !name.startsWith("/");
      if (plain && path.startsWith(target) && !path.equals(target)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw FileException.damaged(file, "it has an entry of the name '" + name + "'");
    }
    throw FileException.damaged(
        file, "its entry '" + name + "' would be written outside of the folder");
  }

  private static boolean isZip(BufferedInputStream content) throws IOException {
    content.mark(4);
    int signature = 0;
    for (int i = 0; i < 4; i++) {
      signature = signature << 8 | content.read() & 0xff;
    }
    content.reset();
    return signature == ZIP_SIGNATURE;
  }

  private void write(InputStream content, Path path) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream output = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        unpacked += read;
        if (unpacked > allowed) {
          throw FileException.damaged(
              file,
              "its "
                  + Files.size(file)
                  + " bytes unpack to more than "
                  + allowed
                  + ", which no model does");
        }
        output.write(buffer, 0, read);
        listener.progress("unpacking " + file.getFileName(), unpacked, OptionalLong.empty());
      }
    }
  }
}
