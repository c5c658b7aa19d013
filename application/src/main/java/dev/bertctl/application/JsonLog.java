// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/** Lines of a log, each a JSON object. */
public final class JsonLog {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLog() {}

  /**
   * A line, without its end.
   *
   * @param level as {@link java.util.logging.Level} calls it
   * @param event what kind of message it is
   * @param message for a person
   * @param fields the same for programs
   */
  public static String line(String level, String event, String message, Map<String, ?> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", Instant.now().toString());
    line.put("level", level);
    line.put("event", event);
    line.put("message", message);
    line.putAll(fields);
    try {
      return MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + line, e);
    }
  }

  /** Has what libraries log written so too. */
  public static void install() {
    install(Logger.getLogger("").getHandlers());
  }

  private static void install(Handler... handlers) {
    for (Handler handler : handlers) {
      handler.setFormatter(new LibraryFormatter());
      if (handler instanceof ExtHandler outer) {
        install(outer.getHandlers());
      }
    }
  }

  /** Where in the code a failure happened. */
  public static String stackTrace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  private static final class LibraryFormatter extends ExtFormatter {

    @Override
    public String format(ExtLogRecord record) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("logger", String.valueOf(record.getLoggerName()));
      if (record.getThrown() != null) {
        fields.put("stack_trace", stackTrace(record.getThrown()));
      }
      return line(record.getLevel().getName(), "log", formatMessage(record), fields) + "\n";
    }
  }
}
