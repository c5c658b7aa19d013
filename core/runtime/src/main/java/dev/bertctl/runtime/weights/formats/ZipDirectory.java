// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the entries of a zip file lie (<a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">format</a>). Only what PyTorch
 * writes is read: entries stored as they are, one after the other. Java's own reader does not tell
 * where an entry lies, without which it cannot be mapped.
 */
final class ZipDirectory {

  private static final int HEADER_SIGNATURE = 0x04034b50;
  private static final int HEADER_LENGTH = 30;
  private static final int ENCRYPTED = 1;

  private final Path file;
  private final FileChannel channel;

  private ZipDirectory(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * The content of one entry.
   *
   * @param header where the entry's own header begins
   * @param begin where its content begins
   * @param end one past its last byte
   */
  record Slice(long header, long begin, long end) {

    long length() {
      return end - begin;
    }
  }

  /**
   * The entries by their names.
   *
   * @throws FileException if the directory contradicts the file
   * @throws UserException if an entry is compressed, encrypted or a program
   */
  static Map<String, Slice> read(Path file, FileChannel channel) throws IOException {
    return new ZipDirectory(file, channel).read(ZipEnd.read(file, channel));
  }

  private Map<String, Slice> read(ZipEnd end) {
    Map<String, Slice> slices = new LinkedHashMap<>();
    FileCursor cursor = new FileCursor(file, channel, end.directory(), end.directoryEnd());
    long entries = 0;
    while (cursor.remaining() > 0) {
      ZipRecord record = ZipRecord.next(cursor);
      entries++;
      check(record);
      if (slices.put(record.name(), slice(record, end.directory())) != null) {
        throw FileException.damaged(
            file, "its zip directory has the entry " + record.name() + " twice");
      }
    }
    if (entries != end.entries()) {
      throw FileException.damaged(
          file, "its zip directory has " + entries + " entries and says " + end.entries());
    }
    checkOverlaps(slices);
    return slices;
  }

  private void check(ZipRecord record) {
    String name = record.name();
    if (name.startsWith("/")
        || List.of(name.split("/", -1)).contains("..")
        || !name.matches("[^\\p{Cntrl}\\\\:]+")) {
      throw FileException.damaged(
          file,
          "its zip directory has an entry of the name '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "'");
    }
    if ((record.flags() & ENCRYPTED) != 0) {
      throw new UserException(file + ": its entry " + name + " is encrypted; decrypt it first");
    }
    if (name.matches("[^/]+/(code/.*|constants\\.pkl)")) {
      throw new UserException(
          file
              + ": it is a TorchScript archive, a program with its weights; save the model's"
              + " state_dict() with torch.save");
    }
    if (record.method() != 0) {
      throw new UserException(
          file
              + ": its entry "
              + name
              + " is compressed, as PyTorch never does it; save the weights anew with torch.save");
    }
    if (record.compressed() != record.size()) {
      throw FileException.damaged(
          file,
          "its entry "
              + name
              + " is stored as it is, but in "
              + record.compressed()
              + " bytes instead of "
              + record.size());
    }
  }

  /** An entry's own header repeats its name, and may be longer than the directory knows. */
  private Slice slice(ZipRecord record, long dataEnd) {
    long header = record.header();
    if (header < 0 || header > dataEnd - HEADER_LENGTH) {
      throw outside(record);
    }
    FileCursor cursor = new FileCursor(file, channel, header, dataEnd);
    if (cursor.i32() != HEADER_SIGNATURE) {
      throw outside(record);
    }
    cursor.skip(22);
    int nameLength = cursor.u16();
    int extraLength = cursor.u16();
    if (nameLength + extraLength > cursor.remaining()) {
      throw outside(record);
    }
    String name = new String(cursor.bytes(nameLength), StandardCharsets.UTF_8);
    cursor.skip(extraLength);
    if (!name.equals(record.name()) || record.size() < 0 || record.size() > cursor.remaining()) {
      throw outside(record);
    }
    return new Slice(header, cursor.position(), cursor.position() + record.size());
  }

  private FileException outside(ZipRecord record) {
    return FileException.damaged(
        file,
        "its entry "
            + record.name()
            + " of "
            + record.size()
            + " bytes does not lie at byte "
            + record.header()
            + ", where the zip directory has it");
  }

  private void checkOverlaps(Map<String, Slice> slices) {
    List<Map.Entry<String, Slice>> sorted = new ArrayList<>(slices.entrySet());
    sorted.sort(Comparator.comparingLong(entry -> entry.getValue().header));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).getValue().header < sorted.get(i - 1).getValue().end) {
        throw FileException.damaged(
            file,
            "its entries "
                + sorted.get(i - 1).getKey()
                + " and "
                + sorted.get(i).getKey()
                + " overlap");
      }
    }
  }
}
