// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.TaskOptions;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AppConfigTest {

  @TempDir private Path folder;

  @Test
  void defaultsStandWhereTheFileSaysNothing() throws IOException {
    RunSettings settings = load("model: minilm-l6\ntasks: {toy: {window: {stride: 1}}}").settings();

    assertEquals("minilm-l6", settings.model().orElseThrow());
    assertEquals(folder.resolve("runs"), settings.output());
    assertEquals(new Device(Device.Kind.AUTO, 0, 100), settings.device());
    assertEquals(128, settings.maxLength());
    assertEquals(Optional.empty(), settings.data().train());
    assertEquals(3, settings.train().epochs());
    assertEquals(5e-5, settings.train().learningRate());
    assertEquals(42, settings.train().seed());
    assertEquals(Optional.empty(), settings.train().dropout());
  }

  @Test
  void theSectionOverridesTheTopLevelKeyByKey() throws IOException {
    TaskConfig<ToyPlugin.Options> config =
        load(
            """
            model: minilm-l6
            train: {epochs: 5, batch-size: 8}
            data:
              columns: {premise: a, label: gold}
              limit: {train: 100}
            tasks:
              toy:
                train: {epochs: 1, dropout: 0}
                data:
                  train: train.dat
                  test: /data/test.jsonl
                  columns: {premise: b}
                  limit: {validation: 10}
                  sample: {train: 0.5}
                  format: {train: tsv}
                window: {stride: 64}
                labels: [no, "yes, really", 'back\\slash']
                truncation: only-first
                weights: {no: 0.5}
                case-sensitive: true
              other: {anything: {goes: [here]}}
            device: gpu:1
            """);
    RunSettings settings = config.settings();

    assertEquals(1, settings.train().epochs());
    assertEquals(8, settings.train().batchSize());
    assertEquals(Optional.of(0.0), settings.train().dropout());
    assertEquals(Map.of("premise", "b", "label", "gold"), settings.data().columns());
    assertEquals(Map.of(SplitName.TRAIN, 100, SplitName.VALIDATION, 10), settings.data().limit());
    assertEquals(Map.of(SplitName.TRAIN, 0.5), settings.data().sample());
    assertEquals(Map.of(SplitName.TRAIN, Format.TSV), settings.data().format());
    assertEquals(Optional.of(List.of(folder.resolve("train.dat"))), settings.data().train());
    assertEquals(Optional.of(List.of(Path.of("/data/test.jsonl"))), settings.data().test());
    assertEquals(new Device(Device.Kind.GPU, 1, 100), settings.device());
    assertEquals(List.of("no", "yes, really", "back\\slash"), config.options().labels());
    assertEquals(Truncation.ONLY_FIRST, config.options().truncation());
    assertEquals(Map.of("no", 0.5), config.options().weights());
    assertEquals(64, config.options().window().stride());
    assertTrue(config.options().caseSensitive());
  }

  /** Each is relative to the file that names it, also after the configuration was saved. */
  @Test
  void aSplitMayHaveSeveralFiles() throws IOException {
    TaskConfig<ToyPlugin.Options> config =
        load(
            "model: m\nwindow: {stride: 1}\n"
                + "data: {train: [a.csv, 'part-*.jsonl', 'b, c.csv'], test: 'a.csv, /b.csv'}");
    List<Path> train =
        List.of(
            folder.resolve("a.csv"), folder.resolve("part-*.jsonl"), folder.resolve("b, c.csv"));

    assertEquals(Optional.of(train), config.settings().data().train());
    assertEquals(
        Optional.of(List.of(folder.resolve("a.csv"), Path.of("/b.csv"))),
        config.settings().data().test());
    Path saved = Files.writeString(folder.resolve("saved.yaml"), config.toYaml());
    assertEquals(
        Optional.of(train),
        AppConfig.load(saved, new ToyPlugin(), List.of()).settings().data().train());
  }

  @Test
  void aListReplacesAList() throws IOException {
    TaskConfig<ToyPlugin.Options> config =
        load("model: m\nlabels: [a, b, c]\nwindow: {stride: 1}\ntasks: {toy: {labels: [x, y]}}");

    assertEquals(List.of("x", "y"), config.options().labels());
  }

  @Test
  void theCommandLineBeatsTheFileAndTheTasksKeyTheGeneralOne() throws IOException {
    String yaml = "model: m\ntasks: {toy: {train: {epochs: 5, seed: 5}, window: {stride: 1}}}";

    assertEquals(1, load(yaml, "train.epochs=1").settings().train().epochs());
    assertEquals(
        2, load(yaml, "tasks.toy.train.epochs=2", "train.epochs=1").settings().train().epochs());
    assertEquals(1, load(yaml, "train.epochs=2", "train.epochs=1").settings().train().epochs());
    assertEquals(List.of("a", "b"), load(yaml, "labels=a, b").options().labels());
  }

  @Test
  void pathsOfTheCommandLineAreRelativeToTheWorkingDirectory() throws IOException {
    String yaml = "model: ./m\nwindow: {stride: 1}\ndata: {train: ../x.csv}";
    Files.createDirectory(folder.resolve("bare"));

    TaskConfig<ToyPlugin.Options> file = load(yaml);
    TaskConfig<ToyPlugin.Options> line = load(yaml, "data.train=a/../x.csv", "model=./m");

    assertEquals(
        Optional.of(List.of(folder.getParent().resolve("x.csv"))), file.settings().data().train());
    assertEquals(folder.resolve("m").toString(), file.settings().model().orElseThrow());
    assertEquals(Optional.of(List.of(Path.of("x.csv"))), line.settings().data().train());
    assertEquals(Path.of("m").toAbsolutePath().toString(), line.settings().model().orElseThrow());
    assertEquals(
        folder.resolve("bare").toString(),
        load("model: bare\nwindow: {stride: 1}").settings().model().orElseThrow());
    assertEquals("hf:a/b", load(yaml, "model=hf:a/b").settings().model().orElseThrow());
  }

  @Test
  void everythingWrongIsReportedAtOnce() {
    assertProblems(
        """
        modle: minilm-l6
        max-length: 4
        epochs: 3
        train:
          epochs: many
          batch-size: [1, 2]
          learning-rate: {a: 1}
          warmup-ratio: 1.5
          dropout: 1
          seed:
          seed: 7
        tasks:
          toy:
            data: {limit: {trian: 1}, sample: {train: 0}, columns: {a: {b: c}}, train: "${HOME}/x"}
            max-lenght: 8
            labels: [a, [b]]
            truncation: longest
            case-sensitive: treu
            device: cuda
            output: ""
            window: 3
            weights: {a: heavy}
            xyzzy: 1
        """,
        List.of("train.log-every=0", "tasks.other.x=1", "train=4"),
        "app.yaml:1: unknown key 'modle'; did you mean 'model'?",
        "app.yaml:2: 'max-length' must be an integer of at least 8, not '4'",
        "app.yaml:3: unknown key 'epochs'; did you mean 'train.epochs'?",
        "app.yaml:5: 'train.epochs' must be an integer of at least 1, not 'many'",
        "app.yaml:6: 'train.batch-size' must be an integer of at least 1, not a list",
        "app.yaml:7: 'train.learning-rate' must be a number above 0, not keys of its own",
        "app.yaml:8: 'train.warmup-ratio' must be a number of at least 0 and of at most 1, not"
            + " '1.5'",
        "app.yaml:9: 'train.dropout' must be a number of at least 0 and below 1, not '1'",
        "app.yaml:10: 'train.seed' has no value; give it one or remove the key",
        "app.yaml:11: key 'train.seed' is already given in line 10; remove one of them",
        "app.yaml:14: unknown key 'tasks.toy.data.limit.trian'; did you mean 'data.limit.train'?",
        "app.yaml:14: 'tasks.toy.data.sample.train' must be a number above 0 and of at most 1, not"
            + " '0'",
        "app.yaml:14: 'tasks.toy.data.columns.a' must be a text, not keys of its own",
        "app.yaml:14: 'tasks.toy.data.train' contains ${HOME}, but variables are not replaced;"
            + " write the value itself",
        "app.yaml:15: unknown key 'tasks.toy.max-lenght'; did you mean 'max-length'?",
        "app.yaml:16: the list 'tasks.toy.labels' may hold plain texts only",
        "app.yaml:17: 'tasks.toy.truncation' must be one of longest-first, only-first,"
            + " only-second, ratio, not 'longest'",
        "app.yaml:18: 'tasks.toy.case-sensitive' must be true or false, not 'treu'",
        "app.yaml:19: 'tasks.toy.device' must be auto, cpu, gpu, gpu:N with N from 0, or gpu:N:P% of its memory, not"
            + " 'cuda'",
        "app.yaml:20: 'tasks.toy.output' has no value; give it one or remove the key",
        "app.yaml:21: 'tasks.toy.window' takes keys of its own (stride), not a value",
        "app.yaml:22: 'tasks.toy.weights.a' must be a number, not 'heavy'",
        "app.yaml:23: unknown key 'tasks.toy.xyzzy'; known keys: calibrate, data, device, engine, label-synonyms, max-length, model,"
            + " output, precision, quantize, train, case-sensitive, labels, note, truncation, weights, window",
        "--set train.log-every=0: 'train.log-every' must be an integer of at least 1, not '0'",
        "--set tasks.other.x=1: 'tasks.other.x' is not of this run, which is of task 'toy'",
        "--set train=4: 'train' takes keys of its own ("
            + String.join(", ", Schema.of(List.of(RunSettings.class)).names("train"))
            + "), not a value",
        "app.yaml: missing key 'model': The pretrained model: an alias, a directory or zip,"
            + " maven:group:artifact:version, or hf:organisation/name[@revision]. Or a new one: see model.new. Set it at the top"
            + " level or under 'tasks.toy'.",
        "app.yaml: missing key 'window.stride': Tokens that windows share. Set it at the top level"
            + " or under 'tasks.toy'.");
  }

  @Test
  void theTasksSectionMustBeThereIfThereAreSections() {
    assertProblems(
        "model: m\nwindow: {stride: 1}\ntasks:\n  tyo: {a: b}\n  nli:\n",
        List.of(),
        "app.yaml:4: no section 'tasks.toy'; the file has: tyo, nli. Add the section, or name one"
            + " of these tasks");
  }

  @Test
  void mistypedGroupsAreRecognised() {
    assertProblems(
        "model: m\nwindow: {stride: 1}\ntask: {toy: {data: {train: x}}}\noptimizer:"
            + " {learning-rates: 1}\ntrain: {xyzzy: 1}\n",
        List.of(),
        "app.yaml:3: unknown key 'task.toy.data.train'; did you mean 'tasks'?",
        "app.yaml:4: unknown key 'optimizer.learning-rates'; did you mean 'train.learning-rate'?",
        "app.yaml:5: unknown key 'train.xyzzy'; known keys: "
            + String.join(", ", Schema.of(List.of(RunSettings.class)).names("train")));
  }

  @Test
  void sectionsMustHaveKeys() {
    assertProblems(
        "model: m\nwindow: {stride: 1}\ntasks:\n  toy:\n  nli: 7\n",
        List.of(),
        "app.yaml:5: 'tasks.nli' takes keys of its own, not a value");
    assertProblems(
        "model: m\nwindow: {stride: 1}\ntasks: toy\n",
        List.of(),
        "app.yaml:3: 'tasks' takes keys of its own, not a value");
  }

  @Test
  void whatIsNoYamlIsLocated() {
    assertProblems(
        "", List.of(), "app.yaml: the file is empty; it needs at least 'model' and 'data'");
    assertProblems(
        "# nothing\n",
        List.of(),
        "app.yaml: the file is empty; it needs at least 'model' and 'data'");
    assertProblems(
        "model: m\ntrain: {epochs: 3\n",
        List.of(),
        "app.yaml:3: not valid YAML: expected ',' or '}', but got <stream end>");
    assertProblems(
        "model: m\ntrain:\n\tepochs: 3\n",
        List.of(),
        "app.yaml:3: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do"
            + " not use \\t(TAB) for indentation)");
    assertProblems(
        "model: m\nnote: a\u0007b\n",
        List.of(),
        "app.yaml:2: not valid YAML: control character U+0007");
    assertProblems(
        "- a\n", List.of(), "app.yaml:1: expected keys and values, such as 'model: minilm-l6'");
    assertProblems(
        "model: m\n---\nmodel: n\n",
        List.of(),
        "app.yaml:2: not valid YAML: but found another document");
    assertProblems(
        "model: m\ntrain: !!java.net.URL [a]\n",
        List.of(),
        "app.yaml:2: not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL");
  }

  @Test
  void groupsGivenTwiceMergesAndLoopsAreRefused() {
    assertProblems(
        """
        model: m
        window: {stride: 1}
        train: {epochs: 1}
        train: {seed: 1}
        data: &data
          <<: {train: x}
          columns: *data
        """,
        List.of(),
        "app.yaml:4: key 'train' is already given in line 3; remove one of them",
        "app.yaml:5: 'data.columns' contains itself",
        "app.yaml:6: merge keys (<<) are not supported; top-level settings are the defaults of all"
            + " tasks");
    String bomb =
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: [*e, *e]\n"
            + "g: [*e]\n";
    assertProblems(
        bomb,
        List.of(),
        "app.yaml: not valid YAML: Number of aliases for non-scalar nodes exceeds the specified"
            + " max=10");
  }

  @Test
  void ofManyProblemsTheFirstAreShown() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      yaml.append("qq").append(i).append(": 1\n");
    }
    ConfigException e = assertThrows(ConfigException.class, () -> load(yaml.toString()));
    List<String> lines = e.getMessage().lines().toList();
    assertEquals(51, lines.size());
    assertEquals(
        "and 2,95", lines.get(50).substring(0, 8), "all but 50, those of missing keys included");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceWithoutAnEndIsNoConfiguration() {
    Path file = Path.of("/dev/zero");
    ConfigException e =
        assertThrows(ConfigException.class, () -> AppConfig.load(file, new ToyPlugin(), List.of()));
    assertEquals(
        "/dev/zero: larger than 1 MiB, which no configuration is; name the app.yaml file",
        e.getMessage());
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    ConfigException noFile =
        assertThrows(
            ConfigException.class, () -> AppConfig.load(missing, new ToyPlugin(), List.of()));
    assertEquals(missing + ": no such file", noFile.getMessage());
    assertEquals(Optional.of(new NameConfiguration()), noFile.remedy());

    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    ConfigException notUtf8 =
        assertThrows(
            ConfigException.class,
            () -> AppConfig.load(folder.resolve("latin.yaml"), new ToyPlugin(), List.of()));
    assertEquals(
        folder.resolve("latin.yaml") + ": not UTF-8; save the file as UTF-8", notUtf8.getMessage());
  }

  @Test
  void anOptionThatThePluginRefusesIsLocated() throws IOException {
    String yaml = "model: m\nwindow: {stride: 1}\ntasks:\n  toy:\n    labels: [only]\n";

    ConfigException inFile = assertThrows(ConfigException.class, () -> load(yaml).createTask());
    ConfigException onLine =
        assertThrows(ConfigException.class, () -> load(yaml, "labels=a,a").createTask());

    assertEquals(
        folder.resolve("app.yaml") + ":5: tasks.toy.labels: needs at least two labels, has [only]",
        inFile.getMessage());
    assertEquals("--set labels=a,a: labels: names a label twice: [a, a]", onLine.getMessage());
  }

  @Test
  void savedValuesGiveTheSameConfigurationAgain() throws IOException {
    TaskConfig<ToyPlugin.Options> config =
        load(
            "model: m\nwindow: {stride: 7}\nlabels: ['a,b', 'c\\d']\nnote: ' x '\n"
                + "data: {limit: {test: 3}, train: t.csv}\n");

    TaskConfig<ToyPlugin.Options> again =
        AppConfig.of(
            config.values(),
            "bertctl.json",
            new ToyPlugin(),
            List.of(new Assignment("data.test", "x.csv", "--data x.csv")));
    ToyPlugin.Options options =
        TaskOptions.bind(ToyPlugin.Options.class, config.optionValues(), "bertctl.json");

    assertEquals(List.of("a,b", "c\\d"), options.labels());
    assertEquals(Optional.of(" x "), options.note());
    assertEquals(7, options.window().stride());
    assertEquals(config.optionValues(), again.optionValues());
    assertEquals(Optional.of(List.of(Path.of("x.csv"))), again.settings().data().test());
    assertEquals(Map.of(SplitName.TEST, 3), again.settings().data().limit());
  }

  @Test
  void savedValuesAreCheckedToo() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                TaskOptions.bind(ToyPlugin.Options.class, Map.of("lables", "a,b"), "bertctl.json"));
    assertEquals(
        "bertctl.json: unknown key 'lables'; did you mean 'labels'?\n"
            + "bertctl.json: missing key 'window.stride': Tokens that windows share. The file was"
            + " made by another version of the task.",
        e.getMessage());
  }

  @Test
  void encodingsAreThoseThatJavaKnows() {
    for (String name : List.of("GB1803", "no encoding")) {
      assertProblems(
          "model: m\nwindow: {stride: 1}\ndata: {encoding: %s}\n".formatted(name),
          List.of(),
          "app.yaml:3: 'data.encoding' is no known encoding: '%s'; such as UTF-8, UTF-16LE, windows-1252, GB18030, Big5, Shift_JIS, EUC-KR, windows-1251"
              .formatted(name));
    }
  }

  @Test
  void theResolvedFileGivesTheSameSettings() throws IOException {
    TaskConfig<ToyPlugin.Options> config =
        load(
            """
            model: ./m
            output: ../out
            data: {train: t.csv, columns: {premise: "#1 String"}, format: {train: tsv}, encoding: gbk}
            label-synonyms: {no: [nope, "a,b", "0.0"], a label: n}
            tasks:
              toy: {labels: [no, "null", "3", "a: b", "x,y"], window: {stride: 3}, note: "true"}
            """,
            "train.learning-rate=3e-5",
            "device=cpu");
    Path resolved = folder.resolve("deeper/resolved.yaml");
    Files.createDirectory(resolved.getParent());
    Files.writeString(resolved, config.toYaml());

    TaskConfig<ToyPlugin.Options> again = AppConfig.load(resolved, new ToyPlugin(), List.of());

    assertEquals(config.values(), again.values());
    assertEquals(
        Map.of("no", List.of("nope", "a,b", "0.0"), "a label", List.of("n")),
        again.settings().labelSynonyms());
    assertEquals("GBK", again.settings().data().encoding().toString());
    assertEquals(config.optionValues(), again.optionValues());
    assertEquals(config.toYaml(), again.toYaml());
    assertEquals(
        """
        # The configuration as it was used, defaults included.
        calibrate: none
        data:
          columns:
            premise: '#1 String'
          encoding: gbk
          format:
            train: tsv
          quotes: auto
          split-seed: 42
          train: %1$s/t.csv
        device: cpu
        engine: auto
        label-synonyms:
          'no': [nope, 'a,b', '0.0']
          a label: [n]
        max-length: 128
        model: %1$s/m
        output: %2$s/out
        precision: float32
        quantize: none
        train:
          adam-beta1: 0.9
          adam-beta2: 0.999
          adam-epsilon: 1e-8
          balance-classes: false
          batch-size: 32
          checkpoint-every: [1 epoch, 15 minutes]
          distributed:
            synchronize-every: 1
            wire: float32
          early-stopping:
            min-delta: 0
          epochs: 3
          evaluate-every: 1 epoch
          evaluation-batch-size: 64
          freeze: none
          gradient-checkpointing: false
          group-by-length: true
          keep-checkpoints: 2
          label-smoothing: 0
          layer-decay: 1
          learning-rate: 3e-5
          log-every: 10
          max-grad-norm: 1.0
          momentum: 0.9
          optimizer: adamw
          redraw: true
          schedule: linear
          schedule-end: 1e-7
          schedule-power: 1
          seed: 42
          warmup-ratio: 0.1
          weight-decay: 0.01
        tasks:
          toy:
            case-sensitive: false
            labels: ['no', 'null', '3', 'a: b', 'x,y']
            note: 'true'
            truncation: longest-first
            window:
              stride: 3
        """
            .formatted(folder, folder.getParent()),
        config.toYaml());
  }

  private TaskConfig<ToyPlugin.Options> load(String yaml, String... assignments)
      throws IOException {
    Path file = folder.resolve("app.yaml");
    Files.writeString(file, yaml);
    return AppConfig.load(
        file, new ToyPlugin(), Arrays.stream(assignments).map(Assignments::parse).toList());
  }

  private void assertProblems(String yaml, List<String> assignments, String... expected) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> load(yaml, assignments.toArray(String[]::new)));
    assertEquals(
        String.join("\n", expected),
        e.getMessage().replace(folder.resolve("app.yaml") + "", "app.yaml"));
  }
}
