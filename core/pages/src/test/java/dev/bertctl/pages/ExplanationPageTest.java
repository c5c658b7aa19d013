// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Explanations in a browser. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
class ExplanationPageTest {

  private static final Path PICTURES = Path.of("target/pictures");

  @TempDir private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void open() {
    write("explanation.html", ExplanationFacts.METHODS);
    write("one.html", List.of("leave-one-out"));
    browser = Browser.open();
  }

  private static void write(String name, List<String> methods) {
    new Page(PageKind.EXPLANATION, "Explanations of runs/nli", ExplanationFacts.of(methods))
        .write(folder.resolve(name));
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void go() {
    browser.resize(1200, 900);
    browser.prefer(Map.of("prefers-color-scheme", "light"));
    go("explanation.html");
  }

  private static void go(String name) {
    browser.go(folder.resolve(name).toUri().toString());
  }

  private static List<Object> shown() {
    return List.of(
        browser.script(
            "return [...document.querySelectorAll('.method')]"
                + ".filter((one) => one.offsetParent).map((one) => one.dataset.method).join()"));
  }

  @Test
  void nobodyIsKeptFromUsingIt() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      for (int width : List.of(1200, 360)) {
        browser.resize(width, 900);
        browser.prefer(Map.of("prefers-color-scheme", scheme));
        go("explanation.html");
        browser.picture(PICTURES.resolve("explanation-%s-%d.png".formatted(scheme, width)));
        assertEquals(List.of(), browser.violations(), scheme + " " + width);
        assertEquals(
            0L,
            browser.script(
                "return document.documentElement.scrollWidth"
                    + " - document.documentElement.clientWidth"),
            scheme + " " + width);
        browser.script("document.querySelectorAll('details').forEach((one) => one.open = true)");
        assertEquals(List.of(), browser.violations(), "with tables, " + scheme + " " + width);
      }
    }
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void oneMethodIsShownAtATimeAndChosenByKeyboard() throws IOException {
    assertEquals(List.of("integrated-gradients"), shown());

    browser.find("[value='integrated-gradients']").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);

    assertEquals(List.of("attention-rollout"), shown());
    assertTrue(
        browser
            .find("[data-method='attention-rollout']")
            .getText()
            .contains("Attention is no explanation: it says where the layers read from"));
    browser.picture(PICTURES.resolve("explanation-rollout.png"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void withOneMethodThereIsNothingToChoose() throws IOException {
    go("one.html");

    assertEquals(List.of("leave-one-out"), shown());
    assertFalse(browser.find("#methods").isDisplayed());
    assertTrue(browser.find("[data-method] h4").isDisplayed());
    assertEquals(List.of(), browser.violations());
  }

  @Test
  void arrowKeysGoThroughTheWordsAndShowTheirScores() throws IOException {
    browser.script("document.querySelector('.text .word').focus()");
    String first = focused();

    browser.press(Keys.ARROW_RIGHT);
    assertEquals("man +1.200", browser.script("return document.activeElement.ariaLabel"));
    assertEquals(
        "\"+1.200\"",
        browser.script("return getComputedStyle(document.activeElement, '::after').content"));
    browser.picture(PICTURES.resolve("explanation-word.png"));
    browser.press(Keys.END);
    assertEquals("guitar", focused());
    browser.press(Keys.ARROW_RIGHT);
    assertEquals("guitar", focused(), "there is no word behind the last");
    browser.press(Keys.HOME);
    assertEquals(first, focused());
    assertEquals(
        List.of("0", "-1", "-1", "-1", "-1"),
        browser.script(
            "return [...document.querySelector('.text').querySelectorAll('.word')]"
                + ".map((one) => one.getAttribute('tabindex'))"),
        "one stop of the tabulator");
  }

  private static String focused() {
    return browser.script("return document.activeElement.textContent").toString();
  }

  @Test
  void textsAreWholeAndColoursSayForOrAgainst() {
    assertEquals("A man is playing guitar.", browser.texts(".text").get(0));
    assertEquals(List.of("It rains in Rom LOC"), browser.texts(".marked"));
    assertTrue(browser.texts("h3").contains("contradiction of “<Paris>”"), "as it is written");
    assertEquals(
        "solid dotted",
        browser.script(
            "return ['.text .for', '.text .against'].map((one) =>"
                + " getComputedStyle(document.querySelector(one)).borderBottomStyle).join(' ')"));
  }

  /** Without scripts, on paper and for programs that read the document. */
  @Test
  void allNumbersAreInTheDocument() {
    List<String> cells = browser.texts("[data-method='gradient-x-input'] tbody tr:nth-child(2) td");
    assertEquals(List.of("1", "man", "+1.200", "man +1.200"), cells);
    assertEquals(
        List.of("+0.310", "+0.420", "+0.600", "+0.200", "+0.100", "-0.050"),
        browser.texts("main > .wide tbody tr:first-child td"));
    assertEquals(5, browser.texts("main > .wide tbody tr").size());
    assertTrue(
        browser.texts(".method .note").stream()
            .anyMatch(
                text ->
                    text.equals(
                        "The scores sum up to +3.118, where the score is +3.114 above that of all"
                            + " words masked: off by 0.0040 (0.1 %).")),
        browser.texts(".method .note")::toString);
    assertTrue(browser.texts(".row").get(1).contains("No word has a tag to explain."));
  }

  @Test
  void onPaperAllMethodsAreThereWithTheirTables() {
    browser.script("window.dispatchEvent(new Event('beforeprint'))");
    assertEquals(4L, browser.script("return document.querySelectorAll('details[open]').length"));
    browser.script("window.dispatchEvent(new Event('afterprint'))");
    assertEquals(0L, browser.script("return document.querySelectorAll('details[open]').length"));
  }
}
