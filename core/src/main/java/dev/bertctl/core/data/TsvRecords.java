// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Quotes;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The records of a TSV file. Some programs put quotes around cells, as in CSV; in other files, such
 * as those of GLUE, quotes are characters of the texts. The first quotes of a file that tell decide
 * for all of it:
 *
 * <ul>
 *   <li>a header all in quotes is of a file that quotes,
 *   <li>so is a row which, read so, has a cell for each column, and whose quotes do something that
 *       only they can,
 *   <li>a quote elsewhere is an ordinary character, and so are all quotes of its file,
 *   <li>a file in which no quotes tell, but cells are in quotes just where they have commas, is
 *       Excel's, which quotes those in TSV too.
 * </ul>
 */
final class TsvRecords implements Records {

  /** Lines that are looked at for a closing quote before it is known that the file quotes. */
  private static final int AHEAD = 1000;

  /** Lines that are looked at to see whether a row that ends early is one of several lines. */
  private static final int HALVES = 20;

  private final Lines lines;
  private final boolean isTold;
  private final int maxRecord;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private Quotes quotes;
  private int columns;
  private boolean quotedCommas;
  private boolean otherCommas;

  /**
   * @param lines the file's lines
   * @param quotes what quotes are in it
   * @param isTold whether the file tells or has told that, and not the user
   * @param maxRecord longest record allowed, in characters
   */
  TsvRecords(Lines lines, Quotes quotes, boolean isTold, int maxRecord) {
    this.lines = lines;
    this.quotes = quotes;
    this.isTold = isTold;
    this.maxRecord = maxRecord;
  }

  /** What quotes are in the file, after looking at as much of it as tells. */
  Quotes tell() {
    while (quotes == Quotes.AUTO && next().isPresent()) {
      // On to the next row.
    }
    if (quotes == Quotes.AUTO) {
      quotes = quotedCommas && !otherCommas ? Quotes.DOUBLE : Quotes.NONE;
    }
    return quotes;
  }

  @Override
  public Optional<Cells> next() {
    if (!hasLine()) {
      return Optional.empty();
    }
    Line line = nextLine();
    boolean isHeader = columns == 0;
    List<String> values = values(line, isHeader);
    if (isHeader) {
      columns = values.size();
    }
    return Optional.of(new Cells(line.location(), values));
  }

  private List<String> values(Line line, boolean isHeader) {
    if (line.text().indexOf('"') < 0) {
      otherCommas |= !isHeader && line.text().indexOf(',') >= 0;
      return ordinary(line);
    }
    return switch (quotes) {
      case NONE -> isTold && !isHeader ? checked(line) : ordinary(line);
      case DOUBLE -> quoted(line);
      case AUTO -> isHeader ? header(line) : undecided(line);
    };
  }

  private static List<String> ordinary(Line line) {
    return Arrays.asList(line.text().split("\t", -1));
  }

  private List<String> header(Line line) {
    QuotedCells cells = new QuotedCells();
    if (cells.add(line.text()) == QuotedCells.State.COMPLETE && cells.areAllQuoted()) {
      quotes = Quotes.DOUBLE;
      return cells.values();
    }
    return ordinary(line);
  }

  private List<String> quoted(Line first) {
    QuotedCells cells = new QuotedCells();
    QuotedCells.State state = cells.add(first.text());
    long length = first.text().length();
    while (state == QuotedCells.State.OPEN && hasLine()) {
      Line line = nextLine();
      length += line.text().length();
      if (length > maxRecord) {
        break;
      }
      state = cells.add(line.text());
    }
    if (state != QuotedCells.State.COMPLETE) {
      throw new DataException(
          first.location(),
          "the quotes of this record do not match: a value in double quotes must end with one, and quotes within it are doubled (\"\"). Correct it, or set data.quotes=none if quotes are ordinary characters in this file");
    }
    return cells.values();
  }

  /** The first row that tells decides for the file. */
  private List<String> undecided(Line first) {
    QuotedCells cells = new QuotedCells();
    List<Line> taken = new ArrayList<>(List.of(first));
    QuotedCells.State state = cells.add(first.text());
    while (state == QuotedCells.State.OPEN && taken.size() < AHEAD && hasLine()) {
      Line line = nextLine();
      taken.add(line);
      state = cells.add(line.text());
    }
    boolean isRecord = state == QuotedCells.State.COMPLETE && !areRows(taken);
    if (isRecord && cells.values().size() == columns && cells.showsThatTheFileQuotes()) {
      quotes = Quotes.DOUBLE;
      return cells.values();
    }
    // So lines are looked at a second time once in a file at most.
    if (!isRecord || taken.size() > 1 || cells.hasBareQuote()) {
      quotes = Quotes.NONE;
    }
    giveBack(taken);
    countCommas(ordinary(first));
    return ordinary(first);
  }

  /**
   * A row in a file whose quotes are characters, as it has been told. One that ends early, but
   * would be whole with the lines behind it if its quotes were read, is refused: those lines may be
   * rows of the right length by chance, and half a text each.
   */
  private List<String> checked(Line first) {
    List<String> values = ordinary(first);
    if (values.size() < columns && values.get(values.size() - 1).startsWith("\"")) {
      QuotedCells cells = new QuotedCells();
      List<Line> taken = new ArrayList<>(List.of(first));
      QuotedCells.State state = cells.add(first.text());
      while (state == QuotedCells.State.OPEN && taken.size() < HALVES && hasLine()) {
        Line line = nextLine();
        taken.add(line);
        state = cells.add(line.text());
      }
      if (state == QuotedCells.State.COMPLETE && cells.values().size() == columns) {
        throw new DataException(
            first.location(),
            "a text in quotes seems to go on in the next line, but quotes elsewhere in this file are ordinary characters; set data.quotes=double if they are to be read, data.quotes=none if not");
      }
      giveBack(taken);
    }
    return values;
  }

  /** All but the first, which is being read. */
  private void giveBack(List<Line> taken) {
    for (int i = taken.size() - 1; i > 0; i--) {
      ahead.addFirst(taken.get(i));
    }
  }

  private void countCommas(List<String> cells) {
    for (String cell : cells) {
      boolean isQuoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
      boolean hasComma = cell.indexOf(',') >= 0;
      quotedCommas |= isQuoted && hasComma;
      otherCommas |= isQuoted != hasComma;
    }
  }

  /** Whether several lines are a row each; they are none together. */
  private boolean areRows(List<Line> several) {
    return several.size() > 1
        && several.stream().allMatch(line -> ordinary(line).size() == columns);
  }

  private boolean hasLine() {
    return !ahead.isEmpty() || lines.hasNext();
  }

  private Line nextLine() {
    return ahead.isEmpty() ? lines.next() : ahead.removeFirst();
  }
}
