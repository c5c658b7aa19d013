// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of files that are no text, by their first bytes, and what to do with them. */
enum FileKind {
  PARQUET(
      "50 41 52 31",
      "a Parquet table in a pipe or an archive",
      "Name the Parquet file itself",
      true),
  ARROW("41 52 52 4F 57 31", "an Arrow table (Feather)", Advice.TABLE, true),
  FEATHER("46 45 41 31", "a Feather table", Advice.TABLE, true),
  AVRO("4F 62 6A 01", "an Avro file", Advice.TABLE, false),
  ORC("4F 52 43", "an ORC table", Advice.TABLE, true),
  HDF5("89 48 44 46 0D 0A 1A 0A", "an HDF5 file", Advice.TABLE, false),
  NUMPY("93 4E 55 4D 50 59", "a NumPy array", Advice.TABLE, false),
  PICKLE_2("80 02", "a Python pickle", Advice.TABLE, false),
  PICKLE_3("80 03", "a Python pickle", Advice.TABLE, false),
  PICKLE_4("80 04", "a Python pickle", Advice.TABLE, false),
  PICKLE_5("80 05", "a Python pickle", Advice.TABLE, false),
  SQLITE(
      "53 51 4C 69 74 65 20 66 6F 72 6D 61 74 20 33 00", "an SQLite database", Advice.TABLE, false),
  OFFICE(
      "D0 CF 11 E0 A1 B1 1A E1",
      "an Office document (such as .xls)",
      "Save it as \"CSV UTF-8\"",
      false),
  PDF("25 50 44 46 2D 31 2E", "a PDF document", "Take its text out first", false),
  SEVEN_ZIP("37 7A BC AF 27 1C", "a 7z archive", "Unpack it and name the file in it", false),
  RAR("52 61 72 21 1A 07", "a RAR archive", "Unpack it and name the file in it", false),
  LFS_POINTER(
      hex("version https://git-lfs"),
      "the pointer that Git LFS leaves instead of a file",
      "Fetch the file: git lfs pull",
      false);

  /** What a packed file is looked at for. */
  static final int LONGEST = 512;

  private static final int TAR_MARK = 257;

  private final byte[] first;
  private final String name;
  private final String advice;
  private final boolean alsoText;

  /**
   * @param first the first bytes, in hexadecimal
   * @param name what it is, after "is"
   * @param advice what to do
   * @param alsoText whether a text may begin so: then there must be a byte that no text has
   */
  FileKind(String first, String name, String advice, boolean alsoText) {
    String[] parts = first.split(" ");
    this.first = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      this.first[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    this.name = name;
    this.advice = advice;
    this.alsoText = alsoText;
  }

  /** What is wrong with content that begins so; empty if it may be text. */
  static Optional<String> problem(byte[] head) {
    if (isTar(head)) {
      return Optional.of("is a tar archive. Unpack it and name the file in it");
    }
    return Arrays.stream(values())
        .filter(kind -> kind.begins(head))
        .findFirst()
        .map(kind -> "is %s, which is not read. %s".formatted(kind.name, kind.advice));
  }

  /** Whether content that begins so is of this kind. */
  boolean begins(byte[] head) {
    return head.length >= first.length
        && Arrays.equals(head, 0, first.length, first, 0, first.length)
        && (!alsoText || hasControl(head));
  }

  private static boolean hasControl(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < '\t') {
        return true;
      }
    }
    return false;
  }

  private static boolean isTar(byte[] head) {
    byte[] mark = "ustar".getBytes(StandardCharsets.US_ASCII);
    return head.length >= TAR_MARK + mark.length
        && Arrays.equals(head, TAR_MARK, TAR_MARK + mark.length, mark, 0, mark.length);
  }

  private static String hex(String ascii) {
    StringBuilder hex = new StringBuilder();
    ascii.chars().forEach(c -> hex.append(hex.isEmpty() ? "" : " ").append("%02X".formatted(c)));
    return hex.toString();
  }

  /** Enum constants cannot refer to the enum's own constants. */
  private static final class Advice {
    static final String TABLE = "Write its rows as csv or JSON lines first";
  }
}
