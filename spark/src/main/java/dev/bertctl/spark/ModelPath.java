// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.saved.SavedTask;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a model is: a folder of this machine, which is looked for first, or of a file system that
 * Hadoop knows.
 */
final class ModelPath {

  private final Path path;
  private final FileSystem files;

  /**
   * @param path a folder's path, or its URI
   */
  ModelPath(String path, Configuration hadoop) {
    java.nio.file.Path here = java.nio.file.Path.of(path.replaceFirst("^file:(//)?(?=/)", ""));
    this.path = Files.isDirectory(here) ? new Path(here.toUri()) : new Path(path);
    try {
      this.files = this.path.getFileSystem(hadoop);
    } catch (IOException e) {
      throw refused(this.path, e);
    }
  }

  private static UserException refused(Path path, IOException failure) {
    return new UserException("%s: %s".formatted(path, failure.getMessage()), failure);
  }

  /** Whether it was saved by Spark ML. */
  boolean hasParameters() {
    return exists(new Path(path, "metadata"));
  }

  private boolean exists(Path part) {
    try {
      return files.exists(part);
    } catch (IOException e) {
      throw refused(part, e);
    }
  }

  /**
   * The model's folder on this machine; one that is elsewhere is copied into a temporary one.
   *
   * @param file what a model of this kind has
   * @throws UserException if there is no model
   */
  java.nio.file.Path local(String file) {
    Path model = exists(new Path(path, file)) ? path : new Path(path, SavedTask.MODEL);
    if (!exists(new Path(model, file))) {
      throw new UserException(
          "%s: no model (no %s here or in %s/); give the folder of a finished run, or of a model"
              .formatted(path, file, SavedTask.MODEL));
    }
    return "file".equals(files.getUri().getScheme())
        ? java.nio.file.Path.of(files.makeQualified(model).toUri().getPath())
        : copied(model);
  }

  private java.nio.file.Path copied(Path model) {
    try {
      java.nio.file.Path copy = Files.createTempDirectory("bertctl-model");
      copy.toFile().deleteOnExit();
      for (FileStatus file : files.listStatus(model)) {
        if (file.isFile() && !file.getPath().getName().startsWith(".")) {
          java.nio.file.Path target = copy.resolve(file.getPath().getName());
          files.copyToLocalFile(false, file.getPath(), new Path(target.toUri()), true);
          target.toFile().deleteOnExit();
        }
      }
      return copy;
    } catch (IOException e) {
      throw refused(model, e);
    }
  }
}
