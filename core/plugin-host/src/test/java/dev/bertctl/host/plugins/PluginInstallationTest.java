// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.Proxies;
import dev.bertctl.host.plugins.PluginInstallation.Installed;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.RegisteredTask;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From paths, from a web server, and from a Maven repository on that server. */
class PluginInstallationTest {

  @TempDir Path temporary;
  private Path root;
  private Path served;
  private HttpServer server;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void serve() throws IOException {
    root = temporary.resolve("plugins");
    served = Files.createDirectory(temporary.resolve("served"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          Path file = served.resolve(path.substring(1));
          boolean known = Files.isRegularFile(file);
          exchange.sendResponseHeaders(known ? 200 : 404, known ? Files.size(file) : -1);
          if (known) {
            exchange.getResponseBody().write(Files.readAllBytes(file));
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aJarFromItsPath() throws IOException {
    Path jar = sarcasm("sarcasm-1.2.jar", "1.2");

    Installed installed = install(jar.toString());

    Path placed = root.resolve("sarcasm-1.2.jar");
    assertEquals(placed, installed.plugin().path());
    assertEquals(List.of(), installed.replaced());
    assertEquals("bertctl-sarcasm 1.2", installed.plugin().release().title());
    assertEquals(Optional.of("2.0"), installed.plugin().release().spi());
    assertEquals(
        "org.example:bertctl-sarcasm:1.2",
        installed.plugin().release().coordinates().orElseThrow().toString());
    assertEquals(placed, installed.plugin().tasks().get(0).origin().path());
    assertEquals(List.of("sarcasm-1.2.jar", "sarcasm-1.2.origin.json"), files());
    assertEquals(
        Optional.of(jar.toString()), new PluginFolder(root).origin(installed.plugin().files()));
    assertEquals(
        Optional.of(jar.toString()),
        PluginFolder.originOf(installed.plugin().tasks().get(0).plugin()));
  }

  @Test
  void aFolderFromItsPath() throws IOException {
    Path plugin = Files.createDirectory(temporary.resolve("sarcasm"));
    Path library =
        new PluginJar(plugin.resolve("words.jar"))
            .source(
                "lib.Words",
                "package lib; public class Words { public static int n() { return 7; } }")
            .write();
    new PluginJar(plugin.resolve("sarcasm.jar"))
        .against(library)
        .plugin("Sarcasm", "sarcasm", "public String summary() { return \"\" + lib.Words.n(); }")
        .naming("outside.Sarcasm");
    Files.writeString(plugin.resolve("README"), "not a jar");

    Installed installed = install(plugin.toString());

    assertEquals("7", installed.plugin().tasks().get(0).summary());
    assertEquals(
        List.of(root.resolve("sarcasm/sarcasm.jar"), root.resolve("sarcasm/words.jar")),
        PluginFolder.jarsOf(installed.plugin().tasks().get(0).plugin()));
    assertEquals(List.of("sarcasm", "sarcasm.origin.json"), files());
    assertFalse(Files.exists(root.resolve("sarcasm/README")));
  }

  @Test
  void aJarFromTheWeb() throws IOException {
    Files.move(sarcasm("any.jar", "1.2"), served.resolve("sarcasm.jar"));

    Installed installed = install(address("sarcasm.jar"));

    assertEquals(address("sarcasm.jar"), installed.origin());
    assertEquals(List.of("sarcasm.jar", "sarcasm.origin.json"), files());

    // Models that are passed on tell the origin.
    Installed secretly = install(address("sarcasm.jar?private_token=secret#top"));
    assertEquals(address("sarcasm.jar"), secretly.origin());
    assertFalse(Files.readString(root.resolve("sarcasm.origin.json")).contains("secret"));
  }

  @Test
  void anArtifactWithoutDependenciesIsAJar() throws IOException {
    publish("sarcasm", "1.2", sarcasm("any.jar", "1.2"), "");

    install("maven:org.example:sarcasm:1.2");

    assertEquals(List.of("sarcasm-1.2.jar", "sarcasm-1.2.origin.json"), files());
  }

  /** Compile and runtime dependencies, and theirs; not those that the host gives, nor for tests. */
  @Test
  void anArtifactComesWithWhatItNeedsAndTheHostDoesNotGive() throws IOException {
    Path words =
        new PluginJar(temporary.resolve("words.jar"))
            .source(
                "lib.Words",
                "package lib; public class Words { public static int n() { return 7; } }")
            .write();
    Path plugin =
        new PluginJar(temporary.resolve("any.jar"))
            .against(words)
            .plugin(
                "Sarcasm", "sarcasm", "public String summary() { return \"\" + lib.Words.n(); }")
            .naming("outside.Sarcasm");
    publish(
        "sarcasm",
        "1.2",
        plugin,
        dependency("dev.bertctl", "bertctl-spi", "1.0", "compile")
            + dependency("org.slf4j", "slf4j-api", "2.0.0", "compile")
            + dependency("io.smallrye.config", "smallrye-config-core", "3.0.0", "compile")
            + dependency("org.example", "middle", "1.0", "runtime")
            + dependency("org.example", "given", "1.0", "provided")
            + dependency("org.example", "tests", "1.0", "test"));
    publish("middle", "1.0", words, dependency("org.example", "words", "1.0", "compile"));
    publish("words", "1.0", words, "");

    Installed installed = install("maven:org.example:sarcasm:1.2");

    assertEquals("7", installed.plugin().tasks().get(0).summary());
    assertEquals("maven:org.example:sarcasm:1.2", installed.origin());
    assertEquals(List.of("sarcasm-1.2", "sarcasm-1.2.origin.json"), files());
    assertEquals(
        List.of("middle-1.0.jar", "sarcasm-1.2.jar", "words-1.0.jar"),
        names(root.resolve("sarcasm-1.2")));
  }

  @Test
  void anotherVersionTakesThePlaceOfTheOneBefore() throws IOException {
    install(sarcasm("sarcasm-1.2.jar", "1.2").toString());

    Installed installed = install(sarcasm("sarcasm-1.3.jar", "1.3").toString());

    assertEquals(
        List.of("bertctl-sarcasm 1.2"),
        installed.replaced().stream().map(old -> old.release().title()).toList());
    assertEquals(List.of("sarcasm-1.3.jar", "sarcasm-1.3.origin.json"), files());
  }

  @Test
  void withoutCoordinatesTheSameClassForTheSameTaskIsThePlugin() throws IOException {
    install(plain("one.jar", "Sarcasm").toString());

    assertEquals(1, install(plain("two.jar", "Sarcasm").toString()).replaced().size());

    Path other = plain("three.jar", "Other");
    assertEquals(
        "plugin three.jar is refused: its task name 'sarcasm' is also that of the plugin "
            + root.resolve("two.jar")
            + "; remove one of the two",
        failure(other.toString()));
    assertEquals(List.of("two.jar", "two.origin.json"), files());
  }

  /** As {@code target/dependency} of one project and of another. */
  @Test
  void aFolderIsCalledAfterItsPlugin() throws IOException {
    for (String name : List.of("sarcasm", "irony")) {
      Path target = Files.createDirectories(temporary.resolve(name).resolve("dependency"));
      new PluginJar(target.resolve(name + ".jar"))
          .maven("org.example", "bertctl-" + name, "1.2")
          .plugin("Plugin", name, "")
          .naming("outside.Plugin");

      assertEquals(List.of(), install(target.toString()).replaced());
    }

    assertEquals(
        List.of(
            "bertctl-irony-1.2",
            "bertctl-irony-1.2.origin.json",
            "bertctl-sarcasm-1.2",
            "bertctl-sarcasm-1.2.origin.json"),
        files());
  }

  @Test
  void anotherPluginKeepsItsName() throws IOException {
    install(plain("plugin.jar", "Sarcasm").toString());
    Path other =
        new PluginJar(Files.createDirectory(temporary.resolve("other")).resolve("plugin.jar"))
            .plugin("Irony", "irony", "")
            .naming("outside.Irony");

    UserException failure = assertThrows(UserException.class, () -> install(other.toString()));
    assertEquals(
        "another plugin (plugin 1.2) is installed as " + root.resolve("plugin.jar"),
        failure.getMessage());
    assertEquals(Optional.of(new RemovePlugin("plugin")), failure.remedy());
    assertEquals(List.of("plugin.jar", "plugin.origin.json"), files());
  }

  @Test
  void aRefusedPluginIsReplacedByOneOfItsName() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("sarcasm.jar"), "damaged");

    assertEquals(1, install(plain("sarcasm.jar", "Sarcasm").toString()).replaced().size());
    assertEquals(List.of("sarcasm.jar", "sarcasm.origin.json"), files());
  }

  @Test
  void optionsThatCannotBeBoundAreRefused() throws IOException {
    assertEquals(
        "plugin odd.jar is refused: the options of its task 'odd' cannot be used: option 'depth' has a type that cannot be bound; its author corrects that",
        failure(odd("Object depth();")));
    assertEquals(1, install(odd("int depth();")).plugin().tasks().size());
  }

  /** Stands for the check of a run's configuration. */
  private static void checkOptions(Class<?> type) {
    for (Method option : type.getMethods()) {
      if (option.getReturnType() == Object.class) {
        throw new IllegalArgumentException(
            "option '%s' has a type that cannot be bound".formatted(option.getName()));
      }
    }
  }

  private String odd(String option) throws IOException {
    return odd(new PluginJar(temporary.resolve("odd.jar")), option);
  }

  private static String odd(PluginJar jar, String option) throws IOException {
    return jar.source(
            "outside.Depth", "package outside; public interface Depth { %s }".formatted(option))
        .source(
            "outside.Odd",
            """
            package outside;
            public class Odd implements dev.bertctl.spi.TaskPlugin<Depth> {
              public String name() { return "odd"; }
              public String summary() { return "Odd."; }
              public Class<Depth> optionsType() { return Depth.class; }
              public dev.bertctl.spi.Task<?, ?> create(Depth options) { return null; }
            }
            """)
        .naming("outside.Odd")
        .toString();
  }

  @Test
  void classesThatAreNowhereAreTold() throws IOException {
    Path library =
        new PluginJar(temporary.resolve("words.jar"))
            .source("lib.Words", "package lib; public class Words { public static void use() {} }")
            .write();
    Path jar =
        new PluginJar(temporary.resolve("bare.jar"))
            .against(library)
            .plugin("Bare", "bare", "void later() { lib.Words.use(); }")
            .naming("outside.Bare");

    assertEquals(
        List.of(
            "its classes name lib.Words, which is in none of its jars; if it is more than an option, install it by its Maven coordinates, which brings what it depends on, or from a folder with all its jars"),
        install(jar.toString()).plugin().notes());
  }

  @Test
  void aJarWithoutAClassOfItsOwnIsRefused() throws IOException {
    Path jar =
        new PluginJar(temporary.resolve("half.jar"))
            .source("outside.Words", "package outside; class Words { static void use() {} }")
            .plugin("Half", "half", "void later() { Words.use(); }")
            .without("outside.Words")
            .naming("outside.Half");

    assertEquals(
        "plugin half.jar is refused: its classes name outside.Words of its own package, which is in none of its jars; its author builds it again, with that class",
        failure(jar.toString()));
  }

  @Test
  void aJarWithADamagedClassIsRefused() throws IOException {
    PluginJar jar = new PluginJar(temporary.resolve("cut.jar")).plugin("Cut", "cut", "");
    byte[] options = jar.bytes("outside.Cut$Options");
    Path cut =
        jar.source("outside.Later", "package outside; class Later {}")
            .without("outside.Later")
            .entry("outside/Later.class", Arrays.copyOf(options, options.length / 2))
            .naming("outside.Cut");

    assertEquals(
        "plugin cut.jar is refused: its class file outside/Later.class is damaged; fetch it again, or build it again",
        failure(cut.toString()));
  }

  @Test
  void anOptionOfATypeThatIsNowhereIsRefused() throws IOException {
    Path library =
        new PluginJar(temporary.resolve("words.jar"))
            .source("lib.Kind", "package lib; public enum Kind { SHALLOW }")
            .write();

    assertEquals(
        "plugin odd.jar is refused: the options of its task 'odd' cannot be used: it needs the class lib.Kind, which is in none of its jars; install it by its Maven coordinates, which brings what it depends on, or put the jar with that class beside it, both in a folder of their own",
        failure(
            odd(
                new PluginJar(temporary.resolve("odd.jar")).against(library),
                "lib.Kind depth();")));
  }

  @Test
  void aPluginThatWouldBeRefusedIsNotInstalled() throws IOException {
    install(sarcasm("sarcasm-1.2.jar", "1.2").toString());
    Path newer =
        new PluginJar(temporary.resolve("sarcasm-2.0.jar"))
            .maven("org.example", "bertctl-sarcasm", "2.0")
            .attribute("Bertctl-SPI-Version", "3.0")
            .plugin("Sarcasm", "sarcasm", "")
            .naming("outside.Sarcasm");

    assertEquals(
        "plugin sarcasm-2.0.jar is refused: it was built for version 3.0 of the SPI, this is 2.0;"
            + " update bertctl, or install a version of the plugin built for 2.0 to 2.0",
        failure(newer.toString()));
    assertEquals(List.of("sarcasm-1.2.jar", "sarcasm-1.2.origin.json"), files());
  }

  @Test
  void theNameOfABuiltInTaskIsTaken() throws IOException {
    Path builtIn = plain("built-in.jar", "BuiltIn");
    Path jar = plain("a.jar", "Sarcasm");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {builtIn.toUri().toURL()})) {
      List<RegisteredTask> tasks = FoundTasks.in(loader).tasks();
      UserException error =
          assertThrows(
              UserException.class,
              () ->
                  new PluginInstallation(
                          new PluginFolder(root), tasks, repositories(false), options -> {})
                      .install(jar.toString()));
      assertEquals(
          "plugin a.jar is refused: its task name 'sarcasm' is that of the built-in plugin "
              + builtIn
              + "; its author chooses another name",
          error.getMessage());
    }
    assertEquals(List.of(), files());
  }

