// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.FileCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * An array in a file of MXNet, in any of the four forms that its versions wrote.
 *
 * @param type of its numbers; null if it is none, as a parameter is before its shape is known
 * @param shape dimensions
 * @param begin where its numbers begin in the file
 * @param bytes how long they are
 */
record MxnetArray(ElementType type, List<Integer> shape, long begin, long bytes) {

  /** MXNet 0.12. */
  private static final int VERSION_1 = 0xf993fac8;

  /** Since 1.0: with a storage type. */
  private static final int VERSION_2 = 0xf993fac9;

  /** Since 1.6, of the NumPy interface: a shape without dimensions is a number. */
  private static final int VERSION_3 = 0xf993faca;

  /** Bounds what the shape takes. */
  private static final int MOST_DIMENSIONS = 8;

  private static final int DENSE = 0;

  private static final MxnetArray NONE = new MxnetArray(null, List.of(), 0, 0);

  /** MXNet's numbers of types. */
  private static final List<ElementType> TYPES =
      List.of(
          ElementType.F32,
          ElementType.F64,
          ElementType.F16,
          ElementType.U8,
          ElementType.I32,
          ElementType.I8,
          ElementType.I64,
          ElementType.BOOL,
          ElementType.I16,
          ElementType.U16,
          ElementType.U32,
          ElementType.U64,
          ElementType.BF16);

  boolean isWeight() {
    return type != null && type.isFloat();
  }

  /**
   * The array that comes next; the cursor skips its numbers.
   *
   * @param index of the array, for errors
   */
  static MxnetArray next(FileCursor cursor, long index) {
    int magic = cursor.i32();
    boolean numpy = magic == VERSION_3;
    boolean wide = numpy || magic == VERSION_2 || magic == VERSION_1;
    if ((numpy || magic == VERSION_2) && cursor.i32() != DENSE) {
      throw new UserException(
          cursor.file() + ": array " + index + " is sparse; save it as a dense one");
    }
    // The first form begins with the number of dimensions, and has them in 32 bits.
    int dimensions = wide ? cursor.i32() : magic;
    if (numpy && dimensions == -1 || !numpy && dimensions == 0) {
      return NONE;
    }
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
      throw damaged(cursor, index, "has " + dimensions + " dimensions");
    }
    List<Integer> shape = new ArrayList<>();
    boolean unknown = false;
    for (int i = 0; i < dimensions; i++) {
      long size = wide ? cursor.i64() : cursor.u32();
      unknown |= numpy ? size == -1 : size == 0;
      if (size < (numpy ? -1 : 0) || size > Integer.MAX_VALUE) {
        throw damaged(cursor, index, "has a dimension of " + size);
      }
      shape.add((int) size);
    }
    return unknown ? NONE : content(cursor, index, List.copyOf(shape));
  }

  private static MxnetArray content(FileCursor cursor, long index, List<Integer> shape) {
    // The device: its kind and number.
    cursor.skip(8);
    int type = cursor.i32();
    if (type < 0 || type >= TYPES.size()) {
      throw damaged(cursor, index, "is of the unknown type " + type);
    }
    ElementType element = TYPES.get(type);
    long bytes = element.bytes(shape).orElse(-1);
    if (bytes < 0 || bytes > cursor.remaining()) {
      throw damaged(
          cursor,
          index,
          "of shape " + shape + " does not lie in the " + cursor.remaining() + " bytes left");
    }
    long begin = cursor.position();
    cursor.skip(bytes);
    return new MxnetArray(element, shape, begin, bytes);
  }

  private static FileException damaged(FileCursor cursor, long index, String problem) {
    return FileException.damaged(cursor.file(), "array " + index + " " + problem);
  }
}
