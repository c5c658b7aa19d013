// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The numbers, texts and bytes that stand in a pickle. */
final class PickleLiterals {

  /** Of parameters; longer texts stay in the file. */
  private static final int LONGEST_NAME = 1024;

  private static final int LONGEST_INTEGER = 255;

  private final FileCursor cursor;

  PickleLiterals(FileCursor cursor) {
    this.cursor = cursor;
  }

  /** The value that an operation pushes; null if it is none of those with a value. */
  Object next(int operation) {
    return switch (operation) {
      case 'N' -> Plain.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> (long) cursor.u8();
      case 'M' -> (long) cursor.u16();
      case 'J' -> (long) cursor.i32();
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(cursor.i64()));
      case 0x8a -> integer(cursor.u8());
      case 0x8b -> integer(cursor.u32());
      case 'X' -> utf8(cursor.u32());
      case 0x8c -> utf8(cursor.u8());
      case 0x8d -> utf8(cursor.length64());
      // Python 2's texts.
      case 'U' -> latin1(cursor.u8());
      case 'T' -> latin1(cursor.u32());
      case 'C' -> PickledBytes.next(cursor, cursor.u8());
      case 'B' -> PickledBytes.next(cursor, cursor.u32());
      case 0x8e, 0x96 -> PickledBytes.next(cursor, cursor.length64());
      default -> null;
    };
  }

  /** A module's or class's name. */
  String line() {
    StringBuilder name = new StringBuilder();
    for (int next = cursor.u8(); next != '\n'; next = cursor.u8()) {
      name.append((char) next);
      if (name.length() > LONGEST_NAME) {
        throw damaged("its pickle has a name of more than " + LONGEST_NAME + " bytes");
      }
    }
    return name.toString();
  }

  private Object utf8(long length) {
    return length <= LONGEST_NAME
        ? new String(cursor.bytes((int) length), StandardCharsets.UTF_8)
        : new LongText(PickledBytes.next(cursor, length));
  }

  private Object latin1(long length) {
    if (length <= LONGEST_NAME) {
      return new String(cursor.bytes((int) length), StandardCharsets.ISO_8859_1);
    }
    cursor.skip(length);
    return Plain.OTHER;
  }

  /** Little-endian, two's complement. */
  private Object integer(long length) {
    if (length > LONGEST_INTEGER) {
      throw damaged("its pickle has an integer of " + length + " bytes");
    }
    byte[] littleEndian = cursor.bytes((int) length);
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[littleEndian.length - i] = littleEndian[i];
    }
    bigEndian[0] = (byte) (bigEndian[bigEndian.length == 1 ? 0 : 1] >> 7);
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private FileException damaged(String problem) {
    return FileException.damaged(cursor.file(), problem);
  }
}
