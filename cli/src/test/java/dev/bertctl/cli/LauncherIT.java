// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.cli.PackagedApp.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./bertctl}, on the application that was just packaged. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final Path LAUNCHER = Path.of(System.getProperty("bertctl.launcher"));

  @TempDir Path folder;

  @Test
  void itWorksThroughALinkFromAnyFolder() throws Exception {
    String java = System.getProperty("java.home");
    Path link = Files.createSymbolicLink(folder.resolve("bertctl"), LAUNCHER);

    Result absolute = launcher(link, java).run("list-tasks");
    Result relative = launcher(Path.of("./bertctl"), java).run("list-tasks");

    Files.delete(link);
    assertEquals(PackagedApp.built().run("list-tasks"), absolute);
    assertEquals(absolute, relative);
  }

  @Test
  void itNeedsNoSourcesWhereTheApplicationIs() throws Exception {
    Path copy = Files.copy(LAUNCHER, folder.resolve("bertctl"), StandardCopyOption.COPY_ATTRIBUTES);
    Path target = Files.createDirectories(folder.resolve("cli/target"));
    Files.createSymbolicLink(
        target.resolve("quarkus-app"), PackagedApp.builtFolder().toAbsolutePath());

    Result copied = launcher(copy, System.getProperty("java.home")).run("list-tasks");

    assertEquals(PackagedApp.built().run("list-tasks"), copied);
  }

  @Test
  void itPassesTheExitCodeOn() throws Exception {
    assertEquals(2, launcher(LAUNCHER, System.getProperty("java.home")).run("nonsense").exitCode());
  }

  @Test
  void aJavaHomeWithoutJavaIsRefused() throws Exception {
    assertEquals(
        new Result(
            1,
            "",
            "bertctl: JAVA_HOME is "
                + folder
                + ", which has no bin/java; set it to a JDK 17 or newer\n"),
        launcher(LAUNCHER, folder.toString()).run());
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    Path java = Files.createFile(Files.createDirectory(folder.resolve("bin")).resolve("java"));
    java.toFile().setExecutable(true);
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    assertEquals(
        new Result(
            1,
            "",
            "bertctl: Java 11.0.2 in "
                + folder
                + " is too old; install a JDK 17 or newer, or set JAVA_HOME to one\n"),
        launcher(LAUNCHER, folder.toString()).run());
  }

  private PackagedApp launcher(Path script, String javaHome) throws IOException {
    return new PackagedApp(
        List.of(script.toString()), folder, Map.of("JAVA_HOME", javaHome, "LC_ALL", "C.UTF-8"));
  }
}
