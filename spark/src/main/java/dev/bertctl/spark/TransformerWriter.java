// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.saved.SavedTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves a transformer: its parameters as Spark ML does, and the model's files beside them. */
final class TransformerWriter extends MLWriter {

  private final BertTransformer transformer;

  TransformerWriter(BertTransformer transformer) {
    this.transformer = transformer;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(
        transformer, path, sparkSession(), Option.empty(), Option.empty());
    try {
      Path model = new Path(path, SavedTask.MODEL);
      FileSystem files = model.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
      files.mkdirs(model);
      for (java.nio.file.Path file : ModelFiles.in(transformer.folder())) {
        files.copyFromLocalFile(new Path(file.toUri()), model);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
