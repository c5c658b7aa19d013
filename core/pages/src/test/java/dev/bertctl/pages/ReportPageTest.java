// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** Pages of reports in a browser. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageTest {

  private static final String LEAST_SURE_IS_OPEN =
      "return document.querySelector('#least-sure-0 ~ details').open";

  @TempDir private Path folder;
  private Browser browser;

  @BeforeAll
  void open() {
    browser = Browser.open();
  }

  @AfterAll
  void close() {
    browser.close();
  }

  @BeforeEach
  void asUsual() {
    browser.prefer(Map.of("prefers-color-scheme", "light"));
    browser.resize(1280, 900);
  }

  private static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of(PageKind.REPORT, ReportFacts.classification()),
        Arguments.of(PageKind.REPORT, ReportFacts.manyLabels()),
        Arguments.of(PageKind.REPORT, ReportFacts.entities()),
        Arguments.of(PageKind.REPORT, ReportFacts.answers()),
        Arguments.of(PageKind.REPORT, ReportFacts.regression()),
        Arguments.of(PageKind.COMPARISON, ReportFacts.comparison()));
  }

  private void show(PageKind kind, Map<String, Object> facts) {
    Path file = folder.resolve("report.html");
    new Page(kind, facts.get("title").toString(), facts).write(file);
    browser.go(file.toUri().toString());
  }

  private void showClassification() {
    show(PageKind.REPORT, ReportFacts.classification());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everybodyCanUseThem(PageKind kind, Map<String, Object> facts) throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme));
      show(kind, facts);
      browser.script("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      assertEquals(List.of(), browser.violations(), scheme);
    }
    browser.resize(400, 900);
    show(kind, facts);
    assertEquals(
        400L, browser.script("return document.documentElement.scrollWidth"), "wider than a phone");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void chartsAreDrawnAndDrawnAgainInOtherColours() {
    showClassification();
    assertEquals(6L, browser.script("return document.querySelectorAll('.chart canvas').length"));
    assertEquals(2L, browser.script("return document.querySelectorAll('.drawing svg').length"));
    String light = pixels();
    browser.find("#theme").click();
    assertFalse(light.equals(pixels()), "the chart has the colours it had");
    assertEquals(6L, browser.script("return document.querySelectorAll('.chart canvas').length"));
  }

  private String pixels() {
    return browser
        .script("return document.querySelector('[data-curve=loss] canvas').toDataURL()")
        .toString();
  }

  @Test
  void anotherMetricIsDrawnWhenItIsChosen() {
    showClassification();
    assertEquals(
        List.of("accuracy"), browser.texts("[data-curve=metric] .u-series:nth-child(2) .u-label"));
    browser.find("#metric").sendKeys("loss");
    assertEquals(
        List.of("loss"), browser.texts("[data-curve=metric] .u-series:nth-child(2) .u-label"));
  }

  @Test
  void cellsLeadToTheirExamplesByKeyboard() {
    showClassification();
    assertEquals(
        List.of("160", "40"), browser.texts(".matrix .cell a"), "those that have examples");
    assertFalse((Boolean) browser.script("return document.querySelector('#cell-0-0-1').open"));
    browser.script("document.querySelectorAll('.matrix .cell a')[1].focus()");
    browser.press(Keys.ENTER);
    browser.await("document.querySelector('#cell-0-0-1').open");
    browser.await("document.activeElement.parentNode.id === 'cell-0-0-1'");
    assertEquals(List.of("no predicted yes: 2 of 40"), browser.texts("#cell-0-0-1 > summary"));
    assertEquals(2, browser.texts("#cell-0-0-1 .example").size());
    browser.press(Keys.ENTER);
    browser.await("!document.querySelector('#cell-0-0-1').open");
  }

  @Test
  void ofManyLabelsTheMostFrequentErrorsLeadToTheirs() {
    show(PageKind.REPORT, ReportFacts.manyLabels());
    assertEquals(
        List.of("40"), browser.texts("[aria-label='Most frequent errors of validation'] td a"));
    browser.find("[aria-label='Most frequent errors of validation'] td a").click();
    browser.await("document.querySelector('#pair-0-0').open");
    assertEquals(2, browser.texts("#pair-0-0 .example").size());
  }

  @Test
  void theLinkToACellOpensItAnew() {
    showClassification();
    String url = browser.script("return location.href").toString();
    browser.go("about:blank");
    browser.go(url + "#cell-0-0-0");
    browser.await("document.querySelector('#cell-0-0-0').open");
  }

  @Test
  void examplesSayWhatIsRightAndWhatWasPredicted() {
    showClassification();
    assertEquals(
        "wrong predicted yes 90.0 %, right is no", browser.texts(".verdict").get(0).strip());
    assertEquals("right predicted no 60.0 %", browser.texts(".verdict").get(3).strip());
    assertEquals("Premise <b> number 0", browser.texts(".passages dd").get(0));

    show(PageKind.REPORT, ReportFacts.answers());
    assertEquals(List.of("Ann gold"), browser.texts("#worst-0 ~ ol:first-of-type mark.gold"));
    show(PageKind.REPORT, ReportFacts.entities());
    assertEquals(
        List.of("Ann PER", "Bonn LOC", "Ann PER"),
        browser.texts("#worst-0 ~ ol:first-of-type mark"));
    show(PageKind.REPORT, ReportFacts.regression());
    assertEquals(
        "predicted 1.25, right is 5.0 mean_absolute_error 3.750",
        browser.texts(".verdict").get(0).strip());
  }

  @Test
  void whatDoesNotApplyIsLeftOut() {
    show(PageKind.REPORT, ReportFacts.regression());
    List<String> headings = browser.texts("h3");
    assertEquals(List.of("train", "Metrics", "Worst errors"), headings);
    showClassification();
    assertEquals(
        List.of(
            "train",
            "Metrics",
            "By class",
            "Confusion matrix",
            "Calibration",
            "By threshold",
            "Worst errors",
            "Least sure",
            "Examples by cell"),
        browser.texts("h3"));
  }

  @Test
  void paperShowsWhatIsFoldedUpInLightColours() {
    browser.prefer(Map.of("prefers-color-scheme", "dark"));
    showClassification();
    browser.script("dispatchEvent(new Event('beforeprint'))");
    assertEquals("light", browser.script("return document.documentElement.dataset.theme"));
    assertTrue((Boolean) browser.script(LEAST_SURE_IS_OPEN));
    // A page for each cell would bury the rest.
    assertFalse((Boolean) browser.script("return document.querySelector('#cell-0-0-0').open"));
    browser.script("dispatchEvent(new Event('afterprint'))");
    assertEquals("dark", browser.script("return document.documentElement.dataset.theme"));
    assertFalse((Boolean) browser.script(LEAST_SURE_IS_OPEN));
  }

  @Test
  void twoRunsAreSideBySide() {
    show(PageKind.COMPARISON, ReportFacts.comparison());
    assertEquals(2L, browser.script("return document.querySelectorAll('canvas').length"));
    assertEquals(
        List.of("A", "B"), browser.texts("[data-curve=loss] .u-series:nth-child(n+2) .u-label"));
    assertTrue(browser.texts(".tiles dd").contains("95 % between +0.0100 and +0.0900; p < 0.0001"));
    assertEquals(
        List.of("Only A right: 30", "Only B right: 0", "Settings that differ"),
        browser.texts("h3"));
    assertEquals(List.of("1", "–"), browser.texts("[aria-label='Settings that differ'] td"));
  }
}