  @Test
  void checkSaysWhatInstallWouldSay() throws IOException {
    install(sarcasm("sarcasm-1.2.jar", "1.2").toString());
    PluginInstallation installation = installation(false);

    assertTrue(installation.check(sarcasm("sarcasm-1.3.jar", "1.3")).accepted());
    Path other = plain("other.jar", "Other");
    assertEquals(
        "plugin "
            + other
            + " is refused: its task name 'sarcasm' is also that of the plugin "
            + root.resolve("sarcasm-1.2.jar")
            + "; remove one of the two",
        installation.check(other).refusals().get(0).toString());
    assertEquals(List.of("sarcasm-1.2.jar", "sarcasm-1.2.origin.json"), files());
  }

  @Test
  void whatIsNotThereIsAnError() throws IOException {
    assertEquals(
        "sarcasm.jar: no such file; name a jar, a folder of jars, maven:group:artifact:version or a"
            + " web address",
        failure("sarcasm.jar"));
    Path zip = Files.move(plain("a.jar", "Sarcasm"), temporary.resolve("a.zip"));
    assertEquals(
        zip + ": a plugin's file is called NAME.jar, a plugin's folder NAME; rename it",
        failure(zip.toString()));
    assertEquals(
        address("gone.jar") + ": the server answered 404; check the address",
        failure(address("gone.jar")));
    assertEquals(
        address("gone.html")
            + ": no address of a jar; give one that ends in .jar, or fetch the file yourself and"
            + " install it from its path",
        failure(address("gone.html")));
    assertEquals(
        "plugin maven:org.example:gone:1.0: Could not find artifact org.example:gone:jar:1.0 in test"
            + " ("
            + address("")
            + "); check the coordinates, the network, mirrors and proxies in ~/.m2/settings.xml, and"
            + " https_proxy and no_proxy",
        failure("maven:org.example:gone:1.0"));
    assertEquals(
        "'maven:org.example:gone': write maven:group:artifact:version, with a fixed version such as"
            + " 1.0.0",
        failure("maven:org.example:gone"));
    assertEquals("http:///a.jar: it has no host", failure("http:///a.jar"));
    assertEquals(
        "http://host/a b.jar: no web address: Illegal character in path",
        failure("http://host/a b.jar"));
    assertEquals(List.of(), files());
  }

