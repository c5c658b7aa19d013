// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.WebAddress;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import dev.bertctl.runtime.tokenize.Tokenizers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models of the Hugging Face hub. All files come from the commit that the revision names when the
 * first of them is fetched.
 */
final class HubSource {

  /** The file that says which weights are in which shard. */
  private static final String INDEX = ".index.json";

  private static final int LONGEST_SHOWN = 80;

  private final HubClient client;
  private final DownloadListener listener;

  HubSource(HubClient client, DownloadListener listener) {
    this.client = client;
    this.listener = listener;
  }

  /**
   * Fetches what bertctl needs of a model; files that are there already stay.
   *
   * @throws UserException if the model cannot be had or is no BERT
   */
  void fetch(HubName model, Path folder) {
    try {
      fetchAll(model, folder);
    } catch (IOException e) {
      throw new UserException(
          "model hf:"
              + model
              + ": "
              + FileException.reason(e)
              + "; check the network and HF_ENDPOINT, then try again: it goes on where"
              + " it stopped",
          e);
    }
  }

  private void fetchAll(HubName model, Path folder) throws IOException {
    WebAddress config = client.file(model, model.revision(), "config.json");
    HttpResponse<Void> first = client.head(config);
    if (first.statusCode() == 404) {
      throw new UserException(
          "model hf:"
              + model
              + ": "
              + config
              + " does not exist; check organisation, name and revision");
    }
    check(first, model);
    String commit = commit(first, model);
    Path mark = folder.resolve(".commit");
    if (Files.exists(mark) && !Files.readString(mark).equals(commit)) {
      // The branch has moved on since an earlier attempt.
      FileTree.clear(folder);
    }
    Files.writeString(mark, commit);
    fetch(model, commit, "config.json", folder);
    // Before hundreds of megabytes are fetched for nothing.
    HuggingFaceFolder.config(folder);
    for (String file : Tokenizers.files()) {
      fetch(model, commit, file, folder);
    }
    for (String file : SentenceTransformersFolder.files()) {
      fetch(model, commit, file, folder);
    }
    String weights = fetchFirst(model, commit, folder);
    if (weights.endsWith(INDEX)) {
      for (String shard : HuggingFaceFolder.shards(folder.resolve(weights))) {
        if (!fetch(model, commit, shard, folder)) {
          throw new UserException(
              "model hf:"
                  + model
                  + ": its "
                  + weights
                  + " names "
                  + shard
                  + ", which it has not; choose another revision");
        }
      }
    }
  }

  /** It becomes part of addresses. */
  private static String commit(HttpResponse<Void> response, HubName model) {
    String commit = response.headers().firstValue("X-Repo-Commit").orElse(model.revision());
    if (!HubName.isRevision(commit)) {
      throw new UserException(
          "model hf:%s: the hub calls its commit '%s', which is no name of one; check HF_ENDPOINT"
              .formatted(model, commit.substring(0, Math.min(commit.length(), LONGEST_SHOWN))));
    }
    return commit;
  }

  /** Fetches the first of the files that transformers looks for, and returns its name. */
  private String fetchFirst(HubName model, String commit, Path folder) throws IOException {
    for (String name : HuggingFaceFolder.weightFiles()) {
      if (fetch(model, commit, name, folder)) {
        return name;
      }
    }
    throw new UserException(
        "model hf:"
            + model
            + ": it has none of "
            + String.join(", ", HuggingFaceFolder.weightFiles())
            + "; choose a revision that has one, or save it anew by transformers with"
            + " save_pretrained");
  }

  /** Fetches a file unless it is there; false if the model does not have it. */
  private boolean fetch(HubName model, String commit, String name, Path folder) throws IOException {
    if (Files.exists(folder.resolve(name))) {
      return true;
    }
    Optional<HubFile> file = describe(model, commit, name);
    if (file.isPresent()) {
      file.get().download(folder, client, listener);
    }
    return file.isPresent();
  }

  private Optional<HubFile> describe(HubName model, String commit, String name) throws IOException {
    WebAddress address = client.file(model, commit, name);
    HttpResponse<Void> response = client.head(address);
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    check(response, model);
    return Optional.of(HubFile.of(address, name, response.headers()));
  }

  private static void check(HttpResponse<Void> response, HubName model) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new UserException(
          "model hf:"
              + model
              + ": the hub answered "
              + status
              + "; it does not exist, or is private or gated: check the name, and set HF_TOKEN to"
              + " a token that may read it");
    }
    if (status / 100 > 3) {
      throw new UserException(
          "model hf:" + model + ": the hub answered " + status + "; try again later");
    }
  }
}
