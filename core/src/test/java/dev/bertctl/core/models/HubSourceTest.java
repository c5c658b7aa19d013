// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.Proxies;
import dev.bertctl.download.WebAddress;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.runtime.weights.formats.TestTorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is a local server that answers as Hugging Face's does. */
class HubSourceTest {

  private static final String REFERENCE = "hf:tiny/bert";

  @TempDir private Path folder;
  private TestHub hub;
  private ModelCache cache;

  @BeforeEach
  void startHub() throws IOException {
    Path model = ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    hub = new TestHub("tiny/bert", model);
    cache = new ModelCache(folder.resolve("cache"));
  }

  @AfterEach
  void stopHub() {
    hub.close();
  }

  @Test
  void fetchesAModelOnce() {
    PretrainedModel model = store(false).open(REFERENCE, folder);
    assertEquals(ModelFiles.CONFIG, model.config());
    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(model.weights()));
    assertEquals("hf:tiny/bert@main", store(true).cached().get(0).name());
    int before = hub.requests().size();
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(true).open(REFERENCE, folder).weights()));
    assertEquals(before, hub.requests().size());
  }

  /** The hub plays the proxy to a hub whose host is none. */
  @Test
  void theProxyOfTheEnvironmentIsAsked() {
    ModelStore store =
        new ModelStore(
            cache,
            false,
            Map.of("HF_ENDPOINT", "http://hub.invalid", "HTTP_PROXY", hub.endpoint()),
            Optional.empty(),
            DownloadListener.NONE);
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store.open(REFERENCE, folder).weights()));
  }

  @Test
  void allFilesThatDecideTheTokenizerAreFetched() throws IOException {
    Files.writeString(hub.file("special_tokens_map.json"), "{\"mask_token\": \"the\"}");
    Files.writeString(hub.file("added_tokens.json"), "{\"dog\": 6}");
    PretrainedModel model = store(false).open(REFERENCE, folder);
    for (String file : Tokenizers.files()) {
      assertEquals(-1, Files.mismatch(hub.file(file), model.directory().resolve(file)), file);
    }
  }

  @Test
  void whatSentenceTransformersAddsIsFetched() throws IOException {
    Files.writeString(
        hub.file("config_sentence_transformers.json"), "{\"prompts\": {\"query\": \"the \"}}");
    Path pooling = Path.of("1_Pooling", "config.json");
    Files.createDirectory(hub.file("1_Pooling"));
    Files.writeString(hub.file(pooling.toString()), "{\"pooling_mode_cls_token\": true}");

    Path model = store(false).open(REFERENCE, folder).directory();

    assertEquals(Optional.of("cls"), SentenceTransformersFolder.pooling(model));
    assertEquals(Map.of("query", "the "), SentenceTransformersFolder.prompts(model).texts());
  }

  @Test
  void allFilesAreOfOneCommit() {
    store(false).open(REFERENCE + "@refs/pr/1", folder);
    List<String> resolved = hub.requests();
    assertEquals("HEAD /tiny/bert/resolve/refs%2Fpr%2F1/config.json", resolved.get(0));
    assertTrue(
        resolved.stream().skip(1).allMatch(r -> r.contains(TestHub.COMMIT) || r.contains("/cdn/")),
        resolved.toString());
  }

  @Test
  void aDroppedConnectionIsTakenUpWhereItBroke() {
    hub.dropAfter("model.safetensors", 1000);
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
    assertTrue(hub.ranges().contains("bytes=1000-"), hub.ranges().toString());
  }

  @Test
  void aServerThatFallsSilentIsAskedAgain() throws IOException {
    hub.stallAfter("model.safetensors", 1000);
    HubClient client =
        new HubClient(
            WebAddress.parse(hub.endpoint()),
            Optional.empty(),
            Duration.ofMillis(500),
            Proxies.of(Map.of()));
    Path fetched = Files.createDirectory(folder.resolve("fetched"));

    new HubSource(client, DownloadListener.NONE).fetch(HubName.parse("tiny/bert"), fetched);

    assertEquals(
        -1, Files.mismatch(hub.file("model.safetensors"), fetched.resolve("model.safetensors")));
    assertTrue(hub.ranges().contains("bytes=1000-"), hub.ranges().toString());
  }

  @Test
  void anotherRunGoesOnWhereTheFirstGaveUp() {
    hub.dropAfter("model.safetensors", 1000);
    hub.failAfterDrop(true);
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    assertEquals(
        "model hf:tiny/bert@main: "
            + hub.endpoint()
            + "/tiny/bert/resolve/"
            + TestHub.COMMIT
            + "/model.safetensors: 1000 of "
            + hub.size("model.safetensors")
            + " bytes arrived: the server answered 503; check the network and HF_ENDPOINT, then try"
            + " again: it goes on where it stopped",
        error.getMessage());
    hub.failAfterDrop(false);
    hub.ranges().clear();
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
    assertEquals(List.of("bytes=1000-"), hub.ranges());
  }

  @Test
  void aServerWithoutRangesBeginsAnew() {
    hub.dropAfter("model.safetensors", 1000);
    hub.ignoreRanges();
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
  }

  @Test
  void aWrongChecksumIsAnErrorAndNothingIsKept() throws IOException {
    String wrong = "0".repeat(64);
    hub.announce("model.safetensors", wrong);
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    long size = hub.size("model.safetensors");
    assertEquals(
        hub.endpoint()
            + "/tiny/bert/resolve/"
            + TestHub.COMMIT
            + "/model.safetensors: what arrived has "
            + size
            + " bytes and the checksum "
            + Sha256.of(hub.file("model.safetensors"))
            + ", announced were "
            + size
            + " and "
            + wrong
            + "; it was thrown away: try again",
        error.getMessage());
    assertEquals(List.of(), store(true).cached());
  }

  @Test
  void smallFilesAreCheckedByTheirGitName() {
    hub.announce("config.json", "0".repeat(40));
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    assertTrue(error.getMessage().contains("/config.json: what arrived has"), error.getMessage());
  }

  @Test
  void anUnknownRevisionIsAnError() {
    UserException error =
        assertThrows(UserException.class, () -> store(false).open("hf:tiny/other@v1", folder));
    assertEquals(
        "model hf:tiny/other@v1: "
            + hub.endpoint()
            + "/tiny/other/resolve/v1/config.json does not exist; check organisation, name and"
            + " revision",
        error.getMessage());
  }

  @Test
  void aPrivateModelNeedsAToken() {
    hub.requireToken("secret");
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    assertEquals(
        "model hf:tiny/bert@main: the hub answered 401; it does not exist, or is private or gated:"
            + " check the name, and set HF_TOKEN to a token that may read it",
        error.getMessage());
    ModelStore withToken =
        store(false, Map.of("HF_ENDPOINT", hub.endpoint(), "HF_TOKEN", "secret"));
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(withToken.open(REFERENCE, folder).weights()));
    assertFalse(hub.tokenReachedOtherHost());
  }

  @Test
  void aModelWithoutSafetensorsIsReadFromPytorchsFile() throws IOException {
    Files.delete(hub.file("model.safetensors"));
    TestTorchFile.write(hub.file("pytorch_model.bin"), ModelFiles.weights().values());
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
  }

  @Test
  void pytorchsFileIsNotFetchedBesideSafetensors() throws IOException {
    Files.writeString(hub.file("pytorch_model.bin"), "not to be read");
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
    assertTrue(
        hub.requests().stream().noneMatch(request -> request.contains("pytorch_model")),
        hub.requests().toString());
  }

  @Test
  void pytorchsShardsAreFetchedWithTheirIndex() throws IOException {
    Files.delete(hub.file("model.safetensors"));
    List<WeightTensor> weights = List.copyOf(ModelFiles.weights().values());
    TestTorchFile.write(hub.file("pytorch_model-1.bin"), weights.subList(0, 9));
    TestTorchFile.write(hub.file("pytorch_model-2.bin"), weights.subList(9, weights.size()));
    Files.writeString(
        hub.file("pytorch_model.bin.index.json"),
        "{\"weight_map\":{\"a\":\"pytorch_model-1.bin\",\"b\":\"pytorch_model-2.bin\"}}");
    assertEquals(
        ModelFiles.weights(), ModelFiles.inMemory(store(false).open(REFERENCE, folder).weights()));
    Files.delete(hub.file("pytorch_model-2.bin"));
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE + "@v2", folder));
    assertEquals(
        "model hf:tiny/bert@v2: its pytorch_model.bin.index.json names pytorch_model-2.bin, which"
            + " it has not; choose another revision",
        error.getMessage());
  }

  @Test
  void aModelWithoutWeightsIsAnError() throws IOException {
    Files.delete(hub.file("model.safetensors"));
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    assertEquals(
        "model hf:tiny/bert@main: it has none of model.safetensors, model.safetensors.index.json,"
            + " pytorch_model.bin, pytorch_model.bin.index.json; choose a revision that has one, or"
            + " save it anew by transformers with save_pretrained",
        error.getMessage());
  }

  @Test
  void offlineOpensNoSocket() {
    UserException error =
        assertThrows(UserException.class, () -> store(true).open(REFERENCE, folder));
    assertEquals(
        "model hf:tiny/bert@main: it is not in the cache ("
            + cache.root().resolve("hf/tiny/bert/main")
            + "), and fetching it is not allowed",
        error.getMessage());
    assertEquals(Optional.of(new AllowNetwork(What.MODEL)), error.remedy());
    assertEquals(List.of(), hub.requests());
  }

  @Test
  void anUnreachableHubIsAnError() {
    hub.close();
    UserException error =
        assertThrows(UserException.class, () -> store(false).open(REFERENCE, folder));
    assertEquals(
        "model hf:tiny/bert@main: cannot connect to "
            + hub.endpoint()
            + "; check the network and HF_ENDPOINT, then try"
            + " again: it goes on where it stopped",
        error.getMessage());
  }

  @Test
  void aWrongEndpointIsAnError() {
    ModelStore store = store(false, Map.of("HF_ENDPOINT", "hub.example"));
    UserException error = assertThrows(UserException.class, () -> store.open(REFERENCE, folder));
    assertEquals(
        "HF_ENDPOINT is 'hub.example': it is no http or https address; unset it or correct it",
        error.getMessage());
  }

  @Test
  void namesHaveTwoParts() {
    for (String wrong : List.of("bert-base-uncased", "a/b/c", "../b", "a/b@", "a/b@../c", "")) {
      UserException error = assertThrows(UserException.class, () -> HubName.parse(wrong));
      assertEquals(
          "model 'hf:"
              + wrong
              + "': write hf:organisation/name or hf:organisation/name@revision, such as"
              + " hf:google-bert/bert-base-uncased",
          error.getMessage());
    }
  }

  private ModelStore store(boolean offline) {
    return store(offline, Map.of("HF_ENDPOINT", hub.endpoint()));
  }

  private ModelStore store(boolean offline, Map<String, String> environment) {
    return new ModelStore(cache, offline, environment, Optional.empty(), DownloadListener.NONE);
  }
}
