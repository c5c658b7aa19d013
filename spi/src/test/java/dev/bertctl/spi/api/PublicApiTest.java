// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Documented;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Plugins that were built for the SPI's version, or an older one of the same major part, still link
 * with it: nothing that they use has gone, nothing that they do not implement is asked of them.
 */
class PublicApiTest {

  private static final Path CLASSES = Path.of("target/classes");
  private static final Path PROMISED = Path.of("src/test/resources/api");

  /** Written anew with {@code ./mvnw -pl spi test -Dtest=PublicApiTest -Dspi.api=write}. */
  @Test
  void theApiIsAsPromised() throws Exception {
    String version = version();
    Path file = PROMISED.resolve(version.split("\\.")[0] + ".txt");
    PublicApi present = PublicApi.of(CLASSES);
    if ("write".equals(System.getProperty("spi.api"))) {
      Files.writeString(
          file,
          present.lines().stream()
              .collect(Collectors.joining("\n", "# SPI " + version + "\n", "\n")));
    }
    List<String> promised = Files.readAllLines(file);
    ApiChange change = ApiChange.between(promised, present.lines());
    assertEquals(
        List.of(),
        change.broken(),
        "breaks plugins: put it back, give a new method a default, or raise the major part of"
            + " bertctl.spi.version in pom.xml and run with -Dspi.api=write");
    assertEquals(
        List.of(),
        change.added(),
        "adds to the SPI: raise the minor part of bertctl.spi.version in pom.xml unless the last"
            + " release has a lower one already, and run with -Dspi.api=write");
    assertEquals("# SPI " + version, promised.get(0), "run with -Dspi.api=write");
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = TaskPlugin.class.getResourceAsStream("spi.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  @Test
  void whatHasGoneOrChangedBreaks() {
    List<String> promised =
        List.of("# SPI 1.0", "final class a.A", "  new()", "  int b(int)", "class a.C");
    assertEquals(
        new ApiChange(
            List.of("gone: final class a.A  int b(int)", "gone: class a.C"),
            List.of("final class a.A  int b(long)")),
        ApiChange.between(promised, List.of("final class a.A", "  new()", "  int b(long)")));
  }

  @Test
  void aNewMethodToImplementBreaksAndOneWithADefaultDoesNot() {
    assertEquals(
        new ApiChange(
            List.of("to be implemented: interface a.A  abstract int b()"),
            List.of("interface a.A  int c()", "interface a.B", "interface a.B  abstract int d()")),
        ApiChange.between(
            List.of("interface a.A"),
            List.of(
                "interface a.A",
                "  abstract int b()",
                "  int c()",
                "interface a.B",
                "  abstract int d()")));
  }

  @Test
  void whatIsExperimentalMayGoAndCome() {
    assertTrue(
        ApiChange.between(
                List.of("class a.A", "  @Experimental int b()"),
                List.of("class a.A", "  @Experimental abstract int c()"))
            .isNone());
  }

  @Test
  void whatIsExperimentalSaysWhatMayChange() throws Exception {
    assertTrue(Experimental.class.isAnnotationPresent(Documented.class));
    String guide = Files.readString(Path.of("../docs/plugins.md"));
    List<String> marked = marked();
    assertFalse(marked.isEmpty());
    for (String name : marked) {
      assertTrue(guide.contains("`" + name + "`"), "docs/plugins.md does not name " + name);
    }
  }

  /** What is marked: {@code Type} or {@code Type.method}. */
  private static List<String> marked() throws Exception {
    List<String> marked = new ArrayList<>();
    for (Class<?> type : PublicApi.types(CLASSES)) {
      note(type, type.getSimpleName(), marked);
      for (Method method : type.getDeclaredMethods()) {
        note(method, type.getSimpleName() + "." + method.getName(), marked);
      }
    }
    return marked;
  }

  private static void note(AnnotatedElement element, String name, List<String> marked) {
    Experimental experimental = element.getAnnotation(Experimental.class);
    if (experimental != null) {
      assertFalse(experimental.value().isBlank(), name);
      marked.add(name);
    }
  }
}
