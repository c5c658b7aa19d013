// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page about attention in a browser, on weights made by hand. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
final class AttentionDrawingTest {

  private static final List<String> PAIR =
      List.of("[CLS]", "a", "cat", "[SEP]", "a", "dog", "[SEP]");
  private static final int SECOND = 4;

  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void reset() {
    browser.resize(1280, 900);
    browser.prefer(Map.of("prefers-color-scheme", "light"));
  }

  @AfterEach
  void complainsOfNothing() {
    assertEquals(List.of(), browser.complaints());
  }

  /**
   * Head 1 gives 0.8 to the token behind and 0.2 to [CLS], head 2 all to the last token; the second
   * model's are the other way round.
   */
  private static double weight(int model, int layer, int head, int from, int to) {
    if ((head + model) % 2 == 1) {
      return to == PAIR.size() - 1 ? 1 : 0;
    }
    return to == (from + 1) % PAIR.size() ? 0.8 : to == 0 ? 0.2 : 0;
  }

  private static AttentionFactsMade made(String... models) {
    return new AttentionFactsMade(2, 2, models)
        .input("pairs.jsonl:1", SECOND, PAIR, AttentionDrawingTest::weight);
  }

  private void open(AttentionFactsMade facts) {
    Path file = folder.resolve("attention.html");
    facts.page().write(file);
    browser.go(file.toUri().toString());
    browser.await("document.documentElement.dataset.drawn");
  }

  private static void click(String selector) {
    browser.script("document.querySelector(arguments[0]).click()", selector);
  }

  private static void choose(String id, String value) {
    browser.script(
        "const one = document.getElementById(arguments[0]); one.value = arguments[1];"
            + "one.dispatchEvent(new Event('change'))",
        id,
        value);
  }

