// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of a map, in a browser. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
class MapPageTest {

  private static final int EXAMPLES = 300;

  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.open();
    browser.resize(1280, 900);
    Path file = folder.resolve("map.html");
    new Page(PageKind.MAP, "Map of runs/nli", facts()).write(file);
    browser.go(file.toUri().toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Map<String, Object> facts() {
    Random random = new Random(1);
    List<Map<String, Object>> points = new ArrayList<>();
    List<List<Double>> before = new ArrayList<>();
    List<List<Double>> after = new ArrayList<>();
    List<Map<String, Object>> errors = new ArrayList<>();
    List<String> labels = List.of("entailment", "neutral", "contradiction");
    for (int i = 0; i < EXAMPLES; i++) {
      int label = i % 3;
      boolean right = i % 10 != 0;
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("text", "A dog sleeps, for the %d. time.\nAn animal rests.".formatted(i));
      point.put("label", label);
      point.put("predicted", labels.get(right ? label : (label + 1) % 3));
      point.put("right", right);
      point.put("place", "dev.jsonl:" + (i + 1));
      points.add(point);
      before.add(List.of(random.nextDouble(), random.nextDouble()));
      after.add(
          List.of(
              0.15 + 0.3 * label + 0.1 * random.nextDouble(),
              0.3 + 0.2 * (label % 2) + 0.2 * random.nextDouble()));
      if (!right) {
        Map<String, Object> error = new LinkedHashMap<>(point);
        error.put("label", labels.get(label));
        error.put("point", i);
        errors.add(error);
      }
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("task", "nli");
    facts.put("data", "dev.jsonl");
    facts.put("examples", EXAMPLES);
    facts.put("dimensions", 384);
    facts.put("projection", "umap");
    facts.put("seed", 42);
    facts.put("neighbors", 10);
    facts.put("labels", labels);
    facts.put("judged", true);
    facts.put("wrong", errors.size());
    facts.put("points", points);
    facts.put("errors", errors.subList(0, 20));
    facts.put(
        "maps",
        List.of(
            Map.of("name", "minilm-l6", "agreement", 0.41, "points", before),
            Map.of("name", "runs/nli", "agreement", 0.83, "points", after)));
    return facts;
  }

  private static String shown() {
    return browser.find("#shown").getDomProperty("textContent");
  }

  @Test
  void showsAllExamplesInEachMap() {
    assertEquals(
        2L * EXAMPLES, browser.script("return document.querySelectorAll('.point').length"));
    assertEquals(60L, browser.script("return document.querySelectorAll('.point.wrong').length"));
    assertTrue(browser.find("main").getText().contains("83.0 % of the 10 nearest neighbours"));
  }

  @Test
  void anErrorIsFoundInTheMaps() {
    browser.find("[data-point='10']").click();
    assertTrue(shown().contains("for the 10. time"), shown());
    assertTrue(shown().contains("label: neutral · predicted: contradiction · wrong"), shown());
    assertEquals(2L, browser.script("return document.querySelectorAll('.chosen').length"));
  }

  @Test
  void isUsedByKeyboard() {
    browser.script("document.querySelector('.plane svg').focus()");
    browser.press(Keys.ARROW_RIGHT);
    String first = shown();
    browser.press(Keys.ARROW_LEFT);
    browser.press(Keys.ARROW_UP);
    assertTrue(first.contains("dev.jsonl:"), first);
    assertTrue(!shown().equals(first), first);
  }

  @Test
  void labelsAndWhatIsRightCanBeHidden() {
    browser.find("#legend button").click();
    assertEquals(200L, browser.script("return document.querySelectorAll('.point.away').length"));
    browser.find("#errors-only").click();
    // Of the two labels left 20 examples are wrong, in each of the maps.
    assertEquals(
        40L, browser.script("return document.querySelectorAll('.point:not(.away)').length"));
    browser.find("#errors-only").click();
    browser.find("#legend button").click();
    assertEquals(0L, browser.script("return document.querySelectorAll('.point.away').length"));
  }

  @Test
  void canBeUsedByAllAndComplainsOfNothing() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme));
      assertEquals(List.of(), browser.violations(), scheme);
    }
    assertEquals(List.of(), browser.complaints());
    browser.picture(Path.of("target/pictures/map.png"));
  }
}
