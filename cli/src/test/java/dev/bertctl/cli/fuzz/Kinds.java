// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import static dev.bertctl.cli.fuzz.Mutation.oneOf;
import static dev.bertctl.cli.fuzz.Mutation.several;

import dev.bertctl.cli.InProcess;
import dev.bertctl.core.models.TinyCheckpoint;
import dev.bertctl.core.models.TinyOnnx;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.huggingface.ModelFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Every kind of file that is read. */
final class Kinds {

  private static final Mutation BYTES = several(ByteMutations.ANY);
  private static final Mutation JSON = several(oneOf(ByteMutations.ANY, JsonMutations.DOCUMENT));
  private static final Mutation JSON_LINES = several(oneOf(ByteMutations.ANY, JsonMutations.LINES));
  private static final Mutation ZIP = oneOf(BYTES, several(ZipMutations.within(ByteMutations.ANY)));

  /** Weight files in other formats than safetensors, of the runtime's own tests. */
  private static final Path BIN_FOLDERS =
      Path.of("../core/runtime/src/test/resources/golden/bin-folders");

  private static final Path D2L_FOLDERS = Path.of("../core/src/test/resources/golden/d2l");

  private final Path root;
  private final Templates templates;
  private final List<Kind> kinds = new ArrayList<>();

  private Kinds(Path root) throws IOException {
    this.root = root;
    this.templates = new Templates(root);
  }

  /**
   * All kinds.
   *
   * @param root where to make what they damage
   */
  static List<Kind> in(Path root) throws IOException {
    Kinds kinds = new Kinds(root);
    kinds.configuration();
    kinds.data();
    kinds.wrapped();
    kinds.scores();
    kinds.models();
    kinds.pretrained();
    kinds.unfinishedRun();
    kinds.plugins();
    return kinds.kinds;
  }

