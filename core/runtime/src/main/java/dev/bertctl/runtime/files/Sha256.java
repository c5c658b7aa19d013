// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), as lower-case hexadecimal. */
public final class Sha256 {

  private Sha256() {}

  /** Of a file's contents. */
  public static String of(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return of(content);
    }
  }

  /** Of all that comes from a stream. */
  public static String of(InputStream content) throws IOException {
    MessageDigest digest = digest();
    new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** For what is no file. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
