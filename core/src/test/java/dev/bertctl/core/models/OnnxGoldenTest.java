// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.net.URISyntaxException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX models of both of PyTorch's exporters against the logits of transformers (golden/onnx, made
 * by src/test/python/make_onnx_golden.py).
 */
class OnnxGoldenTest {

  /** Sums of float32 products in another order; a wrong weight moves logits by more than 1e-3. */
  private static final float TOLERANCE = 1e-5f;

  private static final List<String> LABELS = List.of("a", "b", "c");

  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"trained", "new", "old"})
  void encoderPoolerAndClassifierComputeTheSame(String name) throws URISyntaxException {
    Path folder = Path.of(getClass().getResource("/golden/onnx/" + name).toURI());
    PretrainedModel pretrained = open(folder);
    assertEquals(2, pretrained.config().heads());
    assertEquals(2, pretrained.config().layers());
    SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
    Batch batch =
        Batch.of(
            IntStream.range(0, expected.shape("input_ids").get(0))
                .mapToObj(row -> Feature.of(sequence(expected, row)))
                .toList(),
            pretrained.config().padTokenId());
    Head head = new ClassifierHead(LABELS);
    try (Tokenizer tokenizer = Tokenizers.open(pretrained.directory());
        BertModel model =
            BertModel.create(
                name,
                pretrained.config(),
                head,
                tokenizer.vocabulary(),
                Optional.empty(),
                ComputeDevice.CPU)) {
      // A bias of zeros, which exporters leave out, is none that is drawn anew.
      assertEquals(
          List.of(), List.copyOf(ModelWeights.load(model, head, pretrained, 1).initialized()));
      List<Map<String, Matrix>> outputs = model.predict(batch);
      assertFalse(outputs.isEmpty());
      for (int row = 0; row < outputs.size(); row++) {
        float[] logits = new float[LABELS.size()];
        expected.weight("logits").values().get(row * LABELS.size(), logits);
        assertArrayEquals(logits, outputs.get(row).get(HeadOutput.LOGITS).values(), TOLERANCE);
      }
    }
  }

  private PretrainedModel open(Path folder) {
    return new ModelStore(
            new ModelCache(cache), true, Map.of(), Optional.empty(), DownloadListener.NONE)
        .open(folder.toString(), Path.of(""));
  }

  /** A row without its padding. */
  private static Sequence sequence(SafetensorsFile expected, int row) {
    int length = IntStream.of(row(expected, "attention_mask", row)).sum();
    return new Sequence(
        IntStream.of(row(expected, "input_ids", row)).limit(length).toArray(),
        IntStream.of(row(expected, "token_type_ids", row)).limit(length).toArray(),
        List.of(),
        List.of());
  }

  private static int[] row(SafetensorsFile expected, String name, int row) {
    int length = expected.shape(name).get(1);
    LongBuffer values = expected.bytes(name).asLongBuffer();
    return IntStream.range(0, length)
        .map(i -> Math.toIntExact(values.get(row * length + i)))
        .toArray();
  }
}