  @Test
  void aServerThatDoesNotAnswerIsAnError() {
    String address = address("sarcasm.jar");
    server.stop(0);

    assertEquals(
        "%s: cannot connect to localhost:%d; check the address and the network"
            .formatted(address, server.getAddress().getPort()),
        failure(address));
  }

  @Test
  void offlineOpensNoSocket() throws IOException {
    publish("sarcasm", "1.2", sarcasm("any.jar", "1.2"), "");
    PluginInstallation offline = installation(true);

    UserException ofWeb =
        assertThrows(UserException.class, () -> offline.install(address("a.jar")));
    assertEquals(address("a.jar") + ": fetching it is not allowed", ofWeb.getMessage());
    assertEquals(Optional.of(new AllowNetwork(What.PLUGIN)), ofWeb.remedy());
    UserException ofMaven =
        assertThrows(UserException.class, () -> offline.install("maven:org.example:sarcasm:1.2"));
    assertEquals(
        "plugin maven:org.example:sarcasm:1.2: Cannot access test ("
            + address("")
            + ") in offline mode and the artifact org.example:sarcasm:jar:1.2 has not been"
            + " downloaded from it before.; fetching it is not allowed",
        ofMaven.getMessage());
    assertEquals(Optional.of(new AllowNetwork(What.PLUGIN)), ofMaven.remedy());
    assertEquals(List.of(), requests);

    install("maven:org.example:sarcasm:1.2");
    int before = requests.size();
    offline.install("maven:org.example:sarcasm:1.2");
    assertEquals(before, requests.size());
  }

