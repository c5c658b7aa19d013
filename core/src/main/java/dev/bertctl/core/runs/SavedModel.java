// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.json.JsonFields;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to become the results of a run: model and predictions after the step that was evaluated
 * best, or without validation data after the last.
 *
 * @param folder where they are
 * @param step steps done
 * @param epochs epochs done, such as 1.5
 * @param sums lengths and checksums of the files, by their paths in the folder
 */
record SavedModel(Path folder, long step, double epochs, Map<String, String> sums) {

  private static final String FOLDER = "folder";
  private static final String STEP = "step";
  private static final String EPOCH = "epoch";
  private static final String FILES = "files";

  /** Of what is in a folder now. */
  static SavedModel of(Path folder, long step, double epochs) {
    return new SavedModel(folder, step, epochs, FileSums.in(folder));
  }

  /** As a checkpoint has it. */
  void addTo(ObjectNode fields) {
    fields.put(FOLDER, folder.getFileName().toString());
    fields.put(STEP, step);
    fields.put(EPOCH, epochs);
    sums.forEach(fields.putObject(FILES)::put);
  }

  /**
   * Reads what {@link #addTo} gave. The folder is beside the one in which the file is that it
   * stands in.
   */
  static SavedModel read(JsonFields fields) {
    Path state = fields.file();
    String name = UnfinishedRun.requireBest(fields.text(FOLDER), state);
    return new SavedModel(
        state.getParent().resolveSibling(name),
        fields.count(STEP),
        fields.number(EPOCH),
        new TreeMap<>(fields.object(FILES).textsByKey()));
  }

  /**
   * Makes sure that its files are what they were.
   *
   * @throws dev.bertctl.runtime.UserException naming the one that is not
   */
  void requireSame() {
    sums.forEach(
        (file, sum) -> {
          Path path = folder.resolve(file);
          Checkpoint.requireSame(sum, FileSums.of(path), path);
        });
  }
}
