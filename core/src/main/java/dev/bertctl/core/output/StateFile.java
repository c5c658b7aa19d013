// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.output.PredictionState.Saved;
import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a prediction is, beside its files.
 *
 * @param path the file
 */
record StateFile(Path path) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** That of a prediction into a file. */
  static StateFile of(Path predictions) {
    return new StateFile(WholeFile.beside(WholeFile.behindLinks(predictions), ".progress.json"));
  }

  /**
   * What is to be gone on with; whatever else was left is dropped.
   *
   * @param of what is predicted with what
   * @throws UserException if there is something that neither may be dropped nor gone on with
   */
  Optional<Saved> open(PredictionTarget target, Map<String, String> of) {
    if (target.start() == Start.OVERWRITE || !Files.exists(path)) {
      delete();
      return Optional.empty();
    }
    Saved saved = read();
    if (target.start() == Start.NEW) {
      throw new UserException(
          "%s: an unfinished prediction with %,d predictions is there"
              .formatted(target.file().orElseThrow(), saved.state().truncation().examples()),
          new GoOnOrOverwrite());
    }
    requireSame(saved.of(), of);
    return Optional.of(saved);
  }

  private Saved read() {
    try {
      Saved saved = JSON.treeToValue(JsonFile.read(path), Saved.class);
      Objects.requireNonNull(saved.of());
      Objects.requireNonNull(saved.state().truncation());
      saved.marks().values().forEach(mark -> Objects.requireNonNull(mark.memo()));
      return saved;
    } catch (JacksonException | NullPointerException e) {
      throw new UserException(
          path + ": not what bertctl left there; the prediction cannot be gone on with",
          new DropUnfinished(),
          e);
    }
  }

  private void requireSame(Map<String, String> then, Map<String, String> now) {
    for (Map.Entry<String, String> value : then.entrySet()) {
      String today = now.get(value.getKey());
      if (!value.getValue().equals(today)) {
        throw new UserException(
            "%s: the prediction was begun with %s %s, not %s"
                .formatted(path, value.getKey(), value.getValue(), today == null ? "none" : today),
            new DropUnfinished());
      }
    }
    for (String key : now.keySet()) {
      if (!then.containsKey(key)) {
        throw new UserException(
            "%s: the prediction was begun without %s".formatted(path, key), new DropUnfinished());
      }
    }
  }

  void write(Saved saved) {
    JsonFile.write(path, saved);
  }

  /**
   * Forgets the prediction.
   *
   * @throws FileException if the file system refuses
   */
  void delete() {
    FileTree.delete(path);
  }
}
