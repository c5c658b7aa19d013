// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be read or written, or whose contents make no sense. */
public final class FileException extends UserException {

  private static final long serialVersionUID = 1L;

  private FileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The file system refused to read. */
  public static FileException reading(Path file, IOException cause) {
    return new FileException("cannot read " + file + ": " + reason(cause, "no such file"), cause);
  }

  /** The file system refused to write. */
  public static FileException writing(Path file, IOException cause) {
    return new FileException(
        "cannot write " + file + ": " + reason(cause, "there is no such folder"), cause);
  }

  /** The file system refused to remove. */
  public static FileException removing(Path file, IOException cause) {
    return new FileException("cannot remove " + file + ": " + reason(cause, "no such file"), cause);
  }

  /**
   * The contents contradict the format.
   *
   * @param problem what is wrong, as a sentence without its full stop
   */
  public static FileException damaged(Path file, String problem) {
    return new FileException(
        file + ": " + problem + "; the file is damaged or incomplete: fetch or copy it again",
        null);
  }

  private static String reason(IOException cause, String missing) {
    return cause instanceof NoSuchFileException
        ? missing
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
