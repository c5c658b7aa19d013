// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/** Tells in which encoding bytes that are not UTF-8 most likely are. */
final class LikelyEncoding {

  /** GBK and GB2312 are parts of it. */
  private static final String ALL_CHINESE = "GB18030";

  private LikelyEncoding() {}

  /**
   * The encoding that an advice may name: it decodes every one of the bytes.
   *
   * @param bytes some of a file, with the first that are not UTF-8; may end within a character
   */
  static Optional<Charset> of(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes);
    detector.dataEnd();
    return Optional.ofNullable(detector.getDetectedCharset())
        .map(name -> name.startsWith("GB") ? ALL_CHINESE : name)
        .filter(Charset::isSupported)
        .map(Charset::forName)
        .filter(charset -> decodes(charset, bytes));
  }

  private static boolean decodes(Charset charset, byte[] bytes) {
    // Of a character that the bytes end within, nothing is wrong.
    return !charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(2 * bytes.length + 2), false)
        .isError();
  }
}
