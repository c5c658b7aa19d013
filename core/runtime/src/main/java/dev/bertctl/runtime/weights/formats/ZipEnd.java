// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of a zip file, which says where its directory is. There may be nothing behind it, and
 * nothing between it and the directory.
 *
 * @param entries how many the directory has
 * @param directory where it begins
 * @param directoryEnd one past its last byte
 */
record ZipEnd(long entries, long directory, long directoryEnd) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int LENGTH_64 = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int MANY_IN_ZIP64 = 0xffff;

  static ZipEnd read(Path file, FileChannel channel) throws IOException {
    long at = channel.size() - LENGTH;
    if (at < 0) {
      throw noEnd(file);
    }
    FileCursor cursor = new FileCursor(file, channel, at, channel.size());
    if (cursor.i32() != SIGNATURE) {
      throw noEnd(file);
    }
    cursor.skip(6);
    int entries = cursor.u16();
    long length = cursor.u32();
    long directory = cursor.u32();
    if (entries == MANY_IN_ZIP64 || length == IN_ZIP64 || directory == IN_ZIP64) {
      return read64(file, channel, at - LOCATOR_LENGTH);
    }
    // PyTorch may add the long form to a short file, too.
    long end = at - length == directory ? at : at - LOCATOR_LENGTH - LENGTH_64;
    return checked(file, new ZipEnd(entries, directory, end), length);
  }

  private static ZipEnd read64(Path file, FileChannel channel, long locator) {
    long at = locator - LENGTH_64;
    if (at < 0) {
      throw noEnd(file);
    }
    FileCursor cursor = new FileCursor(file, channel, at, locator + LOCATOR_LENGTH);
    int signature = cursor.i32();
    cursor.skip(28);
    long entries = cursor.i64();
    long length = cursor.i64();
    long directory = cursor.i64();
    int locatorSignature = cursor.i32();
    cursor.skip(4);
    if (signature != SIGNATURE_64 || locatorSignature != LOCATOR_SIGNATURE || cursor.i64() != at) {
      throw noEnd(file);
    }
    return checked(file, new ZipEnd(entries, directory, at), length);
  }

  private static ZipEnd checked(Path file, ZipEnd end, long length) {
    if (length < 0 || end.directory < 0 || end.directory != end.directoryEnd - length) {
      throw FileException.damaged(file, "its zip directory does not lie where its end says");
    }
    return end;
  }

  private static FileException noEnd(Path file) {
    return FileException.damaged(file, "it does not end as the zip files of PyTorch do");
  }
}
