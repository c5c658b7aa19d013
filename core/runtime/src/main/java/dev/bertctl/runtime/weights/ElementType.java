// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Types of stored numbers; the names are those of safetensors. */
public enum ElementType {
  /** Boolean, one byte. */
  BOOL(1),
  /** Unsigned, 8 bits. */
  U8(1),
  /** Signed, 8 bits. */
  I8(1),
  /** Float of 8 bits, 5 of them exponent. */
  F8_E5M2(1),
  /** Float of 8 bits, 4 of them exponent. */
  F8_E4M3(1),
  /** Signed, 16 bits. */
  I16(2),
  /** Unsigned, 16 bits. */
  U16(2),
  /** IEEE 754 half precision. */
  F16(2),
  /** The upper half of a float32. */
  BF16(2),
  /** Signed, 32 bits. */
  I32(4),
  /** Unsigned, 32 bits. */
  U32(4),
  /** IEEE 754 single precision. */
  F32(4),
  /** IEEE 754 double precision. */
  F64(8),
  /** Signed, 64 bits. */
  I64(8),
  /** Unsigned, 64 bits. */
  U64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Bytes that a tensor of a shape takes; empty if no file could hold as many. */
  public OptionalLong bytes(List<Integer> shape) {
    long total = bytes;
    try {
      for (int dimension : shape) {
        // Shapes come from files: no overflow may make a large tensor look small.
        total = Math.multiplyExact(total, (long) dimension);
      }
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(total);
  }

  /** Whether it is a float, of whatever size. */
  public boolean isFloat() {
    return isWeight() || this == F64 || this == F8_E5M2 || this == F8_E4M3;
  }

  /** Whether weights may be stored in it. */
  public boolean isWeight() {
    return this == F32 || this == F16 || this == BF16;
  }

  /**
   * Stored numbers as float32: a view where they are float32 already, otherwise a copy; float64 is
   * rounded to the nearest.
   *
   * @param stored little-endian, from its position to its limit
   */
  public FloatBuffer floats(ByteBuffer stored) {
    return switch (this) {
      case F32 -> stored.asFloatBuffer();
      case F16 -> widened(stored, ElementType::halfToFloat);
      case BF16 -> widened(stored, bits -> Float.intBitsToFloat(bits << 16));
      case F64 -> narrowed(stored);
      default -> throw new IllegalStateException("weights are not stored as " + this);
    };
  }

  /**
   * Stores numbers as F32 or F16, each rounded to the nearest.
   *
   * @param stored little-endian; takes them from its position on, which is not moved
   */
  public void store(FloatBuffer values, ByteBuffer stored) {
    switch (this) {
      case F32 -> stored.asFloatBuffer().put(values);
      case F16 -> {
        var halves = stored.asShortBuffer();
        while (values.hasRemaining()) {
          halves.put(floatToHalf(values.get()));
        }
      }
      default -> throw new IllegalStateException("numbers are not written as " + this);
    }
  }

  private static FloatBuffer widened(ByteBuffer stored, Widening widening) {
    var halves = stored.asShortBuffer();
    float[] floats = new float[halves.remaining()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = widening.widen(halves.get(i));
    }
    return FloatBuffer.wrap(floats);
  }

  private static FloatBuffer narrowed(ByteBuffer stored) {
    var doubles = stored.asDoubleBuffer();
    float[] floats = new float[doubles.remaining()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles.get(i);
    }
    return FloatBuffer.wrap(floats);
  }

  /** IEEE 754 binary16; Java has its own conversion only from version 20 on. */
  static float halfToFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      // Zero or subnormal: fraction · 2^-24, exact in float32.
      return Float.intBitsToFloat(Float.floatToRawIntBits(fraction * 0x1p-24f) | sign);
    }
    int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  /** To the nearest, of two that are as near to the even one. */
  static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // In multiples of 2^-24; the sum's round-off is the rounding.
      return (short) (sign | Float.floatToRawIntBits(magnitude + 0.5f) - 0x3f000000);
    }
    int magnitudeBits = bits & 0x7fffffff;
    int rounded = magnitudeBits + 0xfff + (magnitudeBits >>> 13 & 1);
    return (short) (sign | (rounded - (112 << 23)) >>> 13);
  }

  private interface Widening {
    float widen(short bits);
  }
}
