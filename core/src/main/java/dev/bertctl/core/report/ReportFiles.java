// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.pages.Page;
import dev.bertctl.pages.PageKind;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.ExclusiveFiles;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a report: facts as JSON, and a page that is made of them alone, so that it can be
 * made again.
 */
public final class ReportFiles {

  /** Of a run: in its folder. */
  public static final String JSON = "report.json";

  /** Of a run: in its folder. */
  public static final String HTML = "report.html";

  private static final String PAGE = ".html";
  private static final String TITLE = "title";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportFiles() {}

  /** Writes a run's facts, and their page, into a folder. */
  public static void writeInto(Path folder, Map<String, Object> facts) {
    write(PageKind.REPORT, folder.resolve(HTML), folder.resolve(JSON), facts);
  }

  /**
   * Writes the page of an evaluation, and beside it its facts.
   *
   * @param html a file whose name ends with {@code .html}
   */
  public static void write(Path html, Map<String, Object> facts) {
    write(PageKind.REPORT, html, jsonOf(html), facts);
  }

  /**
   * Writes the page of two reports that are compared, and beside it its facts.
   *
   * @param html a file whose name ends with {@code .html}
   */
  public static void writeComparison(Path html, Map<String, Object> facts) {
    write(PageKind.COMPARISON, html, jsonOf(html), facts);
  }

  private static void write(PageKind kind, Path html, Path json, Map<String, Object> facts) {
    ExclusiveFiles.work(
        List.of(json, html),
        () -> {
          JsonFile.write(json, PlainValues.ofMap(facts));
          page(kind, JsonFile.read(json)).write(html);
          return null;
        });
  }

  /**
   * Where the facts are of a page that is written anywhere.
   *
   * @param html the page's file
   * @throws UserException if its name does not end with {@code .html}
   */
  public static Path jsonOf(Path html) {
    String name = html.getFileName().toString();
    if (!name.endsWith(PAGE) || name.equals(PAGE)) {
      throw new UserException(
          "%s: a report's page needs a name that ends with .html, and beside it goes a .json"
              .formatted(html));
    }
    return html.resolveSibling(name.substring(0, name.length() - PAGE.length()) + ".json");
  }

  /**
   * The facts of a run.
   *
   * @throws UserException if there are none in its folder
   */
  public static Map<String, Object> read(Path folder) {
    return plain(JsonFile.read(require(folder)));
  }

  /**
   * Makes the page of a run again.
   *
   * @param folder with the run's facts
   * @param html where it goes
   * @throws UserException if there are no facts in the folder
   */
  public static void writeAgain(Path folder, Path html) {
    page(PageKind.REPORT, JsonFile.read(require(folder))).write(html);
  }

  private static Path require(Path folder) {
    Path json = folder.resolve(JSON);
    if (!Files.isRegularFile(json)) {
      throw new UserException(
          "%s: there is no %s in it; give the folder of a finished run, or run again if an older version of bertctl has made it, or evaluate its model with a report"
              .formatted(folder, JSON));
    }
    return json;
  }

  private static Page page(PageKind kind, JsonNode facts) {
    return new Page(kind, facts.path(TITLE).asText(), plain(facts));
  }

  private static Map<String, Object> plain(JsonNode facts) {
    return MAPPER.convertValue(facts, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
