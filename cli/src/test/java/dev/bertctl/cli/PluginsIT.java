// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.TinyBert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outside plugins in the packaged application, with its real class loaders. */
class PluginsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NLI = "dev/bertctl/nli/";

  @TempDir Path folder;
  private Path plugins;
  private PackagedApp app;

  @BeforeEach
  void emptyFolder() {
    plugins = folder.resolve("plugins");
    app = PackagedApp.built().with("BERTCTL_PLUGINS", plugins.toString());
  }

  @Test
  void aPluginIsCheckedInstalledListedAndRemoved() throws Exception {
    final Path jar = irony("irony-1.2.jar").naming("outside.Irony");
    final Path placed = plugins.resolve("irony-1.2.jar");
    assertEquals(new Result(0, "no plugins in " + plugins + "\n", ""), app.run("plugins", "list"));

    assertEquals(
        new Result(
            0,
            """
            plugin  bertctl-irony 1.2
            maven   org.example:bertctl-irony:1.2
            SPI     2.0
            task    irony: Summary of irony
            passed: it can be installed
            """,
            ""),
        app.run("plugins", "check", jar.toString()));
    assertEquals(
        new Result(0, "installed bertctl-irony 1.2 (tasks: irony) as " + placed + "\n", ""),
        app.run("plugins", "install", jar.toString()));

    assertEquals(
        List.of(
            List.of("PLUGIN", "VERSION", "SPI", "TASKS", "FILE", "FROM"),
            List.of("bertctl-irony", "1.2", "2.0", "irony", "irony-1.2.jar", jar.toString())),
        rows(app.run("plugins", "list")));
    assertTrue(
        rows(app.run("list-tasks"))
            .contains(List.of("irony", "1.2", "irony-1.2.jar", "Summary of irony")));
    assertTrue(app.run("run", "--help").out().contains("irony"));
    assertTrue(app.run("completion").out().contains("irony"));

    assertEquals(
        new Result(0, "removed " + placed + "\n", ""), app.run("plugins", "remove", "irony"));
    assertFalse(app.run("list-tasks").out().contains("irony"));
  }

  /** Volumes of containers are such folders, and their processes may not change that. */
  @Test
  void aFolderThatOthersCanWriteIsUsedWhereThereAreNone() throws Exception {
    Files.createDirectory(plugins);
    Files.setPosixFilePermissions(plugins, PosixFilePermissions.fromString("rwxrwxrwx"));

    Result refused = app.run("plugins", "list");
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused.err().startsWith("bertctl: " + plugins + ": other users can write there"),
        refused.err());
    assertEquals(
        new Result(0, "no plugins in " + plugins + "\n", ""),
        app.with("BERTCTL_TRUST_FOLDERS", "yes").run("plugins", "list"));
  }

  @Test
  void jsonHoldsTheSame() throws Exception {
    Path jar = irony("irony-1.2.jar").naming("outside.Irony");

    JsonNode installed = app.run("plugins", "install", "--json", jar.toString()).json();
    JsonNode listed = app.run("plugins", "list", "--json").json();

    assertEquals(
        JSON.readTree(
            """
            {
              "name": "bertctl-irony", "version": "1.2", "spi_version": "2.0",
              "coordinates": "org.example:bertctl-irony:1.2", "path": "%s",
              "tasks": [{"name": "irony", "summary": "Summary of irony"}],
              "refused": [], "from": "%s", "replaced": [], "notes": []
            }
            """
                .formatted(plugins.resolve("irony-1.2.jar"), jar)),
        installed);
    assertEquals(plugins.toString(), listed.get("folder").asText());
    assertEquals(1, listed.get("plugins").size());
    assertEquals(jar.toString(), listed.get("plugins").get(0).get("from").asText());
  }

  @Test
  void anotherVersionIsReplacedWithAWord() throws Exception {
    app.run("plugins", "install", irony("irony-1.2.jar").naming("outside.Irony").toString());
    Path newer =
        new PluginJar(folder.resolve("irony-1.3.jar"))
            .maven("org.example", "bertctl-irony", "1.3")
            .attribute("Implementation-Version", "1.3")
            .plugin("Irony", "irony", "")
            .naming("outside.Irony");

    assertEquals(
        new Result(
            0,
            "installed bertctl-irony 1.3 (tasks: irony) as %s\n"
                .formatted(plugins.resolve("irony-1.3.jar")),
            "replaced bertctl-irony 1.2\n"),
        app.run("plugins", "install", newer.toString()));
  }

  @Test
  void aPluginThatWouldBeRefusedIsNotInstalled() throws Exception {
    Path jar = irony("irony.jar").attribute("Bertctl-SPI-Version", "3.0").naming("outside.Irony");
    String reason =
        "is refused: it was built for version 3.0 of the SPI, this is 2.0; update bertctl, or"
            + " install a version of the plugin built for 2.0 to 2.0\n";

    assertEquals(
        new Result(1, "", "bertctl: plugin irony.jar " + reason),
        app.run("plugins", "install", jar.toString()));
    assertEquals(
        new Result(
            1,
            "plugin  bertctl-irony 1.2\nmaven   org.example:bertctl-irony:1.2\nSPI     3.0\n",
            "bertctl: plugin " + jar + " " + reason),
        app.run("plugins", "check", jar.toString()));
  }

  @Test
  void aPluginOfTheFirstSpiIsRefused() throws Exception {
    Path jar = irony("irony.jar").attribute("Bertctl-SPI-Version", "1.0").naming("outside.Irony");

    assertEquals(
        new Result(
            1,
            "",
            "bertctl: plugin irony.jar is refused: it was built for version 1.0 of the SPI, this is"
                + " 2.0; install a newer version of the plugin, built for 2.x\n"),
        app.run("plugins", "install", jar.toString()));
  }

  @Test
  void aRefusedPluginStopsNothingAndIsExplained() throws Exception {
    app.run("plugins", "install", irony("irony.jar").naming("outside.Irony").toString());
    Path nli =
        new PluginJar(plugins.resolve("nli.jar")).plugin("Nli", "nli", "").naming("outside.Nli");

    Result unknown = app.run("score", "no-such-task", "--gold=none", "--predictions=none");

    String reason =
        "plugin "
            + nli
            + " is refused: its task name 'nli' is that of the built-in plugin "
            + PackagedApp.builtFolder()
                .toRealPath()
                .resolve(
                    "lib/main/dev.bertctl.bertctl-nli-%s.jar"
                        .formatted(System.getProperty("bertctl.version")))
            + "; its author chooses another name\n";
    assertTrue(unknown.err().endsWith(reason), unknown.err());
  }

  @Test
  void listingRunsNoPlugin() throws Exception {
    Path trace = folder.resolve("trace");
    String leaving =
        """
        static {
          try {
            java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), "run");
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
        """
            .formatted(trace);
    Path given =
        new PluginJar(folder.resolve("irony.jar"))
            .plugin("Irony", "irony", leaving)
            .naming("outside.Irony");
    app.run("plugins", "install", given.toString()).success();
    Path byHand =
        new PluginJar(plugins.resolve("sarcasm.jar"))
            .plugin("Sarcasm", "sarcasm", leaving)
            .naming("outside.Sarcasm");
    Files.delete(trace);
    String note =
        "plugin "
            + byHand
            + " (outside.Sarcasm) was not installed by `bertctl plugins install`, or has changed"
            + " since: it is looked into when a task is used\n";

    Result tasks = app.run("list-tasks");
    JsonNode json = app.run("list-tasks", "--json").json();
    Result list = app.run("plugins", "list");
    Result help = app.run("run", "--help").success();
    Result completion = app.run("completion").success();

    assertTrue(rows(tasks).contains(List.of("irony", "1.2", "irony.jar", "Summary of irony")));
    assertEquals("bertctl: " + note, tasks.err());
    assertEquals(
        JSON.readTree(
            """
            [{"plugin": "sarcasm", "path": "%s", "classes": ["outside.Sarcasm"]}]
            """
                .formatted(byHand)),
        json.get("undescribed"));
    assertEquals(
        List.of("sarcasm", "1.2", "2.0", "unknown", "sarcasm.jar", "unknown"), rows(list).get(2));
    assertTrue(list.out().endsWith("\n\n" + note), list.out());
    assertTrue(help.out().contains("irony"), help.out());
    assertTrue(completion.out().contains("irony"), completion.out());
    assertFalse(Files.exists(trace), "listing ran a plugin");

    app.run("init", "sarcasm", "--output", folder.resolve("app.yaml").toString());
    assertTrue(Files.exists(trace), "using a task runs its plugin");
  }

  @Test
  void theFolderMayBeNamedAfterTheCommand() throws Exception {
    Path other = folder.resolve("other");
    Result missing =
        new Result(
            1,
            "",
            "bertctl: --plugins %s: no such folder; `bertctl plugins install` makes it\n"
                .formatted(other));
    assertEquals(missing, app.run("list-tasks", "--plugins", other.toString()));
    assertEquals(missing, app.run("run", "--plugins", other.toString(), "--help"));

    Path jar = irony("irony.jar").naming("outside.Irony");
    app.run("plugins", "install", jar.toString(), "--plugins", other.toString());

    assertTrue(app.run("list-tasks", "--plugins=" + other).out().contains("irony"));
    assertTrue(app.run("run", "--plugins=" + other, "--help").out().contains("irony"));
    assertFalse(app.run("list-tasks").out().contains("irony"));
  }

  @Test
  void aNameThatIsNotInstalledIsAnError() throws Exception {
    assertEquals(
        new Result(1, "", "bertctl: no plugin 'irony' in %s; there are: none\n".formatted(plugins)),
        app.run("plugins", "remove", "irony"));
    assertEquals(
        new Result(1, "", "bertctl: irony.jar: no such file; name a jar or a folder of jars\n"),
        app.run("plugins", "check", "irony.jar"));
  }

  /** The built-in NLI under another name, as a jar from elsewhere. */
  @Test
  void anOutsideTaskWorksAsABuiltInOne() throws Exception {
    app.run("plugins", "install", copyOfNli().toString());
    Path examples = Path.of("../examples/nli").toAbsolutePath().normalize();
    Path model = folder.resolve("model");
    TinyBert.write(
        model, TinyBert.config(TinyBert.VOCABULARY.size(), 16, 64, 0.1, 0.1), TinyBert.VOCABULARY);
    Path config =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: %s
            device: cpu
            max-length: 64
            train: {epochs: 1}
            tasks:
              inference:
                data: {train: %s/train.jsonl, validation: %s/dev.jsonl, limit: {train: 32}}
                labels: [entailment, neutral, contradiction]
            output: runs
            """
                .formatted(model, examples, examples));
    String dev = examples.resolve("dev.jsonl").toString();
    Path saved = folder.resolve("runs/inference");

    final JsonNode run = app.run("run", "inference", "--config=" + config, "--json").json();
    final JsonNode evaluated =
        app.run("evaluate", saved.toString(), "--data=" + dev, "--json").json();
    final JsonNode scored =
        app.run(
                "score",
                "inference",
                "--gold=" + dev,
                "--predictions=" + saved.resolve("predictions.jsonl"),
                "--json")
            .json();
    final Result packed = app.run("pack", "inference", "--config=" + config, "--limit=1");
    final Result predicted = app.run("predict", saved.toString(), "--input=" + dev);

    assertEquals(run.get("metrics"), evaluated.get("metrics"));
    assertEquals(run.get("metrics"), scored.get("metrics"));
    assertEquals(0, packed.exitCode(), packed.err());
    assertEquals(0, predicted.exitCode(), predicted.err());
    assertEquals(
        JSON.readTree(
            """
            {"class": "outside.Inference", "name": "bertctl-inference", "version": "1.2",
             "coordinates": "org.example:bertctl-inference:1.2", "origin": "%s"}
            """
                .formatted(folder.resolve("inference.jar"))),
        JSON.readTree(saved.resolve("model/bertctl.json").toFile()).get("plugin"));

    app.run("plugins", "remove", "inference");

    assertEquals(
        new Result(
            1,
            "",
            "bertctl: %s/model: the model is of task 'inference' of the plugin bertctl-inference 1.2,"
                    .formatted(saved)
                + " which is not there; install it with `bertctl plugins install %s`\n"
                    .formatted(folder.resolve("inference.jar"))),
        app.run("evaluate", saved.toString(), "--data=" + dev));
  }

  private Path copyOfNli() throws IOException {
    Path builtIn =
        PackagedApp.builtFolder()
            .resolve(
                "lib/main/dev.bertctl.bertctl-nli-%s.jar"
                    .formatted(System.getProperty("bertctl.version")));
    PluginJar jar =
        new PluginJar(folder.resolve("inference.jar"))
            .maven("org.example", "bertctl-inference", "1.2")
            .against(builtIn)
            .source(
                "outside.Inference",
                """
                package outside;
                import dev.bertctl.nli.*;
                public class Inference implements dev.bertctl.spi.TaskPlugin<NliOptions> {
                  private final NliPlugin nli = new NliPlugin();
                  public String name() { return "inference"; }
                  public String summary() { return nli.summary(); }
                  public Class<NliOptions> optionsType() { return nli.optionsType(); }
                  public dev.bertctl.spi.Task<?, ?> create(NliOptions options) {
                    return nli.create(options);
                  }
                }
                """);
    try (ZipFile zip = new ZipFile(builtIn.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().startsWith(NLI)).toList()) {
        jar.entry(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return jar.naming("outside.Inference");
  }

  private PluginJar irony(String file) throws IOException {
    return new PluginJar(folder.resolve(file))
        .maven("org.example", "bertctl-irony", "1.2")
        .plugin("Irony", "irony", "");
  }

  private static List<List<String>> rows(Result result) {
    return result.success().out().lines().map(line -> List.of(line.split(" {2,}"))).toList();
  }
}
