// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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
    return new FileException(
        "cannot read "
            + file
            + ": "
            + reason(cause, "no such file", FileAccess.reading(refused(cause, file))),
        cause);
  }

  /** The file system refused to write. */
  public static FileException writing(Path file, IOException cause) {
    return new FileException(
        "cannot write "
            + file
            + ": "
            + reason(cause, "there is no such folder", FileAccess.writing(refused(cause, file)))
            + disk(cause, file),
        cause);
  }

  /** Which disk it is that is full, or may not be written: others may have room. */
  private static String disk(IOException cause, Path file) {
    String reason =
        cause instanceof FileSystemException refusal ? refusal.getReason() : cause.getMessage();
    if (reason == null || !reason.matches("No space left .*|Read-only .*|Disk quota .*")) {
      return "";
    }
    Path existing = file.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return " (on the disk %s)".formatted(Files.getFileStore(existing));
    } catch (IOException unknown) {
      // The path has to do.
      return "";
    }
  }

  /** The file system refused to remove. */
  public static FileException removing(Path file, IOException cause) {
    Path folder = refused(cause, file).toAbsolutePath().getParent();
    return new FileException(
        "cannot remove "
            + file
            + ": "
            + reason(cause, "no such file", FileAccess.writing(folder))
            + disk(cause, folder),
        cause);
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

  /** What the file system names may lie deeper than what was asked for. */
  private static Path refused(IOException cause, Path file) {
    return cause instanceof FileSystemException refusal && refusal.getFile() != null
        ? Path.of(refusal.getFile())
        : file;
  }

  /** Why input or output failed, in the words of a file system, not of a program. */
  public static String reason(IOException cause) {
    return reason(cause, "no such file", "permission denied");
  }

  private static String reason(IOException cause, String missing, String denied) {
    if (cause instanceof NoSuchFileException) {
      return missing;
    }
    if (cause instanceof AccessDeniedException) {
      return denied;
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "there is something of that name already";
    }
    if (cause instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (cause instanceof EOFException && cause.getMessage() == null) {
      return "it ends too early";
    }
    String reason =
        cause instanceof FileSystemException problem ? problem.getReason() : cause.getMessage();
    return reason == null ? "input or output failed" : reason;
  }
}
