// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.pages.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** How the page is used: with a keyboard, with a key, by eyes and by ears, and when things fail. */
@EnabledIf("dev.bertctl.pages.Browser#isGiven")
final class PageUseIT {

  private static final String READY = "!document.getElementById('columns').hidden";
  private static final String TOLD = "!document.getElementById('problem').hidden";
  private static final String ANSWERED = "document.getElementById('latency').textContent !== ''";

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

  @BeforeEach
  void reset() {
    server.reset();
    browser.resize(1280, 900);
    browser.prefer(Map.of("prefers-color-scheme", "light"));
  }

  private static void open(String model) {
    browser.go(server.page(model));
    browser.await(READY);
  }

  /** What has the focus, by its id or whatever tells it; empty for nothing. */
  private static String focused() {
    return (String)
        browser.script(
            "const one = document.activeElement;"
                + "return one === document.body ? '' : one.id || one.className || one.localName");
  }

  @Test
  void isUsedByKeyboardAlone() {
    open("reviews");
    browser.press(Keys.TAB);
    assertEquals("skip", focused());
    browser.press(Keys.ENTER);
    assertEquals("input", focused());
    browser.press(Keys.TAB);
    assertEquals("field-0", focused());
    browser.pressWithControl("a");
    browser.press("Fine.");
    browser.pressWithControl(Keys.ENTER);
    browser.await(ANSWERED);
    assertEquals("Fine.", server.lastRows().get(0).get("text").asText());
    // What was in focus stays there; the result is announced.
    assertEquals("field-0", focused());
  }

  @Test
  void showsWhereTheFocusIs() {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme));
      open("reviews");
      int stops = 0;
      browser.press(Keys.TAB);
      while (!focused().equals("")) {
        assertEquals(
            "3px solid",
            browser.script(
                "const style = getComputedStyle(document.activeElement);"
                    + "return style.outlineWidth + ' ' + style.outlineStyle"),
            focused());
        stops++;
        browser.press(Keys.TAB);
      }
      // Skip, OpenAPI, dark, model, text, more fields, predict, two examples or more, curl.
      assertTrue(stops >= 10, "stops: " + stops);
    }
  }

  @Test
  void takesAnotherModelByTheChooser() {
    open("reviews");
    browser.find("#model").sendKeys("stars");
    browser.await("document.getElementById('model-name').textContent === 'stars'");
    assertEquals("Not bad.", browser.find("#field-0").getDomProperty("value"));
    assertTrue(browser.script("return location.search").equals("?model=stars"));
  }

  @Test
  void remembersWhetherItIsDark() {
    open("reviews");
    assertEquals("false", browser.find("#theme").getDomAttribute("aria-pressed"));
    String light =
        (String) browser.script("return getComputedStyle(document.body).backgroundColor");
    browser.find("#theme").click();
    open("reviews");
    assertEquals("true", browser.find("#theme").getDomAttribute("aria-pressed"));
    assertFalse(
        light.equals(browser.script("return getComputedStyle(document.body).backgroundColor")));
    browser.script("localStorage.clear()");
  }

  @Test
  void movesNothingWhereNothingIsToMove() {
    browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
    open("reviews");
    assertEquals(
        "none",
        browser.script("return getComputedStyle(document.getElementById('view')).transition"));
  }

  @Test
  void asksForAKeyWhereOneIsNeeded() throws IOException {
    server.require("secret");
    browser.go(server.page("reviews"));
    browser.await("!document.getElementById('key-form').hidden");
    assertEquals("key", focused());
    assertEquals(List.of(), browser.violations());
    browser.press("wrong", Keys.ENTER);
    browser.await(TOLD);
    assertEquals("The server does not know this key.", browser.find("#problem").getText());
    browser.pressWithControl("a");
    browser.press("secret", Keys.ENTER);
    browser.await(READY);
    browser.find("#send").click();
    browser.await(ANSWERED);
    String curl = browser.texts("#curl-text").get(0);
    assertTrue(curl.contains("$BERTCTL_API_KEY"), curl);
    assertFalse(curl.contains("secret"), curl);
    assertFalse(browser.find("#key-form").isDisplayed());
  }

  @Test
  void saysWhatTheServerRefuses() {
    open("reviews");
    server.refuse(new CannedServer.Refusal(429, "the queue is full.", Map.of("Retry-After", "2")));
    browser.find("#send").click();
    browser.await(TOLD);
    assertEquals("The queue is full. Try again in 2 s.", browser.find("#problem").getText());
    assertEquals("alert", browser.find("#problem").getAriaRole());
    server.reset();
    browser.find("#send").click();
    browser.await(ANSWERED);
    assertFalse(browser.find("#problem").isDisplayed());
  }

  @Test
  void waitsForAServerThatIsLoading() {
    server.refuseAll(new CannedServer.Refusal(503, "loading", Map.of("Retry-After", "1")));
    browser.go(server.page("reviews"));
    browser.await("!document.getElementById('waiting').hidden");
    server.reset();
    browser.await(READY);
    assertFalse(browser.find("#waiting").isDisplayed());
    server.refuse(new CannedServer.Refusal(503, "loading", Map.of("Retry-After", "1")));
    browser.find("#send").click();
    browser.await("!document.getElementById('waiting').hidden");
    server.reset();
    browser.await(ANSWERED);
    assertFalse(browser.find("#waiting").isDisplayed());
  }

  @Test
  void namesTheFieldThatCannotBeRead() {
    open("outside");
    browser.find("#field-row").sendKeys("{text}");
    browser.find("#send").click();
    browser.await(TOLD);
    assertTrue(browser.find("#problem").getText().startsWith("row: "));
    assertEquals("field-row", focused());
  }

  @Test
  void givesTheRequestForAShell() throws IOException, InterruptedException {
    open("reviews");
    // A shell reads the command; its last argument is the body.
    String command =
        "curl() { for last; do :; done; printf '%s' \"$last\"; }\n"
            + browser.texts("#curl-text").get(0);
    Process shell = new ProcessBuilder("sh", "-c", command).start();
    String body = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor());
    assertEquals(
        "The soup was cold, <b>again</b>; it's a shame.",
        new ObjectMapper().readTree(body).get("rows").get(0).get("text").asText());
  }
}
