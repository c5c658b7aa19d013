// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * What Hugging Face's library makes of a text, as far as it is used: DJL's own class asks for much
 * more, all of it on Java's heap.
 *
 * @param ids the pieces
 * @param spans their places in the text, in characters of Unicode
 */
record NativeEncoding(long[] ids, CharSpan[] spans) {

  private static final HeapRoom HEAP = new HeapRoom();

  /** An object with two numbers, and a reference to it. */
  private static final long BYTES_PER_SPAN = 32;

  /**
   * Splits a text.
   *
   * @throws OutOfMemoryError if the heap has no room for the answer
   */
  static NativeEncoding of(HuggingFaceTokenizer tokenizer, String text) {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    // What fails in Java throws from here already.
    long encoding = HEAP.call(0, () -> library.encode(tokenizer.getHandle(), text, false));
    try {
      // No text has more pieces than characters.
      long[] ids =
          HEAP.call((long) text.length() * Long.BYTES, () -> library.getTokenIds(encoding));
      CharSpan[] spans =
          HEAP.call(ids.length * BYTES_PER_SPAN, () -> library.getTokenCharSpans(encoding));
      return new NativeEncoding(ids, spans);
    } finally {
      library.deleteEncoding(encoding);
    }
  }
}
