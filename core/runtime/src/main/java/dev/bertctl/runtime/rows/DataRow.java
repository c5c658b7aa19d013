// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a file.
 *
 * @param location file and line
 * @param columns its values by the file's names, as they stand there, nulls included
 * @param header where the columns are named: the header's line, or the row itself for JSON lines
 * @param present names of the columns there are; a row of a table may lack values for some
 * @param nulls names of further columns, which have a JSON null
 * @param terms finds columns and labels
 */
public record DataRow(
    Location location,
    Map<String, Object> columns,
    Location header,
    Set<String> present,
    Set<String> nulls,
    RowTerms terms)
    implements Row {

  /** A row that is a JSON object. */
  public static DataRow json(Location location, Map<String, Object> object, RowTerms terms) {
    Set<String> present = new LinkedHashSet<>();
    Set<String> nulls = new LinkedHashSet<>();
    object.forEach((name, value) -> (value == null ? nulls : present).add(name));
    return new DataRow(location, object, location, present, nulls, terms);
  }

  /**
   * A column that the user has named and a table lacks is misnamed, and not one that is not there.
   */
  @Override
  public boolean has(Column column) {
    boolean isThere = terms.names().find(column, present).isPresent();
    if (!isThere && !isJson() && terms.names().isMapped(column)) {
      throw missing(column);
    }
    return isThere;
  }

  @Override
  public Optional<String> find(Column column) {
    return terms
        .names()
        .find(column, present)
        .filter(columns::containsKey)
        .map(name -> text(column, name))
        // An empty cell is how a table says that there is no value.
        .filter(text -> isJson() || !text.isEmpty());
  }

  @Override
  public String get(Column column) {
    return text(column, name(column));
  }

  @Override
  public Object value(Column column) {
    String name = name(column);
    Object value = Judged.value(columns.get(name), name, location);
    return LabelSynonyms.isIn(column) ? terms.synonyms().value(value) : value;
  }

  private String text(Column column, String name) {
    String text = Row.text(location, name, Judged.value(columns.get(name), name, location));
    return LabelSynonyms.isIn(column) ? terms.synonyms().label(text) : text;
  }

  @Override
  public boolean endsBefore(Column column) {
    return terms
        .names()
        .find(column, present)
        .filter(name -> !columns.containsKey(name))
        .isPresent();
  }

  @Override
  public boolean isNull(Column column) {
    return !has(column) && terms.names().find(column, nulls).isPresent();
  }

  private String name(Column column) {
    String name = terms.names().find(column, present).orElseThrow(() -> missing(column));
    if (!columns.containsKey(name)) {
      throw new DataException(
          location,
          "the row ends before column '%s': %d of %d cells; a tab or a line break within a text must be replaced by a space"
              .formatted(name, columns.size(), present.size()));
    }
    return name;
  }

  /** What it has for a label, as one text; empty if no column of labels was ever asked for. */
  public String label() {
    return terms
        .names()
        .labels()
        .flatMap(column -> terms.names().find(column, present))
        .map(columns::get)
        .map(value -> terms.synonyms().value(value).toString())
        .map(Invisible::strip)
        .orElse("");
  }

  /**
   * Makes sure that a table has a column; a row of JSON may lack it.
   *
   * @param name the file's name for it
   * @param key the setting that names it
   */
  public void requireColumn(String name, String key) {
    if (!isJson() && !present.contains(name)) {
      throw new DataException(
          header,
          "no column '%s', which %s names; the file has: %s"
              .formatted(name, key, String.join(", ", present)));
    }
  }

  private DataException missing(Column column) {
    return new DataException(
        header, terms.names().missing(column, present, isJson() ? "row" : "file"));
  }

  private boolean isJson() {
    return header.equals(location);
  }
}
