// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The only file in a zip, which closes the zip with it. */
final class ZippedFile extends FilterInputStream {

  /** Names of files that a message shows. */
  private static final int SHOWN = 3;

  private final ZipFile zip;

  private ZippedFile(ZipFile zip, InputStream file) {
    super(file);
    this.zip = zip;
  }

  /**
   * Opens it.
   *
   * @param name the zip as the user named it
   * @param path where it is
   * @throws IOException if it cannot be read
   * @throws dev.bertctl.spi.data.DataException if there is not one file in it
   */
  static InputStream open(String name, Path path) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    try {
      return new ZippedFile(zip, zip.getInputStream(only(name, zip)));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Its name; parameters and failures are those of {@link #open}. */
  static String name(String name, Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return only(name, zip).getName();
    }
  }

  private static ZipEntry only(String name, ZipFile zip) {
    List<? extends ZipEntry> files =
        zip.stream()
            .filter(entry -> !entry.isDirectory())
            // What macOS adds to each file.
            .filter(entry -> !entry.getName().startsWith("__MACOSX/"))
            .toList();
    if (files.size() == 1) {
      return files.get(0);
    }
    if (zip.getEntry("[Content_Types].xml") != null) {
      throw Unpacked.refused(
          name,
          "is an Office document (such as .xlsx), which is not read. Save it as \"CSV UTF-8\"");
    }
    throw Unpacked.refused(
        name,
        files.isEmpty()
            ? "is an empty zip"
            : "is a zip of %d files (%s%s); one of a single file is read. Unpack it and name the file in it"
                .formatted(files.size(), names(files), files.size() > SHOWN ? ", ..." : ""));
  }

  private static String names(List<? extends ZipEntry> files) {
    return files.stream().limit(SHOWN).map(ZipEntry::getName).collect(Collectors.joining(", "));
  }

  @Override
  public void close() throws IOException {
    super.close();
    zip.close();
  }
}
