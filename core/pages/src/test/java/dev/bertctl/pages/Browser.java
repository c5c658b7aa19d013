// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium. */
public final class Browser implements AutoCloseable {

  private static final String PROPERTY = "bertctl.browser";
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Finds what keeps people from using a page; WCAG 2.2 AA and good practice. */
  private static final String AXE =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(
        (result) => done(result.violations.map(
          (one) => one.id + ': ' + one.help + ' ' + one.nodes.map((node) => node.html).join(' '))),
        (error) => done([String(error)]));
      """;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Whether the build was given a browser; says so where it was not. */
  public static boolean isGiven() {
    boolean given = !System.getProperty(PROPERTY, "").isEmpty();
    if (!given) {
      System.out.println(
          "Pages are not tested: no browser is given. To test it: ./mvnw verify -Dbrowser=/usr/bin/chromium");
    }
    return given;
  }

  /** Opens the browser that the build was given. */
  public static Browser open() {
    String given = System.getProperty(PROPERTY);
    Path chromium = Path.of(given);
    Path chromedriver = chromium.resolveSibling("chromedriver");
    for (Path needed : List.of(chromium, chromedriver)) {
      assertTrue(
          Files.isExecutable(needed),
          "-Dbrowser=%s: no %s; install Debian's chromium and chromium-driver, or give another browser"
              .formatted(given, needed));
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    // As root, which builds in containers are, Chromium has no sandbox.
    options.addArguments("--headless=new", "--no-sandbox", "--hide-scrollbars");
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(chromedriver.toString()))
                .build(),
            options));
  }

  /** How pages look from now on: {@code prefers-color-scheme} and such by their values. */
  public void prefer(Map<String, String> features) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            features.entrySet().stream()
                .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                .toList()));
  }

  /** How large the window is, in CSS pixels. */
  public void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Opens a page. */
  public void go(String url) {
    driver.get(url);
  }

  /** What a script returns. */
  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The first element that a CSS selector finds. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** The texts of all elements that a CSS selector finds, as they are in the document. */
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .map(element -> element.getDomProperty("textContent"))
        .toList();
  }

  /** Waits until an expression of JavaScript is true. */
  public void await(String expression) {
    new WebDriverWait(driver, LONGEST)
        .withMessage(() -> expression + " on the page:\n" + find("body").getText())
        .until(ready -> Boolean.TRUE.equals(script("return Boolean(" + expression + ")")));
  }

  /** Presses keys, at whatever has the focus. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Holds the control key while a key is pressed. */
  public void pressWithControl(CharSequence key) {
    new Actions(driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
  }

  /** What axe-core finds wrong. */
  @SuppressWarnings("unchecked")
  public List<String> violations() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<String>) driver.executeAsyncScript(AXE);
  }

  /** What the browser complained of since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Saves a picture of the whole page. */
  public void picture(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Object taken =
        driver
            .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
            .get("data");
    Files.write(file, Base64.getDecoder().decode(taken.toString()));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
