// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to be refused, each with a real jar and its whole message. */
class RefusalsTest {

  private static final int JAVA = Runtime.version().feature();

  @TempDir Path folder;

  @Test
  void aFileThatIsNoZip() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "<html>not found</html>");

    assertRefused(
        jar, "it cannot be read as a jar: zip END header not found; build it or fetch it again");
  }

  @Test
  void aJarThatIsCutOff() throws IOException {
    Path jar = sarcasm("a.jar").naming("outside.Sarcasm");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(
        jar, "it cannot be read as a jar: zip END header not found; build it or fetch it again");
  }

  @Test
  void aLinkToNothing() throws IOException {
    Path jar = Files.createSymbolicLink(folder.resolve("a.jar"), folder.resolve("gone.jar"));

    assertRefused(
        jar, "it cannot be read as a jar: NoSuchFileException; build it or fetch it again");
  }

  @Test
  void aManifestLargerThanAnyManifest() throws IOException {
    Path jar = sarcasm("a.jar").attribute("Long", "x".repeat(2 << 20)).naming("outside.Sarcasm");

    assertRefused(
        jar,
        "it cannot be read as a jar: its META-INF/MANIFEST.MF is larger than 1 MiB; build it"
            + " or fetch it again");
  }

  @Test
  void aJarLargerThanAnyPlugin() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (var file = new java.io.RandomAccessFile(jar.toFile(), "rw")) {
      file.setLength((256L << 20) + 1);
    }

    assertRefused(
        jar,
        "it cannot be read as a jar: it is larger than 256 MiB: data and models are no part of a plugin; build it or fetch it again");
  }

  @Test
  void aJarWithMoreEntriesThanAnyPlugin() throws IOException {
    PluginJar many = sarcasm("a.jar");
    for (int i = 0; i < 100_000; i++) {
      many.entry("data/" + i, "");
    }
    Path jar = many.naming("outside.Sarcasm");

    assertRefused(
        jar,
        "it cannot be read as a jar: it has more than 100,000 entries; build it or fetch it again");
  }

  @Test
  void anUnstatedVersionOfTheSpi() throws IOException {
    Path jar = sarcasm("a.jar").attribute("Bertctl-SPI-Version", "").naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its manifest does not say which version of the SPI it was built for; its author adds"
            + " 'Bertctl-SPI-Version: MAJOR.MINOR' (here: 2.0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.0  | install a newer version of the plugin, built for 2.x
          2.1  | update bertctl, or install a version of the plugin built for 2.0 to 2.0
          3.0  | update bertctl, or install a version of the plugin built for 2.0 to 2.0
          """)
  void anotherVersionOfTheSpi(String version, String remedy) throws IOException {
    Path jar = sarcasm("a.jar").attribute("Bertctl-SPI-Version", version).naming("outside.Sarcasm");

    assertRefused(
        jar, "it was built for version %s of the SPI, this is 2.0; %s".formatted(version, remedy));
  }

  @Test
  void aVersionOfTheSpiThatIsNone() throws IOException {
    Path jar = sarcasm("a.jar").attribute("Bertctl-SPI-Version", "one").naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its manifest says 'Bertctl-SPI-Version: one', which is no version such as 2.0; its author"
            + " corrects it");
  }

  @ParameterizedTest
  @CsvSource({
    "org/tensorflow/Graph.class, org.tensorflow.Graph",
    "ai/djl/engine/Engine.class, ai.djl.engine.Engine",
    "dev/bertctl/spi/TaskPlugin.class, dev.bertctl.spi.TaskPlugin",
    "dev/bertctl/runtime/registry/TaskRegistry.class, dev.bertctl.runtime.registry.TaskRegistry",
    "dev/bertctl/cli/Main.class, dev.bertctl.cli.Main"
  })
  void aClassOfTheHost(String entry, String name) throws IOException {
    Path jar = sarcasm("a.jar").entry(entry, "").naming("outside.Sarcasm");

    assertRefused(
        jar,
        "it carries %s, which belongs to bertctl; give the dependency that brings it the scope"
                .formatted(name)
            + " 'provided' and build the plugin again, or remove that jar from the plugin's"
            + " folder");
  }

  @Test
  void aLibraryOfTheHostInThePluginsFolder() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("sarcasm"));
    sarcasm("sarcasm/a.jar").naming("outside.Sarcasm");
    Path library = jar("sarcasm/tensorflow.jar").entry("org/tensorflow/Graph.class", "").write();

    assertEquals(
        List.of(
            "plugin "
                + library
                + " is refused: it carries org.tensorflow.Graph, which belongs to bertctl; give the"
                + " dependency that brings it the scope 'provided' and build the plugin again, or"
                + " remove that jar from the plugin's folder"),
        refusals(plugin));
  }

  @Test
  void noServicesFile() throws IOException {
    Path jar = sarcasm("a.jar").write();

    assertRefused(
        jar,
        "it has no META-INF/services/dev.bertctl.spi.TaskPlugin; its author adds that file, which"
            + " names the task plugins; a mere library belongs in one folder with the plugin that"
            + " needs it");
  }

  @Test
  void aServicesFileThatNamesNothing() throws IOException {
    Path jar = sarcasm("a.jar").naming("# outside.Sarcasm");

    assertRefused(
        jar,
        "its META-INF/services/dev.bertctl.spi.TaskPlugin names no class; its author adds the name"
            + " of the task plugin's class");
  }

  @Test
  void aServicesFileThatNamesAMissingClass() throws IOException {
    Path jar = sarcasm("a.jar").naming("outside.Sarcasm", "outside.Gone");

    assertRefused(
        jar,
        "its META-INF/services/dev.bertctl.spi.TaskPlugin names outside.Gone, a class that is not"
            + " there; its author corrects the name, or builds the jar with the class");
  }

  @Test
  void aServicesFileThatIsSomethingElse() throws IOException {
    Path jar = sarcasm("a.jar").naming("outside.Sarcasm", "\0\u0001 java/lang/Exception");

    assertRefused(
        jar,
        "its META-INF/services/dev.bertctl.spi.TaskPlugin has a line that is no class's name; build"
            + " it or fetch it again");
  }

  @Test
  void anEmptyFolder() throws IOException {
    assertRefused(
        Files.createDirectory(folder.resolve("sarcasm")),
        "it holds no jar; put the plugin's jars into it, or remove the folder");
  }

  @Test
  void aFolderOfLibraries() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("sarcasm"));
    jar("sarcasm/a.jar").write();
    jar("sarcasm/b.jar").write();

    assertRefused(
        plugin,
        "none of its jars has META-INF/services/dev.bertctl.spi.TaskPlugin; its author adds that"
            + " file, which names the task plugins; a mere library belongs in one folder with the"
            + " plugin that needs it");
  }

  @Test
  void aFolderOfTwoPlugins() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("both"));
    jar("both/a.jar").naming("outside.A");
    jar("both/b.jar").naming("outside.B");

    assertRefused(
        plugin,
        "a.jar and b.jar in it both have META-INF/services/dev.bertctl.spi.TaskPlugin; a folder is"
            + " one plugin with its libraries: give each plugin a folder of its own");
  }

  @Test
  void aClassForANewerJava() throws IOException {
    Path jar = sarcasm("a.jar").forJava("outside.Sarcasm", JAVA + 4).naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its class outside.Sarcasm needs Java %d, this is Java %d; run bertctl with Java %d or newer"
                .formatted(JAVA + 4, JAVA, JAVA + 4)
            + " (JAVA_HOME), or install a build for Java "
            + JAVA);
  }

  @Test
  void aClassForANewerJavaIsNoMatterWhereThisJavaDoesNotLook() throws IOException {
    PluginJar jar = sarcasm("a.jar").attribute("Multi-Release", "true");
    byte[] newer = jar.forJava("outside.Sarcasm", JAVA + 4).bytes("outside.Sarcasm");
    jar.forJava("outside.Sarcasm", JAVA)
        .entry("META-INF/versions/%d/outside/Sarcasm.class".formatted(JAVA + 4), newer)
        .entry("META-INF/versions/9/module-info.class", newer)
        .naming("outside.Sarcasm");

    assertEquals(List.of(), refusals(folder.resolve("a.jar")));
  }

  @Test
  void aClassForANewerJavaInItsPlaceForThisJava() throws IOException {
    PluginJar jar = sarcasm("a.jar").attribute("Multi-Release", "true");
    byte[] newer = jar.forJava("outside.Sarcasm", JAVA + 1).bytes("outside.Sarcasm");
    Path written =
        jar.forJava("outside.Sarcasm", JAVA)
            .entry("META-INF/versions/%d/outside/Sarcasm.class".formatted(JAVA), newer)
            .naming("outside.Sarcasm");

    assertRefused(
        written,
        "its class outside.Sarcasm needs Java %d, this is Java %d; run bertctl with Java %d or newer"
                .formatted(JAVA + 1, JAVA, JAVA + 1)
            + " (JAVA_HOME), or install a build for Java "
            + JAVA);
  }

  @Test
  void aClassThatIsNoTaskPlugin() throws IOException {
    Path jar =
        jar("a.jar")
            .source("outside.Other", "package outside; public class Other {}")
            .naming("outside.Other");

    assertRefused(
        jar,
        "its task plugin outside.Other cannot be used: it is no dev.bertctl.spi.TaskPlugin; its"
            + " author corrects that");
  }

  @ParameterizedTest
  @CsvSource({
    "Sarcasm(int i) {}, it has no public constructor without parameters",
    "private Sarcasm() {}, it has no public constructor without parameters"
  })
  void aConstructorThatCannotBeCalled(String constructor, String problem) throws IOException {
    Path jar = jar("a.jar").plugin("Sarcasm", "sarcasm", constructor).naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: %s; its author corrects that"
            .formatted(problem));
  }

  @ParameterizedTest
  @CsvSource({"public abstract, it is abstract", "final, it is not public"})
  void aClassThatCannotBeMade(String modifiers, String problem) throws IOException {
    Path jar =
        sarcasm("a.jar")
            .source(
                "outside.Child",
                "package outside; %s class Child extends Sarcasm { public Child() {} }"
                    .formatted(modifiers))
            .naming("outside.Child");

    assertRefused(
        jar,
        "its task plugin outside.Child cannot be used: %s; its author corrects that"
            .formatted(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public Sarcasm() { throw new IllegalStateException("no key"); } | java.lang.IllegalStateException: no key
          static { if (true) throw new AssertionError("no key"); }        | java.lang.AssertionError: no key
          public String summary() { return summary(); }                   | java.lang.StackOverflowError
          """)
  void codeThatFails(String code, String problem) throws IOException {
    Path jar = jar("a.jar").plugin("Sarcasm", "sarcasm", code).naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: it failed: %s; its author has to see to"
                .formatted(problem)
            + " that; do without the plugin until then");
  }

  @Test
  void aNameThatUsersCannotType() throws IOException {
    Path jar = jar("a.jar").plugin("Sarcasm", "Bad Name", "").naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: its name 'Bad Name' is not made of"
            + " lower-case letters, digits and dashes, beginning with a letter; its author corrects"
            + " that");
  }

  @Test
  void aSummaryOfSeveralLines() throws IOException {
    Path jar =
        jar("a.jar")
            .plugin("Sarcasm", "sarcasm", "public String summary() { return \"a\\nb\"; }")
            .naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: its summary is not one line of text; its"
            + " author corrects that");
  }

  @Test
  void aLibraryThatIsMissing() throws IOException {
    Path library =
        jar("library.jar")
            .source("lib.Words", "package lib; public class Words { public static int n = 1; }")
            .write();
    Path jar =
        jar("a.jar")
            .against(library)
            .plugin("Sarcasm", "sarcasm", "private final int n = lib.Words.n;")
            .naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: it needs the class lib.Words, which is in"
            + " none of its jars; install it by its Maven coordinates, which brings what it depends"
            + " on, or put the jar with that class beside it, both in a folder of their own");
  }

  @Test
  void aLibraryOfAnotherVersion() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("sarcasm"));
    Path newer =
        jar("newer.jar")
            .source(
                "lib.Words",
                "package lib; public class Words { public static int n() { return 1; } }")
            .write();
    jar("sarcasm/words.jar").source("lib.Words", "package lib; public class Words {}").write();
    Path jar =
        jar("sarcasm/a.jar")
            .against(newer)
            .plugin("Sarcasm", "sarcasm", "private final int n = lib.Words.n();")
            .naming("outside.Sarcasm");

    assertEquals(
        List.of(
            "plugin "
                + jar
                + " is refused: its task plugin outside.Sarcasm cannot be used: its classes do not"
                + " fit together (no such method: 'int lib.Words.n()'); install it by its Maven"
                + " coordinates, which brings the versions that it was built with"),
        refusals(plugin));
  }

  @Test
  void aPartOfTheSpiThatIsNotThere() throws IOException {
    Path newer =
        jar("newer.jar")
            .source("dev.bertctl.spi.Fresh", "package dev.bertctl.spi; public class Fresh {}")
            .write();
    Path jar =
        jar("a.jar")
            .against(newer)
            .plugin("Sarcasm", "sarcasm", "private final Object o = new dev.bertctl.spi.Fresh();")
            .naming("outside.Sarcasm");

    assertRefused(
        jar,
        "its task plugin outside.Sarcasm cannot be used: it uses a part of the SPI that version 2.0"
            + " does not have (no class def found: dev.bertctl.spi.Fresh); its author builds it"
            + " against that version, or states the version that it needs");
  }

  @Test
  void aNameThatABuiltInTaskHas() throws IOException {
    Path builtIn = jar("built-in.jar").plugin("Mine", "sarcasm", "").naming("outside.Mine");
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = sarcasm("plugins/a.jar").naming("outside.Sarcasm");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {builtIn.toUri().toURL()})) {
      InstalledPlugins installed =
          InstalledPlugins.load(new PluginFolder(plugins), FoundTasks.in(loader).tasks());

      assertEquals(
          List.of(
              "plugin "
                  + jar
                  + " is refused: its task name 'sarcasm' is that of the built-in plugin "
                  + builtIn
                  + "; its author chooses another name"),
          installed.found().problems());
      assertEquals(List.of(), installed.found().tasks());
    }
  }

  @Test
  void aNameThatTwoPluginsHave() throws IOException {
    Path one = sarcasm("one.jar").naming("outside.Sarcasm");
    Path two = jar("two.jar").plugin("Two", "sarcasm", "").naming("outside.Two");
    jar("other.jar").plugin("Other", "other", "").naming("outside.Other");

    FoundTasks found = InstalledPlugins.load(new PluginFolder(folder), List.of()).found();

    assertEquals(
        List.of(
            "plugin "
                + one
                + " is refused: its task name 'sarcasm' is also that of the plugin "
                + two
                + "; remove one of the two",
            "plugin "
                + two
                + " is refused: its task name 'sarcasm' is also that of the plugin "
                + one
                + "; remove one of the two"),
        found.problems());
    assertEquals(List.of("other"), found.tasks().stream().map(RegisteredTask::name).toList());
  }

  @Test
  void aNameThatAPluginHasTwice() throws IOException {
    Path jar =
        sarcasm("a.jar").plugin("Two", "sarcasm", "").naming("outside.Sarcasm", "outside.Two");

    assertEquals(
        List.of(
            "plugin "
                + jar
                + " is refused: two of its task plugins have the name 'sarcasm'; its author chooses"
                + " another name for one of them"),
        InstalledPlugins.load(new PluginFolder(folder), List.of()).found().problems());
  }

  @Test
  void nothingOfARefusedPluginRuns() throws IOException {
    Path trace = folder.resolve("trace");
    String traces =
        "static { try { java.nio.file.Files.writeString(java.nio.file.Path.of(\"%s\"), \"ran\"); }"
            + " catch (java.io.IOException e) { throw new IllegalStateException(e); } }";
    Path jar =
        jar("a.jar")
            .plugin("Sarcasm", "sarcasm", traces.formatted(trace))
            .source("outside.Other", "package outside; public class Other {}")
            .naming("outside.Sarcasm", "outside.Other");

    assertEquals(1, refusals(jar).size());
    assertFalse(Files.exists(trace));
  }

  @Test
  void oneBrokenPluginDoesNotStopTheOthers() throws IOException {
    Files.writeString(folder.resolve("a.jar"), "no zip");
    sarcasm("b.jar").naming("outside.Sarcasm");
    jar("c.jar").plugin("Bad", "bad", "public Bad() { throw new Error(); }").naming("outside.Bad");

    FoundTasks found = InstalledPlugins.load(new PluginFolder(folder), List.of()).found();

    assertEquals(
        "sarcasm", found.tasks().stream().map(RegisteredTask::name).collect(Collectors.joining()));
    assertEquals(2, found.problems().size());
  }

  @Test
  void aBrokenPluginClaimsNoNames() throws IOException {
    sarcasm("a.jar")
        .plugin("Bad", "bad", "public Bad() { throw new Error(); }")
        .naming("outside.Sarcasm", "outside.Bad");
    Path other = jar("b.jar").plugin("Other", "sarcasm", "").naming("outside.Other");

    FoundTasks found = InstalledPlugins.load(new PluginFolder(folder), List.of()).found();

    assertEquals(List.of(other), found.tasks().stream().map(task -> task.origin().path()).toList());
    assertEquals(1, found.problems().size());
  }

  private PluginJar jar(String name) throws IOException {
    return new PluginJar(folder.resolve(name));
  }

  private PluginJar sarcasm(String name) throws IOException {
    return jar(name).plugin("Sarcasm", "sarcasm", "");
  }

  private static void assertRefused(Path path, String message) {
    assertEquals(List.of("plugin " + path + " is refused: " + message), refusals(path));
  }

  private static List<String> refusals(Path path) {
    return PluginLoader.load(PluginFiles.at(path)).refusals().stream()
        .map(Refusal::toString)
        .toList();
  }
}