  private void configuration() throws IOException {
    Path folder = templates.lines("nli/train.jsonl", 4);
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        model: %s
        device: cpu
        max-length: 32
        train: {epochs: 2, batch-size: 8, learning-rate: 5e-5, warmup-ratio: 0.1, seed: 42}
        tasks:
          nli:
            data:
              train: train.jsonl
              validation: train.jsonl
              columns: {premise: premise}
            labels: [entailment, neutral, contradiction]
            train:
              learning-rate: 3e-5
              parameter-groups: [{match: a, frozen: true}, {match: b}]
          ner:
            data: {train: other.conll}
        output: runs
        """
            .formatted(templates.model()));
    add(
        "app.yaml",
        folder,
        "app.yaml",
        BYTES,
        20,
        Kind.Check.NONE,
        "pack",
        "nli",
        "-c",
        "@/app.yaml");
  }

  private void data() throws IOException {
    Path nli = templates.lines("nli/train.jsonl", 6);
    data("nli", nli, "train.jsonl", JSON_LINES, Rows.sameTexts("premise", "hypothesis"));
    Path csv =
        templates.file(
            "rows.csv",
            """
            premise,hypothesis,label
            A dog runs.,An animal moves.,entailment
            "A dog, a cat.","He said ""no"".",neutral
            A dog sleeps.,A dog runs.,contradiction
            """);
    data("nli", csv, "rows.csv", BYTES, Kind.Check.NONE);
    Path tsv = templates.lines("paraphrase/train.tsv", 6);
    data("paraphrase", tsv, "train.tsv", BYTES, Kind.Check.NONE);
    Path conll = templates.lines("ner/train.conll", 40);
    data("ner", conll, "train.conll", BYTES, Kind.Check.NONE);
    Path tagged =
        templates.file(
            "rows.jsonl",
            """
            {"tokens": ["Marta", "lives", "in", "Bergen"], "ner_tags": ["B-PER", "O", "O", "B-LOC"]}
            {"tokens": ["Nils", "sleeps"], "ner_tags": ["B-PER", "O"]}
            """);
    data("ner", tagged, "rows.jsonl", JSON_LINES, Kind.Check.NONE);
    Path squad =
        templates.file(
            "qa.json",
            """
            {"version": "1.1", "data": [{"title": "The mill", "paragraphs": [
              {"context": "The mill was built in 1820 by Anna Berg.", "qas": [
                {"id": "a", "question": "When was it built?",
                 "answers": [{"text": "1820", "answer_start": 22}]},
                {"id": "b", "question": "Who built it?",
                 "answers": [{"text": "Anna Berg", "answer_start": 30}]}]}]}]}
            """);
    data("qa", squad, "qa.json", JSON, Kind.Check.NONE);
    Path choices = templates.lines("multiple-choice/train.jsonl", 6);
    data("multiple-choice", choices, "train.jsonl", JSON_LINES, Kind.Check.NONE);
    Path text = templates.lines("language-model/train.txt", 12);
    add(
        "masked-lm data train.txt",
        text,
        "train.txt",
        BYTES,
        10,
        Kind.Check.NONE,
        pack("masked-lm", "train.txt"));
  }

  /** Files in other wrappings and encodings. */
  private void wrapped() throws IOException {
    byte[] rows = Files.readAllBytes(templates.lines("nli/train.jsonl", 6).resolve("train.jsonl"));
    Path folder = templates.file("rows.json", "");
    List<String> lines = new String(rows, StandardCharsets.UTF_8).lines().toList();
    Files.writeString(folder.resolve("rows.json"), "[" + String.join(",\n", lines) + "]");
    Files.writeString(
        folder.resolve("utf16.jsonl"),
        "\uFEFF" + String.join("\n", lines),
        StandardCharsets.UTF_16LE);
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("rows.jsonl.gz")))) {
      gzip.write(rows);
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("rows.zip")))) {
      zip.putNextEntry(new ZipEntry("rows.jsonl"));
      zip.write(rows);
    }
    Files.writeString(
        folder.resolve("quoted.tsv"),
        "premise\thypothesis\tlabel\n\"He said \"\"no\"\".\nThen he left.\"\tHe left.\tentailment\n"
            + "A dog runs.\tA cat runs.\tneutral\nA dog runs.\tNothing runs.\tcontradiction\n");
    for (String file :
        List.of("rows.json", "utf16.jsonl", "rows.jsonl.gz", "rows.zip", "quoted.tsv")) {
      Mutation mutation = file.endsWith(".zip") ? ZIP : file.endsWith(".json") ? JSON : BYTES;
      add("nli data " + file, folder, file, mutation, 10, Kind.Check.NONE, pack("nli", file));
    }
    Path text = templates.file("raw.txt", "Marta lives in Bergen.\nEU rejects it.\n");
    add(
        "ner text",
        text,
        "raw.txt",
        BYTES,
        10,
        Kind.Check.NONE,
        "predict",
        root.resolve("runs/ner").toString(),
        "--format",
        "text",
        "-i",
        "@/raw.txt");
    Path label =
        templates.file(
            "studio.json",
            """
            [{"id": 1, "data": {"text": "Ann sang."}, "annotations": [{"result": [
              {"type": "labels", "from_name": "label", "to_name": "text",
               "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["PER"]}}]}]}]
            """);
    add(
        "ner Label Studio",
        label,
        "studio.json",
        JSON,
        10,
        Kind.Check.NONE,
        pack("ner", "studio.json"));
  }

  /** A data file is read to train and to predict. */
  private void data(String task, Path folder, String file, Mutation mutation, Kind.Check check)
      throws IOException {
    String name = "%s data %s".formatted(task, file);
    add(name, folder, file, mutation, 20, Kind.Check.NONE, pack(task, file));
    Path run = templates.run(task, folder.resolve(file));
    add(
        name + " predicted",
        folder,
        file,
        mutation,
        10,
        check,
        "predict",
        run.toString(),
        "--offline",
        "-i",
        "@/" + file);
  }

  private String[] pack(String task, String file) throws IOException {
    Path config =
        Files.writeString(
            Files.createTempFile(root, "pack", ".yaml"),
            "model: %s\nmax-length: 64\n".formatted(templates.model()));
    return new String[] {
      "pack", task, "-c", config.toString(), "--set", "data.train=@/" + file, "--json"
    };
  }

  private void scores() throws IOException {
    Path folder = templates.lines("nli/train.jsonl", 6);
    InProcess.Outcome predicted =
        InProcess.run(
            "predict", root.resolve("runs/nli").toString(), "-i", folder + "/train.jsonl");
    Files.writeString(folder.resolve("predictions.jsonl"), predicted.out());
    add(
        "nli predictions.jsonl",
        folder,
        "predictions.jsonl",
        JSON_LINES,
        20,
        Kind.Check.NONE,
        "score",
        "nli",
        "--gold",
        "@/train.jsonl",
        "--predictions",
        "@/predictions.jsonl");
    Path qa = templates.file("predictions.json", "{\"a\": \"1820\", \"b\": \"Anna Berg\"}");
    Files.writeString(
        qa.resolve("gold.json"),
        """
        {"version": "1.1", "data": [{"title": "The mill", "paragraphs": [
          {"context": "The mill was built in 1820 by Anna Berg.", "qas": [
            {"id": "a", "question": "When?", "answers": [{"text": "1820", "answer_start": 22}]},
            {"id": "b", "question": "Who?", "answers": [{"text": "Anna Berg", "answer_start": 30}]}
          ]}]}]}
        """);
    for (String file : List.of("predictions.json", "gold.json")) {
      add(
          "qa " + file,
          qa,
          file,
          JSON,
          10,
          Kind.Check.NONE,
          "score",
          "qa",
          "--gold",
          "@/gold.json",
          "--predictions",
          "@/predictions.json");
    }
  }

  /** Each file of a saved model. */
  private void models() throws IOException {
    Path run = root.resolve("runs/nli/model");
    Path input = templates.lines("nli/dev.jsonl", 3).resolve("dev.jsonl");
    for (String file : names(run)) {
      add(
          "saved model " + file,
          run,
          file,
          file.endsWith(".json") ? JSON : BYTES,
          12,
          Rows.count(3),
          "predict",
          "@",
          "--offline",
          "-i",
          input.toString());
    }
  }

  /** Each file of models in other formats. */
  private void pretrained() throws IOException {
    for (String name : List.of("classifier", "old", "sharded")) {
      Path folder = Files.createDirectory(root.resolve("bin-" + name));
      copyFiles(BIN_FOLDERS.resolve(name), folder, "expected.safetensors");
      Files.write(folder.resolve("vocab.txt"), vocabulary(60));
      exported("pytorch " + name, folder);
    }
    for (String name : List.of("torch-random", "paddle", "mxnet")) {
      Path folder = Files.createDirectory(root.resolve("d2l-" + name));
      copyFiles(D2L_FOLDERS.resolve(name), folder, "expected.json");
      exported("d2l " + name, folder);
    }
    Path checkpoint = root.resolve("checkpoint");
    TinyCheckpoint.writeOriginal(checkpoint);
    exported("checkpoint", checkpoint);
    Path saved = root.resolve("saved");
    TinyCheckpoint.writeSavedModel(saved);
    exported("saved model of TensorFlow", saved);
    Path onnx = Files.createDirectory(root.resolve("onnx"));
    Files.write(
        onnx.resolve("model.onnx"), TinyOnnx.model(ModelFiles.weights()).build().toByteArray());
    copyFiles(
        ModelFiles.writeHuggingFace(
            Files.createDirectory(root.resolve("hf")), ModelFiles.weights()),
        onnx,
        "model.safetensors",
        "config.json");
    exported("onnx", onnx);
  }

  private void exported(String format, Path folder) throws IOException {
    for (String file : names(folder)) {
      add(
          "pretrained " + format + " " + file,
          folder,
          file,
          file.endsWith(".json") ? JSON : isZip(folder.resolve(file)) ? ZIP : BYTES,
          5,
          Kind.Check.NONE,
          "export",
          "@",
          "@/../exported",
          "--encoder",
          "--format",
          "huggingface",
          "--offline");
    }
  }

  private static boolean isZip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    return content.length > 1 && content[0] == 'P' && content[1] == 'K';
  }

  private static List<String> vocabulary(int size) {
    List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    for (int i = pieces.size(); i < size; i++) {
      pieces.add("w" + i);
    }
    return pieces;
  }

  private static void copyFiles(Path from, Path to, String... without) throws IOException {
    for (String file : names(from)) {
      if (!List.of(without).contains(file)) {
        Files.copy(from.resolve(file), to.resolve(file));
      }
    }
  }

  /** A run that was cut off in its second epoch. */
  private void unfinishedRun() throws IOException {
    Path data = templates.lines("nli/train.jsonl", 8).resolve("train.jsonl");
    Path output = root.resolve("unfinished");
    String[] arguments = templates.arguments("nli", data, output, "train.epochs=2");
    templates.cutOff("nli", data, output);
    List<String> resumed = new ArrayList<>(List.of(arguments));
    resumed.replaceAll(argument -> argument.replace("output=" + output, "output=@"));
    resumed.add("--resume");
    Path whole = Files.createDirectory(root.resolve("whole")).resolve("of");
    Templates.copy(output, whole);
    succeed(resumed.stream().map(argument -> argument.replace("@", whole.toString())).toList());
    byte[] metrics = Files.readAllBytes(whole.resolve("nli/metrics.json"));
    for (String file : names(output)) {
      add(
          "unfinished run " + file,
          output,
          file,
          file.endsWith(".json") ? JSON : BYTES,
          5,
          (copy, mutant, out) -> sameMetrics(metrics, copy.resolve("nli/metrics.json")),
          resumed.toArray(String[]::new));
    }
  }

  private static void succeed(List<String> arguments) {
    InProcess.Outcome outcome = InProcess.run(arguments.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(outcome.err());
    }
  }

  /** A run that goes on ends with the figures of one that was never cut off. */
  private static List<String> sameMetrics(byte[] expected, Path metrics) {
    try {
      return Arrays.equals(expected, Files.readAllBytes(metrics))
          ? List.of()
          : List.of("other metrics: " + Files.readString(metrics));
    } catch (IOException e) {
      return List.of("no metrics: " + e);
    }
  }

  private void plugins() throws IOException {
    Path folder = Files.createDirectory(root.resolve("jars"));
    Path jar = folder.resolve("plugin.jar");
    new PluginJar(jar).plugin("Plugin", "outside", "").naming("outside.Plugin");
    add(
        "plugin jar",
        folder,
        "plugin.jar",
        ZIP,
        20,
        Kind.Check.NONE,
        "plugins",
        "check",
        "@/plugin.jar");
  }

  private void add(
      String name,
      Path folder,
      String file,
      Mutation mutation,
      int weight,
      Kind.Check check,
      String... command) {
    kinds.add(new Kind(name, folder, file, mutation, List.of(command), weight, check));
  }

  /** The files in a folder, by their paths in it. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
