// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.saved.SavedTask;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads a transformer, or a model that bertctl saved, from wherever Spark can read. */
final class TransformerReader extends MLReader<BertTransformer> {

  /** Of every model. */
  private static final String CONFIG = "config.json";

  @Override
  public BertTransformer load(String path) {
    ModelPath model = path(path);
    return described(
        model.hasParameters()
            ? saved(path, model)
            : new BertTransformer(BertTransformer.newUid(), model.local(SavedTask.FILE)));
  }

  /** A transformer that applies a task to a model which was not saved for it. */
  BertTransformer apply(String path, String task, String... settings) {
    BertTransformer transformer =
        new BertTransformer(BertTransformer.newUid(), path(path).local(CONFIG));
    transformer.set(transformer.task(), task);
    transformer.set(transformer.taskSettings(), settings);
    return described(transformer);
  }

  private BertTransformer saved(String path, ModelPath model) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), BertTransformer.class.getName());
    BertTransformer transformer = new BertTransformer(metadata.uid(), model.local(CONFIG));
    metadata.getAndSetParams(transformer, scala.Option.empty());
    return transformer;
  }

  /** What is wrong with a model is said when it is loaded, and not only when it is used. */
  private static BertTransformer described(BertTransformer transformer) {
    transformer.described();
    return transformer;
  }

  private ModelPath path(String path) {
    return new ModelPath(path, sparkSession().sparkContext().hadoopConfiguration());
  }
}