  private Path sarcasm(String file, String version) throws IOException {
    return new PluginJar(temporary.resolve(file))
        .maven("org.example", "bertctl-sarcasm", version)
        .attribute("Implementation-Version", version)
        .plugin("Sarcasm", "sarcasm", "")
        .naming("outside.Sarcasm");
  }

  private Path plain(String file, String className) throws IOException {
    return new PluginJar(temporary.resolve(file))
        .plugin(className, "sarcasm", "")
        .naming("outside." + className);
  }

  /** Puts a jar, its pom and their checksums where a Maven repository has them. */
  private void publish(String artifact, String version, Path jar, String dependencies)
      throws IOException {
    Path folder = served.resolve("org/example/%s/%s".formatted(artifact, version));
    Files.createDirectories(folder);
    String name = artifact + "-" + version;
    Files.copy(jar, folder.resolve(name + ".jar"));
    Files.writeString(
        folder.resolve(name + ".pom"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId><artifactId>%s</artifactId><version>%s</version>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(artifact, version, dependencies));
    for (String file : List.of(name + ".jar", name + ".pom")) {
      Files.writeString(folder.resolve(file + ".sha1"), sha1(folder.resolve(file)));
    }
  }

  private static String sha1(Path file) throws IOException {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dependency(String group, String artifact, String version, String scope) {
    return """
        <dependency>
          <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><scope>%s</scope>
        </dependency>
        """
        .formatted(group, artifact, version, scope);
  }

  private String address(String file) {
    return "http://localhost:" + server.getAddress().getPort() + "/" + file;
  }

  private Installed install(String source) throws IOException {
    return installation(false).install(source);
  }

  private String failure(String source) {
    return assertThrows(UserException.class, () -> installation(false).install(source))
        .getMessage();
  }

  private PluginInstallation installation(boolean offline) throws IOException {
    return new PluginInstallation(
        new PluginFolder(root),
        List.of(),
        repositories(offline),
        PluginInstallationTest::checkOptions);
  }

  /** A settings.xml that mirrors everything to the server of this test. */
  private MavenRepositories repositories(boolean offline) throws IOException {
    Path settings = temporary.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>test</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(temporary.resolve("repository"), address("")));
    return new MavenRepositories(
        offline, Optional.of(settings), Proxies.of(Map.of()), DownloadListener.NONE);
  }

  private List<String> files() throws IOException {
    return names(root);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
