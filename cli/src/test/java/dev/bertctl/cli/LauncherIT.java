// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.cli.PackagedApp.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Files.createFile(Files.createDirectory(folder.resolve("my-plugin")).resolve("pom.xml"));

    Result copied = launcher(copy, System.getProperty("java.home")).run("list-tasks");

    assertEquals(PackagedApp.built().run("list-tasks"), copied);
  }

  @Test
  void withoutApplicationAndSourcesItSaysSo() throws Exception {
    Path copy = Files.copy(LAUNCHER, folder.resolve("bertctl"), StandardCopyOption.COPY_ATTRIBUTES);

    assertEquals(
        new Result(
            1,
            "",
            "bertctl: there is neither %s/cli/target/quarkus-app/quarkus-run.jar nor the sources to build it from; copy it there\n"
                .formatted(folder.toRealPath())),
        launcher(copy, System.getProperty("java.home")).run("list-tasks"));
  }

  @Test
  void whatComputesBeginsWithASmallHeapUnlessTheUserWantsAnother() throws Exception {
    Path copy = Files.copy(LAUNCHER, folder.resolve("bertctl"), StandardCopyOption.COPY_ATTRIBUTES);
    Path target = Files.createDirectories(folder.resolve("cli/target"));
    Files.createSymbolicLink(
        target.resolve("quarkus-app"), PackagedApp.builtFolder().toAbsolutePath());
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    java.toFile().setExecutable(true);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    PackagedApp launcher =
        launcher(copy, folder.resolve("jdk").toString()).with("BERTCTL_JAVA_OPTS", "-Xms1g -Xmx2g");

    List<String> computing = heapOptions(launcher.run("run", "nli"));
    List<String> listing = heapOptions(launcher.run("list-tasks"));

    // Of options that contradict each other Java takes the last.
    assertEquals(List.of("-Xms32m", "-Xms1g", "-Xmx2g"), computing);
    assertEquals(List.of("-Xms1g", "-Xmx2g"), listing);
  }

  private static List<String> heapOptions(Result result) {
    return result.out().lines().filter(argument -> argument.startsWith("-Xm")).toList();
  }

  @Test
  void itPassesTheExitCodeOn() throws Exception {
    assertEquals(2, launcher(LAUNCHER, System.getProperty("java.home")).run("nonsense").exitCode());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatKeepsJavaFromStartingIsTold() throws Exception {
    Result files = limited("-n 40");
    assertEquals(
        new Result(
            1,
            "",
            "bertctl: only 40 files may be open at once, and 128 are needed; set that by: ulimit -n 128\n"),
        files);
    // Java crashes with the first, and tells standard output of the last.
    for (int least : new int[] {100_000, 500_000, 4_000_000}) {
      assertEquals(
          new Result(
              1,
              "",
              "bertctl: only %d KiB of memory may be addressed, and 6000000 are needed; set that by: ulimit -v 6000000\n"
                  .formatted(least)),
          limited("-v " + least));
    }
  }

  private Result limited(String limit) throws Exception {
    Path script = folder.resolve("limited");
    Files.writeString(
        script, "#!/bin/sh\nulimit %s\nexec '%s' \"$@\"\n".formatted(limit, LAUNCHER));
    assertTrue(script.toFile().setExecutable(true));
    return launcher(script, System.getProperty("java.home")).run("list-tasks");
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

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "TERM", "KILL"})
  void aBuildEndsWithItsLauncherAndTheNextStartBuilds(String signal) throws Exception {
    Path launcher = projectWith(BUILD_WITHOUT_END);
    Process first = launcher(launcher, System.getProperty("java.home")).start("list-tasks");
    await(folder.resolve("building"));

    new ProcessBuilder("kill", "-s", signal, Long.toString(first.pid())).start().waitFor();

    int number = Map.of("HUP", 1, "KILL", 9, "TERM", 15).get(signal);
    assertEquals(128 + number, PackagedApp.await(first).exitCode());
    await(folder.resolve("maven-ended"));
    await(folder.resolve("child-ended"));
    projectWith(BUILD);
    Result second = launcher(launcher, System.getProperty("java.home")).run("list-tasks");
    assertEquals(PackagedApp.built().run("list-tasks").out(), second.out());
    assertTrue(
        second.err().contains("bertctl: building again, the last build did not end well\n"),
        second::err);
    assertEquals("", launcher(launcher, System.getProperty("java.home")).run("list-tasks").err());
  }

  @Test
  void aFailedBuildIsShownAndTriedAgain() throws Exception {
    Path launcher = projectWith("echo '[ERROR] no such class'; exit 1");
    Result failed =
        new Result(
            1,
            "",
            "bertctl: building (first use; libraries are fetched from Maven Central)\n"
                + "[ERROR] no such class\n"
                + "bertctl: the build failed; all of its output is in "
                + folder.toRealPath()
                + "/target/build.log\n");

    assertEquals(failed, launcher(launcher, System.getProperty("java.home")).run("list-tasks"));

    projectWith(BUILD);
    assertEquals(
        0, launcher(launcher, System.getProperty("java.home")).run("list-tasks").exitCode());
  }

  @Test
  void mavenIsToldOfTheProxies() throws Exception {
    Path launcher = projectWith("printf '%s\\n' \"$@\" > arguments\n" + BUILD);

    launcher(launcher, System.getProperty("java.home"))
        .with("https_proxy", "http://me:secret@proxy.example:3128/")
        .with("http_proxy", "")
        .with("HTTP_PROXY", "")
        .with("all_proxy", "")
        .with("ALL_PROXY", "other.example")
        .with("no_proxy", ".a.example, b.example *.c.example")
        .run("list-tasks")
        .success();

    assertEquals(
        List.of(
            "-Dhttp.proxyHost=other.example",
            "-Dhttp.proxyPort=1080",
            "-Dhttps.proxyHost=proxy.example",
            "-Dhttps.proxyPort=3128",
            "-Dhttp.nonProxyHosts=a.example|*.a.example|b.example|*.b.example|c.example|*.c.example",
            "-Daether.connector.http.useSystemProperties=true"),
        Files.readAllLines(folder.resolve("arguments")).stream()
            .filter(argument -> argument.matches(".*roxy.*|-Daether.*"))
            .toList());
  }

  /** Maven and a process that it started, which say when they are ended. */
  private static final String BUILD_WITHOUT_END =
      """
      begin() {
        trap 'echo > "$1-ended"; exit 1' TERM
        sleep 1000 &
        [ "$1" = child ] || { begin child & } && echo > "$1-began"
        while ! [ -e child-began ]; do sleep 0.1; done
        echo > building
        wait
      }
      begin maven
      """;

  /** Makes the application appear, as the real build does. */
  private static final String BUILD =
      "mkdir -p cli/target && ln -s '%s' cli/target/quarkus-app"
          .formatted(PackagedApp.builtFolder().toAbsolutePath());

  /** A project of the launcher and something in the place of Maven. */
  private Path projectWith(String maven) throws IOException {
    Path wrapper = folder.resolve("mvnw");
    Files.writeString(wrapper, "#!/bin/sh\ncd '%s' || exit\n%s".formatted(folder, maven));
    wrapper.toFile().setExecutable(true);
    Path sources = Files.write(folder.resolve("pom.xml"), new byte[0]);
    Files.setLastModifiedTime(sources, FileTime.fromMillis(0));
    return Files.copy(
        LAUNCHER,
        folder.resolve("bertctl"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void await(Path file) throws InterruptedException {
    for (int i = 0; !Files.exists(file); i++) {
      assertTrue(i < 600, () -> file + " does not appear");
      Thread.sleep(100);
    }
  }

  private PackagedApp launcher(Path script, String javaHome) throws IOException {
    return new PackagedApp(
        List.of(script.toString()), folder, Map.of("JAVA_HOME", javaHome, "LC_ALL", "C.UTF-8"));
  }
}
