// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyBert;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** langchain4j loads what is exported as ONNX, and embeds as bertctl does. */
class LangChainIT {

  private static final PackagedApp APP = PackagedApp.built();

  private static final List<String> TEXTS =
      List.of("The red cat sees a bird on the tree.", "river", "a big, old boat and the sea");

  @TempDir(factory = BesideTheApp.class)
  Path folder;

  @BeforeEach
  void write() {
    TinyBert.write(folder.resolve("encoder"), TinyBert.config(0), TinyBert.VOCABULARY);
  }

  @ParameterizedTest
  @CsvSource({"MEAN, mean", "CLS, cls"})
  void encodersGiveTheSameVectors(PoolingMode mode, String pooling) throws Exception {
    APP.in(folder).run("export", "encoder", "onnx", "--encoder", "--format", "onnx").success();

    assertSame(bertctl(pooling), langchain(mode));
  }

  @Test
  void soDoModelsWithTheHeadOfEmbeddings() throws Exception {
    APP.in(folder).run("export", "encoder", "onnx", "--task", "embeddings").success();

    assertSame(bertctl("mean"), langchain(PoolingMode.MEAN));
  }

  private List<Embedding> langchain(PoolingMode mode) {
    EmbeddingModel model =
        new OnnxEmbeddingModel(
            folder.resolve("onnx/model.onnx"), folder.resolve("onnx/tokenizer.json"), mode);
    return model.embedAll(TEXTS.stream().map(TextSegment::from).toList()).content();
  }

  private List<Embedding> bertctl(String pooling) throws Exception {
    String lines =
        APP.in(folder)
            .reading(
                String.join("\n", TEXTS) + "\n",
                "predict",
                "encoder",
                "--task=embeddings",
                "--set=max-length=32",
                "--set=pooling=" + pooling)
            .success()
            .out();
    List<JsonNode> rows =
        new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(lines).readAll();
    return rows.stream().map(row -> row.get("embedding")).map(LangChainIT::embedding).toList();
  }

  private static Embedding embedding(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) numbers.get(i).doubleValue();
    }
    return Embedding.from(vector);
  }

  private static void assertSame(List<Embedding> expected, List<Embedding> actual) {
    assertEquals(TEXTS.size(), actual.size());
    for (int i = 0; i < TEXTS.size(); i++) {
      assertEquals(1, CosineSimilarity.between(expected.get(i), actual.get(i)), 1e-4, TEXTS.get(i));
      for (int j = 0; j < expected.get(i).dimension(); j++) {
        assertEquals(expected.get(i).vector()[j], actual.get(i).vector()[j], 1e-4, TEXTS.get(i));
      }
    }
    assertTrue(
        CosineSimilarity.between(expected.get(0), expected.get(1)) < 0.99, "all texts are alike");
  }
}
