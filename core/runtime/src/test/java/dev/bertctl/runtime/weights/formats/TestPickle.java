// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles of protocol 2, good and bad ones, operation by operation. */
final class TestPickle {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TestPickle() {
    op(0x80).op(2);
  }

  /** Single bytes: operations without arguments. */
  TestPickle op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  /** Operations by their characters. */
  TestPickle ops(String codes) {
    return raw(codes.getBytes(StandardCharsets.ISO_8859_1));
  }

  TestPickle raw(byte[] content) {
    bytes.writeBytes(content);
    return this;
  }

  TestPickle u32(long number) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) number).array());
  }

  TestPickle u64(long number) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  TestPickle text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return op('X').u32(utf8.length).raw(utf8);
  }

  /** An integer, of up to 8 bytes. */
  TestPickle integer(long number) {
    return op(0x8a, 8).u64(number);
  }

  TestPickle name(String module, String name) {
    return ops("c" + module + "\n" + name + "\n");
  }

  TestPickle tuple(List<Integer> numbers) {
    op('(');
    numbers.forEach(this::integer);
    return op('t');
  }

  /** A storage, such as a pickle has it in the zip form. */
  TestPickle storage(String type, String key, long elements) {
    return op('(')
        .text("storage")
        .name("torch", type)
        .text(key)
        .text("cpu")
        .integer(elements)
        .ops("tQ");
  }

  /** A tensor of float32. */
  TestPickle tensor(
      String key, long elements, long offset, List<Integer> shape, List<Integer> strides) {
    return name("torch._utils", "_rebuild_tensor_v2")
        .op('(')
        .storage("FloatStorage", key, elements)
        .integer(offset)
        .tuple(shape)
        .tuple(strides)
        .op(0x89)
        .name("collections", "OrderedDict")
        .ops(")RtR");
  }

  /** Ends the pickle. */
  byte[] end() {
    return op('.').bytes.toByteArray();
  }
}