  private static void awaitText(String selector, String text) {
    browser.await(
        "document.querySelector(%s)?.textContent.includes(%s)"
            .formatted(quoted(selector), quoted(text)));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  /** Pixels that something is drawn on. */
  private static long drawn(String canvas) {
    return (long)
        browser.script(
            "const one = document.querySelector(arguments[0]);"
                + "const copy = document.createElement('canvas').getContext('2d', {willReadFrequently: true});"
                + "Object.assign(copy.canvas, {width: one.width, height: one.height});"
                + "copy.drawImage(one, 0, 0);"
                + "const data = copy.getImageData(0, 0, one.width, one.height).data;"
                + "let count = 0; for (let i = 3; i < data.length; i += 4) { count += data[i] > 0 } return count",
            canvas);
  }

  private static String focused() {
    return (String) browser.script("return document.activeElement.textContent");
  }

  @Test
  void isReadWithoutScripts() {
    String html = made("before", "after").page().html();
    for (String read :
        List.of(
            "<tr><th scope=\"row\" data-head=\"2-1\">2–1</th><td class=\"number\">1.2500</td>",
            "<td class=\"number\">0.3750</td><td class=\"number\">–</td>",
            "cat → dog 0.500",
            "Attention is no explanation",
            "7 tokens; 3 more were cut off",
            "Layer 2, head 2</th><td class=\"number\">0.0220</td>",
            "<caption>after</caption>")) {
      assertTrue(html.contains(read), read + " in " + html);
    }
  }

  @Test
  void hasNoViolationsInLightAndDark() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme));
      open(made("before", "after"));
      assertEquals(List.of(), browser.violations(), scheme);
      browser.script("document.querySelector('.from button').focus()");
      awaitText(".told", "attends most to");
      assertEquals(List.of(), browser.violations(), scheme + ", a token chosen");
      click(".grid button");
      browser.await("document.getElementById('matrix').open");
      assertEquals(List.of(), browser.violations(), scheme + ", a head opened");
      browser.picture(Path.of("target/pictures/attention-" + scheme + ".png"));
    }
  }

  @Test
  void fitsANarrowScreen() {
    browser.resize(360, 740);
    open(made("before", "after"));
    assertEquals(360L, browser.script("return document.documentElement.scrollWidth"));
  }

  @Test
  void tellsTheLinksOfATokenByKeyboard() {
    open(made("model"));
    browser.script("document.querySelector('.from [tabindex=\"0\"]').focus()");
    assertEquals("[CLS]", focused());
    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    assertEquals("cat", focused());
    awaitText(".told p", "cat attends most to");
    assertEquals(
        List.of("[SEP] 1.00head 2", "[SEP] 0.80head 1", "[CLS] 0.20head 1"),
        browser.texts(".told li"));
    browser.press(Keys.ARROW_RIGHT);
    assertEquals("cat", focused());
    awaitText(".told p", "cat is attended to most by");
    assertEquals(List.of("a 0.80head 1"), browser.texts(".told li"));
    browser.press(Keys.END);
    awaitText(".told p", "[SEP] is attended to most by");
    browser.press(Keys.ESCAPE);
    awaitText(".told", "No token is chosen");
  }

  @Test
  void tellsTheLinksOfATokenThatIsPointedAt() {
    open(made("model"));
    browser.script(
        "document.querySelectorAll('.to button')[5].dispatchEvent(new MouseEvent('mouseenter'))");
    awaitText(".told p", "dog is attended to most by");
    browser.script("document.querySelector('.links').dispatchEvent(new MouseEvent('mouseleave'))");
    awaitText(".told", "No token is chosen");
  }

  /** Of head 1 each of 7 tokens has two links, but for the last, which gives both to [CLS]. */
  @Test
  void drawsTheLinksOfTheChosenHeads() {
    open(made("model"));
    awaitText("#drawn-links", "Layer 1, all heads: 20 links are drawn");
    assertTrue(drawn(".links canvas") > 0);
    click("#heads button:nth-child(2)");
    awaitText("#drawn-links", "Layer 1, head 1: 13 links are drawn");
    assertEquals(
        "false", browser.find("#heads button:nth-child(2)").getDomAttribute("aria-pressed"));
    click("#no-heads");
    awaitText("#drawn-links", "Layer 1, no head: 0 links are drawn");
    assertEquals(0, drawn(".links canvas"));
    click("#all-heads");
    awaitText("#drawn-links", "20 links are drawn");
    browser.script(
        "const one = document.getElementById('threshold'); one.value = 0.5;"
            + "one.dispatchEvent(new Event('input'))");
    awaitText("#drawn-links", "14 links are drawn, of a weight from 0.50 on");
  }

  @Test
  void showsLinksFromOneTextToTheOtherAlone() {
    open(made("model"));
    choose("filter", "01");
    awaitText("#drawn-links", "5 links are drawn");
    assertEquals(List.of("[CLS]", "a", "cat", "[SEP]"), browser.texts(".from button"));
    assertEquals(List.of("a", "dog", "[SEP]"), browser.texts(".to button"));
    choose("filter", "10");
    awaitText("#drawn-links", "3 links are drawn");
    choose("filter", "11");
    assertEquals(List.of("a", "dog", "[SEP]"), browser.texts(".from button"));
    click("#special");
    assertEquals(List.of("a", "dog"), browser.texts(".from button"));
    // From "a" to "dog"; what went to [SEP] is not given to others.
    awaitText("#drawn-links", "1 links are drawn");
    choose("filter", "");
    assertEquals(List.of("a", "cat", "a", "dog"), browser.texts(".to button"));
  }

  @Test
  void oneTextHasNoFilter() {
    open(
        new AttentionFactsMade(1, 2, "model")
            .input("text.txt:1", PAIR.size(), PAIR, AttentionDrawingTest::weight));
    assertFalse(browser.find("#filter-field").isDisplayed());
    assertFalse(browser.find("#input-field").isDisplayed());
  }

  @Test
  void opensAHeadLargeWithItsValues() {
    open(made("model"));
    browser.script("document.querySelector('[aria-label=\"model, layer 2, head 1\"]').focus()");
    browser.press(Keys.ENTER);
    browser.await("document.getElementById('matrix').open");
    assertEquals("Layer 2, head 1", browser.find("#matrix-title").getText());
    assertTrue(drawn(".matrix canvas") > 0);
    browser.press(Keys.ARROW_RIGHT);
    assertEquals("[CLS] (token 1) to a (token 2): 0.80", browser.find("#matrix-value").getText());
    browser.press(Keys.ARROW_DOWN);
    assertEquals("a (token 2) to a (token 2): 0.00", browser.find("#matrix-value").getText());
    browser.press(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertEquals(
        "[CLS] (token 1) to [CLS] (token 1): 0.20", browser.find("#matrix-value").getText());
    click("#matrix-show");
    awaitText("#drawn-links", "13 links are drawn");
    browser.await("document.documentElement.dataset.drawn === '0/1'");
    assertEquals("1", browser.find("#layer").getDomProperty("value"));
  }

  @Test
  void thumbnailsAreDrawn() {
    open(made("model"));
    browser.await("document.querySelector('.grid canvas').width === 7");
    assertEquals(49, drawn(".grid canvas"));
  }

  @Test
  void leadsToTheHeadsThatDifferMost() {
    open(made("before", "after"));
    browser.await("document.documentElement.dataset.drawn === '0/1'");
    assertEquals(
        List.of("Layer 2, head 2", "Layer 2, head 1", "Layer 1, head 2", "Layer 1, head 1"),
        browser.texts(".differing th button"));
    // The first is shown: 7 links of the one model's, 13 of the other's.
    awaitText("#drawn-links", "before: 7 links are drawn");
    awaitText("#drawn-links", "after: 13 links are drawn");
    click(".differing tr:nth-child(4) button");
    browser.await("document.documentElement.dataset.drawn === '0/0'");
    awaitText("#drawn-links", "before: 13 links are drawn");
    browser.script("document.querySelector('.from li:nth-child(3) button').focus()");
    awaitText("[data-model=\"1\"] .told", "[SEP] 1.00");
    awaitText("[data-model=\"0\"] .told", "[SEP] 0.80");
  }

  @Test
  void anotherInputHasItsOwnTables() {
    open(made("model").input("pairs.jsonl:2", 2, List.of("[CLS]", "tree"), (m, l, h, i, j) -> 0.5));
    assertTrue(browser.find("section.facts[data-input='0']").isDisplayed());
    assertFalse(browser.find("section.facts[data-input='1']").isDisplayed());
    choose("input", "1");
    browser.await("document.documentElement.dataset.drawn === '1/0'");
    assertEquals(List.of("[CLS]", "tree"), browser.texts(".from button"));
    assertFalse(browser.find("section.facts[data-input='0']").isDisplayed());
    assertTrue(browser.find("section.facts[data-input='1']").isDisplayed());
  }

  /** The browser waits a minute at most, and nobody would wait as long. */
  @Test
  void doesNotFreezeOnAsManyTokensAsBertTakes() {
    List<String> tokens = IntStream.range(0, 512).mapToObj(i -> "token" + i).toList();
    Random random = new Random(1);
    double[] some = IntStream.range(0, 4096).mapToDouble(i -> random.nextDouble()).toArray();
    open(
        new AttentionFactsMade(12, 12, "large")
            .input(
                "long.txt:1",
                256,
                tokens,
                (model, layer, head, from, to) ->
                    some[(from * 31 + to * 17 + head * 7 + layer) % some.length]));
    awaitText("#drawn-links", "the strongest");
    browser.script("document.querySelector('.links').scrollTop = 1e6");
    browser.script("document.querySelector('.from li:last-child button').focus()");
    awaitText(".told p", "token511 attends most to");
    browser.press(Keys.HOME);
    awaitText(".told p", "token0 attends most to");
    // Those out of sight are not unpacked.
    assertEquals(
        300L, browser.script("return [...document.querySelectorAll('.grid canvas')].at(-1).width"));
    browser.script("document.getElementById('model-view').scrollIntoView()");
    // 512 cells are drawn as 64.
    browser.await(
        "[...document.querySelectorAll('.grid canvas')].slice(0, 12).every((one) => one.width === 64)");
    choose("layer", "11");
    browser.await("document.documentElement.dataset.drawn === '0/11'");
  }
}
