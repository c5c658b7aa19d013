// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells CoNLL columns from running text by the first lines: columns have a tag ({@code O}, {@code
 * B-PER}) in the same place of each line. Where lines may be either, such as single words, that is
 * an error: a guess would take words for sentences, or sentences for words.
 *
 * <p>{@code Marta B-PER}, {@code lives O} are columns, {@code Marta lives in Bergen.} is text.
 */
final class ColumnsOrText {

  /** Lines that are looked at. */
  private static final int MOST = 200;

  /** So many lines with a tag in the same place show columns, though none of the tags is O. */
  private static final int ENOUGH = 3;

  private static final Pattern TAG = Pattern.compile("O|[BIESLUMW](-\\S+)?");

  private final Location location;
  private int lines;
  private int cells;
  private boolean tabs;
  private boolean outside;

  /** The places of cells that have been tags in each line. */
  private final BitSet tags = new BitSet();

  private ColumnsOrText(Location location) {
    this.location = location;
  }

  /**
   * Reads no more lines than it takes.
   *
   * @param location the file
   * @param lines its lines
   * @throws DataException if both are possible
   */
  static Format tell(Location location, Iterator<String> lines) {
    ColumnsOrText telling = new ColumnsOrText(location);
    Optional<Format> told = Optional.empty();
    for (int i = 0; told.isEmpty() && i < MOST && lines.hasNext(); i++) {
      told = telling.read(lines.next());
    }
    return told.orElseGet(telling::atTheEnd);
  }

  private Optional<Format> read(String line) {
    // WebAnno's files are columns, too: it is for the task to say whether it reads them.
    if (line.startsWith("-DOCSTART-") || line.startsWith("#FORMAT=WebAnno TSV")) {
      return Optional.of(Format.CONLL);
    }
    // A comment, or the hash tag of a tweet, which tells no more.
    if (line.isBlank() || line.startsWith("#")) {
      return Optional.empty();
    }
    boolean tabbed = line.indexOf('\t') >= 0;
    String[] found = tabbed ? line.split("\t", -1) : line.strip().split(" +");
    if (lines > 0 && found.length != cells) {
      // The reader of columns names the line.
      return Optional.of(showsColumns() ? Format.CONLL : Format.TEXT);
    }
    count(found, tabbed);
    if (cells == 1 || tags.isEmpty() && tabs) {
      return Optional.empty();
    }
    if (tags.isEmpty()) {
      return Optional.of(Format.TEXT);
    }
    return tabs ? Optional.of(Format.CONLL) : Optional.empty();
  }

  private void count(String[] found, boolean tabbed) {
    if (lines == 0) {
      cells = found.length;
      tabs = tabbed;
      tags.set(1, Math.max(1, cells));
    }
    lines++;
    for (int i = tags.nextSetBit(0); i >= 0; i = tags.nextSetBit(i + 1)) {
      String cell = found[i].strip();
      tags.set(i, TAG.matcher(cell).matches());
      outside |= cell.equals("O");
    }
  }

  private boolean showsColumns() {
    return !tags.isEmpty() && (outside && lines > 1 || lines >= ENOUGH);
  }

  private Format atTheEnd() {
    if (showsColumns()) {
      return Format.CONLL;
    }
    if (lines > 1 && cells == 1 || tabs) {
      throw new DataException(
          location,
          "its lines may be words with their columns, or sentences; name the format: conll for a word a line, text for a sentence a line (data.format in a configuration, --format on the command line)");
    }
    return Format.TEXT;
  }
}
