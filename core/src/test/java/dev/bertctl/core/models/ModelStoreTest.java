// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.runtime.weights.formats.TestTorchFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format from a directory; what is read must be what was written, bit by bit. */
class ModelStoreTest {

  @TempDir private Path folder;
  private Path cache;
  private ModelStore store;

  @BeforeEach
  void makeStore() {
    cache = folder.resolve("cache");
    store =
        new ModelStore(
            new ModelCache(cache), true, Map.of(), Optional.empty(), DownloadListener.NONE);
  }

  @Test
  void opensAHuggingFaceFolderInPlace() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    PretrainedModel opened = store.open("model", folder);
    assertEquals("model", opened.reference());
    assertEquals(model, opened.directory());
    assertEquals(ModelFiles.CONFIG, opened.config());
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(opened.weights()));
    assertFalse(Files.exists(cache));
  }

  @Test
  void opensShardsAndOldNames() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("model.safetensors"));
    List<WeightTensor> all = new ArrayList<>();
    ModelFiles.weights()
        .values()
        .forEach(
            weight ->
                all.add(
                    weight.named(
                        "bert."
                            + weight
                                .name()
                                .replace("LayerNorm.weight", "LayerNorm.gamma")
                                .replace("LayerNorm.bias", "LayerNorm.beta"))));
    SafetensorsFile.write(model.resolve("model-00001-of-00002.safetensors"), all.subList(0, 9));
    SafetensorsFile.write(
        model.resolve("model-00002-of-00002.safetensors"), all.subList(9, all.size()));
    Files.writeString(
        model.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\","
            + " \"b\": \"model-00002-of-00002.safetensors\"}}");
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(store.open("model", folder).weights()));
  }

  @Test
  void anIndexMayNotNameFilesElsewhere() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("model.safetensors"));
    Path index = model.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"../model.safetensors\"}}");
    assertError(
        "model",
        index
            + ": its weight_map names the file \"../model.safetensors\"; the file is damaged or"
            + " incomplete: fetch or copy it again");
  }

  @Test
  void convertsAnOriginalCheckpoint() throws IOException {
    TinyCheckpoint.writeOriginal(folder.resolve("uncased"));
    PretrainedModel opened = store.open("uncased", folder);
    assertEquals(ModelFiles.CONFIG, opened.config());
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(opened.weights()));
    assertTrue(opened.directory().startsWith(cache.resolve("local")));
    assertTokens(opened.directory(), "The dogs", List.of("the", "dog", "##s"));
    assertEquals(opened.directory(), store.open("uncased", folder).directory());
    CachedModel cached = store.cached().get(0);
    assertEquals(opened.directory(), cached.path());
    assertTrue(cached.name().startsWith("local/uncased-"), cached.name());
  }

  @Test
  void aChangedCheckpointIsConvertedAnew() throws IOException {
    Path source = folder.resolve("checkpoint");
    TinyCheckpoint.writeOriginal(source);
    Path first = store.open("checkpoint", folder).directory();
    Files.writeString(source.resolve("README"), "changed");
    assertFalse(first.equals(store.open("checkpoint", folder).directory()));
  }

  @Test
  void convertsASavedModel() throws IOException {
    TinyCheckpoint.writeSavedModel(folder.resolve("saved"));
    PretrainedModel opened = store.open("saved", folder);
    assertEquals(Activation.GELU_NEW, opened.config().activation());
    assertEquals(1e-5, opened.config().layerNormEpsilon());
    assertEquals(2, opened.config().heads());
    assertEquals(2, opened.config().layers());
    assertEquals(12, opened.config().intermediateSize());
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(opened.weights()));
    assertTokens(opened.directory(), "The dogs", List.of("the", "dog", "##s"));
  }

  @Test
  void convertsAnOnnxModel() throws IOException {
    Path model = writeOnnx(TinyOnnx.model(ModelFiles.withoutPooler()));
    PretrainedModel opened = store.open(model.toString(), folder);
    assertEquals(ModelFiles.CONFIG, opened.config());
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(opened.weights()));
    assertTokens(opened.directory(), "the dogs", List.of("the", "dog", "##s"));
  }

  @Test
  void whereAnOnnxGraphHidesTheHeadsItsConfigurationTellsThem() throws IOException {
    ModelProto.Builder onnx = TinyOnnx.model(ModelFiles.withoutPooler());
    onnx.getGraphBuilder()
        .getNodeBuilderList()
        .forEach(
            node -> {
              if (node.getOpType().equals("Reshape")) {
                node.setInput(1, "computed");
              }
            });
    Path model = writeOnnx(onnx);
    assertError(
        "onnx",
        model.resolve("tiny.onnx")
            + ": the graph does not show the number of attention heads; put the model's config.json beside it, which tells it as num_attention_heads");
    Path config = model.resolve("config.json");
    Files.writeString(config, "{\"num_attention_heads\": \"2\"}");
    assertError("onnx", config + ": 'num_attention_heads' is \"2\"; it must be an integer from 1");
    Files.writeString(config, "{\"num_attention_heads\": 2}");
    assertEquals(ModelFiles.CONFIG, store.open(model.toString(), folder).config());
  }

  @Test
  void anOnnxModelWithoutAnEncoderIsAnError() throws IOException {
    Map<String, WeightTensor> weights = ModelFiles.withoutPooler();
    weights.remove("encoder.layer.1.attention.self.key.weight");
    Path model = writeOnnx(TinyOnnx.model(weights));
    assertError(
        "onnx",
        model.resolve("tiny.onnx")
            + ": the graph does not show encoder.layer.1.attention.self.key where PyTorch's exports"
            + " of BERT have it; export the model again, with input_ids, attention_mask and"
            + " token_type_ids as inputs whose lengths are dynamic, and neither optimized for a"
            + " runtime nor quantized");
    assertEquals(List.of(), store.cached());
  }

  @Test
  void damagedOnnxFilesAreAnError() throws IOException {
    Path model = writeOnnx(TinyOnnx.model(ModelFiles.withoutPooler()));
    Path file = model.resolve("tiny.onnx");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertError(
        "onnx",
        file
            + ": it is not an ONNX model; the file is damaged or incomplete: fetch or copy it"
            + " again");
  }

  @Test
  void onnxShapesThatLieAreAnError() throws IOException {
    ModelProto.Builder onnx = TinyOnnx.model(ModelFiles.withoutPooler());
    onnx.getGraphBuilder().getInitializerBuilder(0).setDims(0, 2_000_000_000);
    Path model = writeOnnx(onnx);
    assertError(
        "onnx",
        model.resolve("tiny.onnx")
            + ": weight embeddings.word_embeddings.weight of shape [2000000000, 8] and type F32"
            + " has 448 bytes; the file is damaged or incomplete: fetch or copy it again");
  }

  @Test
  void aMissingEncoderWeightIsAnError() throws IOException {
    Map<String, WeightTensor> weights = ModelFiles.weights();
    weights.remove("encoder.layer.0.output.dense.bias");
    Path model = ModelFiles.writeHuggingFace(folder, weights);
    assertError(
        "model",
        model
            + ": weight encoder.layer.0.output.dense.bias of shape [8] is missing; check that the"
            + " file holds a whole BERT encoder and that its config.json fits");
  }

  @Test
  void notANumberIsAnError() throws IOException {
    Map<String, WeightTensor> weights = ModelFiles.weights();
    FloatBuffer values = FloatBuffer.wrap(new float[] {0, 0, 0, 0, 0, Float.NaN, 0, 0});
    weights.put("pooler.dense.bias", new WeightTensor("pooler.dense.bias", List.of(8), values));
    Path model = ModelFiles.writeHuggingFace(folder, weights);
    assertError(
        "model",
        model
            + ": weight pooler.dense.bias holds NaN at index 5; the model was damaged while it"
            + " was trained or saved");
  }

  @Test
  void aVocabularyLargerThanTheEmbeddingIsAnError() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("tokenizer.json"));
    List<String> larger = new ArrayList<>(ModelFiles.VOCABULARY);
    larger.add("new");
    Files.write(model.resolve("vocab.txt"), larger);
    assertError(
        "model",
        model
            + ": the tokenizer has 15 ids, the last for 'new', the word embedding only 14 rows;"
            + " check that tokenizer and weights are of the same model");
  }

  @Test
  void aVocabularyThatIsNoTextIsAnError() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("tokenizer.json"));
    Files.write(model.resolve("vocab.txt"), new byte[] {(byte) 0xff, '\n', (byte) 0xfe});
    assertError(
        "model",
        model.resolve("vocab.txt")
            + ": not valid UTF-8; a vocabulary is a text file with one word piece a line");
  }

  @Test
  void blankLinesAtTheEndOfAVocabularyAreNoIds() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("tokenizer.json"));
    Files.writeString(
        model.resolve("vocab.txt"), String.join(" \n", ModelFiles.VOCABULARY) + "\n\n\n");
    assertEquals(model, store.open("model", folder).directory());
  }

  @Test
  void aFolderWithoutTokenizerIsAnError() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("tokenizer.json"));
    Files.delete(model.resolve("vocab.txt"));
    assertError(
        "model",
        model
            + ": has neither tokenizer.json nor vocab.txt; a BERT model folder needs one of them");
  }

  @Test
  void aFolderOfSomethingElseIsAnError() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("tf_model.h5"), "");
    assertError(
        "model",
        model
            + ": no model that bertctl reads (found: config.json, tf_model.h5); it reads"
            + " config.json with model.safetensors or pytorch_model.bin, bert_config.json with"
            + " bert_model.ckpt, saved_model.pb with variables, .onnx with a tokenizer.json, and vocab.json with pretrained.params");
  }

  @Test
  void theConfigurationOfACheckpointBesideOtherWeightsIsAnError() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.move(model.resolve("config.json"), model.resolve("bert_config.json"));
    assertError(
        "model",
        model
            + ": has model.safetensors without a config.json, and bert_config.json without a"
            + " checkpoint of TensorFlow; if that is the configuration of these weights, rename it"
            + " to config.json");
    Files.move(model.resolve("bert_config.json"), model.resolve("config.json"));
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(store.open("model", folder).weights()));
  }

  @Test
  void aFolderOfPytorchIsReadAsItIs() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.delete(model.resolve("model.safetensors"));
    TestTorchFile.write(model.resolve("pytorch_model.bin"), ModelFiles.weights().values());
    PretrainedModel read = store.open("model", folder);
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(read.weights()));
    assertEquals(model, read.directory());
  }

  @Test
  void anUnknownNameIsAnError() {
    assertError(
        "minilm",
        "model 'minilm': no alias and no directory ("
            + folder.resolve("minilm")
            + "); name one of minilm-l6, bge-small-en, bge-small-zh, bert-base-uncased,"
            + " bert-base-cased, bert-base-multilingual-cased, a directory,"
            + " a zip, maven:group:artifact:version or hf:organisation/name");
  }

  @Test
  void aDirectoryGoesBeforeAnAliasOfItsName() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Files.move(model, folder.resolve("minilm-l6"));
    assertEquals(ModelFiles.CONFIG, store.open("minilm-l6", folder).config());
  }

  private Path writeOnnx(ModelProto.Builder onnx) throws IOException {
    Path model = Files.createDirectory(folder.resolve("onnx"));
    ModelFiles.writeVocabulary(model);
    Files.write(model.resolve("tiny.onnx"), onnx.build().toByteArray());
    return model;
  }

  private void assertError(String reference, String message) {
    UserException error = assertThrows(UserException.class, () -> store.open(reference, folder));
    assertEquals(message, error.getMessage());
  }

  private static void assertTokens(Path model, String text, List<String> tokens) {
    try (Tokenizer tokenizer = Tokenizers.open(model)) {
      assertEquals(
          tokens,
          Arrays.stream(tokenizer.tokenize(text).ids())
              .mapToObj(tokenizer.vocabulary()::token)
              .toList());
    }
  }
}
