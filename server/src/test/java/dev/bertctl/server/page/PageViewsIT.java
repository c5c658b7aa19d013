// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.pages.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page shows of the predictions of every task. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
final class PageViewsIT {

  private static final String ANSWERED =
      "document.getElementById('latency').textContent.startsWith('answered in')";

  private static Browser browser;
  private static CannedServer server;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.open();
    server = new CannedServer();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  static List<String> models() throws IOException {
    return CannedServer.models();
  }

  private static void predict(String model) {
    browser.go(server.page(model));
    browser.await("!document.getElementById('columns').hidden");
    if (model.equals("outside")) {
      browser.find("#field-row").sendKeys("{\"text\": \"calm\"}");
    }
    browser.find("#send").click();
    browser.await(ANSWERED);
  }

  private static String announced() {
    return browser.texts("#announcement").get(0).replaceAll(" Answered in .*", "");
  }

  @ParameterizedTest
  @MethodSource("models")
  void canBeUsedByAllAndFitsEveryScreen(String model) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme));
      predict(model);
      browser.script("document.querySelectorAll('details').forEach((one) => one.open = true)");
      // 640 is a desktop at 200 %, 320 one at 400 % and the smallest telephone.
      for (int width : new int[] {1280, 640, 320}) {
        browser.resize(width, 900);
        assertEquals(List.of(), browser.violations(), scheme + " " + width);
        assertEquals(
            (long) width, browser.script("return document.documentElement.scrollWidth"), scheme);
        browser.picture(Path.of("target/page", "%s-%s-%d.png".formatted(model, scheme, width)));
      }
    }
    assertEquals(List.of(), browser.complaints());
    assertEquals(
        true,
        browser.script(
            "return performance.getEntriesByType('resource')"
                + ".every((one) => new URL(one.name).origin === location.origin)"));
  }

  @Test
  void showsClassesRanked() {
    predict("reviews");
    assertEquals(List.of("negative"), browser.texts("#view .headline"));
    assertEquals(
        List.of("negative (predicted)", "neutral", "positive"), browser.texts(".bars .label"));
    assertEquals(List.of("91.0 %", "8.9 %", "< 0.1 %"), browser.texts(".bars .share"));
    assertEquals("Predicted: negative, 91.0 %.", announced());
  }

  @Test
  void showsTextsAsTexts() {
    predict("reviews");
    String text = "The soup was cold, <b>again</b>; it's a shame.";
    assertEquals(text, browser.find("#field-0").getDomProperty("value"));
    assertEquals(text, server.lastRows().get(0).get("text").asText());
    assertTrue(browser.texts("#example-list").get(0).contains("<b>again</b>"));
    assertEquals(List.of(), browser.texts("main b"));
  }

  @Test
  void showsAllLabelsOfSeveral() {
    predict("topics");
    assertEquals(List.of("food", "service"), browser.texts(".pills li"));
    assertEquals(
        List.of("food (predicted)", "service (predicted)", "price"), browser.texts(".bars .label"));
  }

  @Test
  void marksEntitiesBehindEmoji() {
    predict("entities");
    assertEquals(
        List.of("Ada PER", "𝔘lm LOC", "Grace Hopper PER", "Bergen LOC"),
        browser.texts("#view mark"));
    assertEquals(List.of("PER × 2", "LOC × 2"), browser.texts(".legend li"));
    assertEquals("4 entities: Ada, PER; 𝔘lm, LOC; Grace Hopper, PER; Bergen, LOC.", announced());
  }

  @Test
  void marksTheAnswerInItsPassage() {
    predict("answers");
    assertEquals(List.of("at nine"), browser.texts("#view mark"));
    assertEquals(
        List.of("🏛️ The museum in Paris opens at nine. On Mondays it is closed."),
        browser.texts("#view .marked"));
    assertEquals("The answer is: at nine, 83.0 %.", announced());
  }

  @Test
  void ranksChoices() {
    predict("endings");
    assertEquals(
        List.of("She opened her umbrella. (predicted)", "She sang.", "She bought a boat."),
        browser.texts(".bars .label"));
    assertEquals(3, server.lastRows().get(0).get("choices").size());
  }

  @Test
  void showsCandidatesForEachMask() {
    predict("masks");
    assertEquals(List.of("capital", "paris"), browser.texts("#view mark"));
    assertEquals(
        List.of("Candidates for mask 1", "Candidates for mask 2"), browser.texts("#view h3"));
    assertEquals("Likeliest: capital, 90.0 %; paris, 80.0 %.", announced());
  }

  @Test
  void sumsVectorsUpAndComparesThem() {
    predict("vectors");
    assertEquals(List.of("A vector of 4 numbers"), browser.texts("#view .headline"));
    browser.find("#compared").sendKeys("The same text.");
    browser.find("#send").click();
    browser.await("document.querySelector('#view .big')");
    assertEquals(List.of("1.000"), browser.texts("#view .headline"));
    assertEquals("The same text.", server.lastRows().get(1).get("text").asText());
  }

  @Test
  void showsNumbersAndWhatHasNoPicture() {
    predict("stars");
    assertEquals(List.of("3.25"), browser.texts("#view .headline"));
    predict("likelihood");
    assertEquals(List.of("it", "rains", "."), browser.texts(".token-list .piece"));
    predict("outside");
    assertEquals(List.of("mood", "weights"), browser.texts("#view dt"));
    assertEquals(List.of("calm", "[1,2]"), browser.texts("#view dd"));
  }
}
