// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes of a file, a pipe, or standard input. */
public final class Content {

  /** Bits of a Unix file's mode that say what it is, and those of a pipe. */
  private static final int KIND = 0170000;

  private static final int PIPE = 0010000;

  /** What a process has taken out of a pipe is gone from it, whoever asks next. */
  private static final Map<Path, Pipe> PIPES = new ConcurrentHashMap<>();

  private final Opening opening;
  private final Optional<Path> file;
  private final boolean canBeReread;

  private Content(Opening opening, Optional<Path> file, boolean canBeReread) {
    this.opening = opening;
    this.file = file;
    this.canBeReread = canBeReread;
  }

  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * The content of a file or of a named pipe such as {@code <(zcat file)}, which is kept in a
   * temporary file while it is read, and can so be read again.
   *
   * @throws DataException if it is neither, or not there; nothing is opened yet
   */
  public static Content of(Path path) {
    Location location = new Location(path.toString(), 0);
    if (!Files.exists(path)) {
      throw new DataException(location, "no such file");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(location, "is a folder; name a file");
    }
    if (Files.isRegularFile(path)) {
      return new Content(() -> Files.newInputStream(path), Optional.of(path), true);
    }
    if (!isPipe(path)) {
      throw new DataException(location, "is a device or socket; name a file or a pipe");
    }
    Pipe pipe = PIPES.computeIfAbsent(path.toAbsolutePath(), Pipe::new);
    return new Content(pipe::open, Optional.empty(), true);
  }

  /** The content of a stream, which can be opened once. */
  public static Content once(InputStream stream) {
    boolean[] taken = {false};
    return new Content(
        () -> {
          if (taken[0]) {
            throw new IllegalStateException("standard input is read a second time");
          }
          taken[0] = true;
          return stream;
        },
        Optional.empty(),
        false);
  }

  private static boolean isPipe(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    try {
      return ((int) Files.getAttribute(path, "unix:mode") & KIND) == PIPE;
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /**
   * Opens it.
   *
   * @param name the file as the user named it
   * @throws DataException if that cannot be done
   */
  public InputStream open(String name) {
    try {
      return opening.open();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static DataException unreadable(String name, IOException e) {
    return new DataException(
        new Location(name, 0),
        e instanceof NoSuchFileException
            ? "no such file"
            : "cannot be opened (%s); check its permissions".formatted(FileException.reason(e)));
  }

  /**
   * Whether it is a Parquet file on disk.
   *
   * @param name the file as the user named it
   */
  public boolean isParquet(String name) {
    if (file.isEmpty()) {
      return false;
    }
    try (InputStream in = open(name)) {
      return FileKind.PARQUET.begins(in.readNBytes(FileKind.LONGEST));
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * What the only file in a zip is called; empty if this is no zip on disk.
   *
   * @param name the file as the user named it
   */
  public Optional<String> nameInZip(String name) {
    return file.flatMap(path -> Unpacked.nameInZip(name, this, path));
  }

  /** Where it lies, if it is a file on disk. */
  Optional<Path> file() {
    return file;
  }

  /** Whether it can be opened more than once. */
  public boolean canBeReread() {
    return canBeReread;
  }
}
