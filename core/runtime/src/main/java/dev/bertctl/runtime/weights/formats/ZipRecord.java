// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.nio.charset.StandardCharsets;

/**
 * What a zip file's directory says about an entry; nothing of it has been checked.
 *
 * @param flags bit 0: encrypted
 * @param method 0: stored as it is
 * @param compressed bytes in the file
 * @param size bytes when unpacked
 * @param header where the entry begins, with a header of its own
 */
record ZipRecord(String name, int flags, int method, long compressed, long size, long header) {

  private static final int SIGNATURE = 0x02014b50;
  private static final int ZIP64_FIELD = 1;
  private static final long IN_ZIP64 = 0xffffffffL;

  /** The record that comes next. */
  static ZipRecord next(FileCursor cursor) {
    if (cursor.i32() != SIGNATURE) {
      throw FileException.damaged(
          cursor.file(), "its zip directory has something else among its entries");
    }
    cursor.skip(4);
    int flags = cursor.u16();
    int method = cursor.u16();
    cursor.skip(8);
    long compressed = cursor.u32();
    long size = cursor.u32();
    int nameLength = cursor.u16();
    int extraLength = cursor.u16();
    int commentLength = cursor.u16();
    cursor.skip(8);
    long header = cursor.u32();
    String name = new String(cursor.bytes(nameLength), StandardCharsets.UTF_8);
    ZipRecord record = new ZipRecord(name, flags, method, compressed, size, header);
    record = record.withZip64(cursor, cursor.position() + extraLength);
    cursor.skip(commentLength);
    return record;
  }

  /** What does not fit into 32 bits stands in a field of its own. */
  private ZipRecord withZip64(FileCursor cursor, long end) {
    ZipRecord record = this;
    while (end - cursor.position() >= 4) {
      int id = cursor.u16();
      long fieldEnd = cursor.u16() + cursor.position();
      if (id == ZIP64_FIELD) {
        long longSize = size == IN_ZIP64 ? cursor.i64() : size;
        long longCompressed = compressed == IN_ZIP64 ? cursor.i64() : compressed;
        long longHeader = header == IN_ZIP64 ? cursor.i64() : header;
        record = new ZipRecord(name, flags, method, longCompressed, longSize, longHeader);
      }
      if (cursor.position() > fieldEnd || fieldEnd > end) {
        throw FileException.damaged(
            cursor.file(), "entry " + name + " of its zip directory is longer than it says");
      }
      cursor.skip(fieldEnd - cursor.position());
    }
    cursor.skip(end - cursor.position());
    return record;
  }
}
