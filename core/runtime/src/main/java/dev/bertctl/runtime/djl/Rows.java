// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.util.passthrough.PassthroughNDArray;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.spi.decode.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows and predictions in DJL's lists of arrays: an array that passes on an object for each. A
 * batch has no padding yet, so that the model can put rows of equal lengths together.
 */
final class Rows implements Batchifier {

  private static final long serialVersionUID = 1L;

  static final Rows BATCHIFIER = new Rows();

  private Rows() {}

  /** Rows to predict for. */
  static NDList prepared(List<Prepared> rows) {
    return list(rows.stream());
  }

  /** Predictions for rows, in their order. */
  static NDList predicted(List<Prediction> predictions) {
    return list(predictions.stream());
  }

  private static NDList list(Stream<?> objects) {
    return new NDList(objects.map(PassthroughNDArray::new).toArray(PassthroughNDArray[]::new));
  }

  /** The rows in a list. */
  static List<Prepared> of(NDList list) {
    return list.stream().map(array -> object(Prepared.class, array)).toList();
  }

  /** The prediction in a list of one. */
  static Prediction prediction(NDList list) {
    return object(Prediction.class, list.singletonOrThrow());
  }

  private static <T> T object(Class<T> type, Object array) {
    if (array instanceof PassthroughNDArray passed && type.isInstance(passed.getObject())) {
      return type.cast(passed.getObject());
    }
    throw new IllegalArgumentException(
        "a model of bertctl computes rows that its own translator made; use BertctlTranslatorFactory");
  }

  @Override
  public NDList batchify(NDList[] inputs) {
    NDList all = new NDList();
    Arrays.stream(inputs).forEach(all::addAll);
    return all;
  }

  @Override
  public NDList[] unbatchify(NDList list) {
    return list.stream().map(NDList::new).toArray(NDList[]::new);
  }
}
