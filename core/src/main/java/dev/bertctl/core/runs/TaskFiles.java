// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.OutputFile.Content;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Writes predictions in the forms of the task's own, one file each. */
final class TaskFiles {

  private TaskFiles() {}

  /**
   * Writes all of a task's files; existing ones are replaced, each at its end.
   *
   * @param folder where to; must be there
   */
  static <X extends Example, P extends Prediction> void write(
      Path folder, Task<X, P> task, List<X> examples, List<P> predictions) {
    for (OutputFile<X, P> file : task.files()) {
      Content content = file.content().apply(examples, predictions);
      Path path = folder.resolve(file.name());
      if (content instanceof Content.Json json) {
        JsonFile.write(path, json.document());
      } else if (content instanceof Content.Text text) {
        WholeFile.write(path, partial -> write(partial, text));
      }
    }
  }

  private static void write(Path file, Content.Text text) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      for (Iterator<String> parts = text.parts().iterator(); parts.hasNext(); ) {
        writer.write(parts.next());
      }
    }
  }
}
