// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/**
 * A model as tasks find it, whatever machine they run on.
 *
 * @param files what it must consist of
 * @param sharedFolder the folder that all machines see; null if Spark has sent the files
 */
record SentModel(ModelFiles files, String sharedFolder) implements Serializable {

  /**
   * Has Spark send the files to each executor, once and when its first task comes, or does nothing
   * where executors see the folder.
   *
   * @param folder the model's own
   * @param shared whether all machines see it
   */
  static SentModel of(SparkContext context, Path folder, boolean shared) {
    ModelFiles files = ModelFiles.of(folder);
    if (shared || context.isLocal()) {
      return new SentModel(files, folder.toAbsolutePath().toString());
    }
    // A model of this name was made of the same files: Spark has it already.
    String name = archive(files);
    boolean sent =
        scala.jdk.javaapi.CollectionConverters.asJava(context.listArchives()).stream()
            .anyMatch(uri -> uri.endsWith("#" + name));
    if (!sent) {
      context.addArchive(zipped(folder, name) + "#" + name);
    }
    return new SentModel(files, null);
  }

  private static String archive(ModelFiles files) {
    return "bertctl-model-" + files.name();
  }

  /** Spark serves the file to executors as long as the application runs. */
  private static Path zipped(Path folder, String name) {
    try {
      Path archive = Files.createTempDirectory("bertctl").resolve(name + ".zip");
      archive.getParent().toFile().deleteOnExit();
      archive.toFile().deleteOnExit();
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
        // Weights hardly become smaller.
        zip.setLevel(1);
        for (Path file : ModelFiles.in(folder)) {
          zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
      return archive;
    } catch (IOException e) {
      throw FileException.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Where it is on the machine of a task. */
  Path folder() {
    return Optional.ofNullable(sharedFolder)
        .map(Path::of)
        .orElseGet(() -> Path.of(SparkFiles.get(archive(files))));
  }
}
