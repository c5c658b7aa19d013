// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bertctl.core.content.TextReader;
import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a JSON document: the objects in its array, or objects that follow each other. One is
 * in memory at a time. Behind one that is malformed nothing is sure: {@link #hasNext} throws.
 */
final class JsonArrayRows implements RowSource {

  private final Location start;
  private final TextReader text;
  private final FileReading reading;
  private final JsonParser parser;
  private final boolean isArray;
  private boolean ended;
  private Optional<DataRow> next;
  private Object raw = "";

  /**
   * @param file the file as the user named it
   * @param text its characters
   * @param reading how the file is read
   * @throws DataException if there is no row
   */
  JsonArrayRows(Location file, TextReader text, FileReading reading) {
    this.start = new Location(file.file(), 1);
    this.text = text;
    this.reading = reading;
    this.parser = Json.located(start, () -> Json.parser(text));
    JsonToken first = Json.located(start, parser::nextToken);
    this.isArray = first == JsonToken.START_ARRAY;
    this.next = first == null ? Optional.empty() : isArray ? advance() : Optional.of(row(first));
    if (next.isEmpty()) {
      throw new DataException(file, isArray ? "the file's array is empty" : "the file is empty");
    }
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      next = advance();
    }
    return next.isPresent();
  }

  @Override
  public DataRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    DataRow row = next.orElseThrow();
    next = Optional.empty();
    raw = row.columns();
    return row;
  }

  @Override
  public Object raw() {
    return raw;
  }

  private Optional<DataRow> advance() {
    JsonToken token = Json.located(start, parser::nextToken);
    if (isArray && token == JsonToken.END_ARRAY && !ended) {
      ended = true;
      token = Json.located(start, parser::nextToken);
    }
    if (ended && token != null) {
      throw new DataException(here(), "more follows after the array; remove it");
    }
    return token == null ? Optional.empty() : Optional.of(row(token));
  }

  @SuppressWarnings("unchecked") // an object is a map, whose keys are texts
  private DataRow row(JsonToken token) {
    Location location = here();
    if (token != JsonToken.START_OBJECT) {
      throw new DataException(location, JsonRows.NO_OBJECT);
    }
    text.beginRecord(location.line());
    Object object = Json.located(start, () -> Json.value(parser, location));
    return DataRow.json(location, (Map<String, Object>) object, reading.terms());
  }

  private Location here() {
    return new Location(start.file(), parser.currentTokenLocation().getLineNr());
  }
}
