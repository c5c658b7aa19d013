// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.pages.Browser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page as the packaged server gives it, with models whose predictions are made there. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
final class ServedPageIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Browser browser;
  private static PageServer server;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    browser = Browser.open();
    server =
        new PageServer(
            folder,
            Map.of(
                "text-classification", Map.of("labels", "bad,good"),
                "ner", Map.of("labels", "O,B-PER,I-PER,B-LOC,I-LOC"),
                "qa", Map.of(),
                "multiple-choice", Map.of()));
  }

  @AfterAll
  static void close() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isOpenToAllAndLoadsNothingFromElsewhere() throws IOException, InterruptedException {
    HttpResponse<String> page = server.get("/");
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElse(""));
    assertEquals(200, server.get("/page/page.js").statusCode());
    assertEquals(401, server.get("/v1/models").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text-classification", "ner", "qa", "multiple-choice"})
  void showsWhatTheServerPredicts(String model) throws IOException, InterruptedException {
    browser.go(server.url("/?model=" + model));
    browser.await("!document.getElementById('key-form').hidden");
    browser.press(PageServer.KEY, Keys.ENTER);
    browser.await("!document.getElementById('columns').hidden");
    browser.find("#field-0").sendKeys(" 🎉 Zoë saw it.");
    browser.find("#send").click();
    browser.await("document.getElementById('latency').textContent !== ''");
    JsonNode sent =
        JSON.readTree(browser.texts("#curl-text").get(0).replaceAll("(?s).*-d '|'$", ""));
    JsonNode expected = server.predict(model, sent);
    assertEquals(expected, JSON.readTree(browser.texts("#json-text").get(0)));
    List<String> shown =
        switch (model) {
          case "text-classification" -> browser.texts(".headline");
          case "multiple-choice" -> browser.texts(".chosen .label");
          default -> browser.texts("#view mark");
        };
    assertEquals(expected(model, expected), shown);
    // Without the key, which came later, the page was refused the models.
    assertEquals(
        List.of(), browser.complaints().stream().filter(told -> !told.contains("401")).toList());
  }

  private static List<String> expected(String model, JsonNode answered) {
    return switch (model) {
      case "text-classification" -> List.of(answered.get("predicted").asText());
      case "multiple-choice" -> List.of(answered.get("predicted_text").asText() + " (predicted)");
      case "qa" -> List.of(answered.get("predicted").asText());
      default ->
          answered.get("entities").findParents("type").stream()
              .map(entity -> entity.get("text").asText() + " " + entity.get("type").asText())
              .toList();
    };
  }
}
