// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.LambdaBlock;
import ai.djl.util.passthrough.PassthroughNDManager;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A model that bertctl saved, as DJL has models: closing it frees its native memory. The options
 * {@code maxLength} and {@code maxBatchTokens} are those of {@link PredictorOptions}.
 */
final class BertctlModel extends BaseModel {

  private final Device wanted;
  private Predictor<Prediction> predictor;

  /**
   * @param device where to compute; null for the device that is there
   */
  BertctlModel(String name, Device device) {
    super(name);
    wanted = device;
    manager = PassthroughNDManager.INSTANCE;
    dataType = DataType.FLOAT32;
  }

  @Override
  public void load(Path folder, String prefix, Map<String, ?> options)
      throws MalformedModelException {
    if (predictor != null) {
      throw new IllegalStateException("the model of %s is loaded already".formatted(modelDir));
    }
    try {
      predictor = Predictor.open(folder, Prediction.class, options(options));
    } catch (UserException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
    modelDir = predictor.saved().folder();
    block = new LambdaBlock(rows -> Rows.predicted(predictor.compute(Rows.of(rows))), "bertctl");
    wasLoaded = true;
  }

  private PredictorOptions options(Map<String, ?> options) {
    PredictorOptions chosen = PredictorOptions.DEFAULT;
    if (wanted != null) {
      String device = wanted.isGpu() ? "gpu:" + wanted.getDeviceId() : wanted.getDeviceType();
      chosen = chosen.withDevice(dev.bertctl.runtime.tensorflow.Device.of(device));
    }
    OptionalInt length = number(options, "maxLength");
    if (length.isPresent()) {
      chosen = chosen.withMaxLength(length.getAsInt());
    }
    OptionalInt tokens = number(options, "maxBatchTokens");
    return tokens.isPresent() ? chosen.withMaxBatchTokens(tokens.getAsInt()) : chosen;
  }

  private static OptionalInt number(Map<String, ?> options, String name) {
    Object value = options == null ? null : options.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(value.toString()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option %s is no whole number: '%s'".formatted(name, value), e);
    }
  }

  /** What reads rows and computes predictions. */
  Predictor<Prediction> predictor() {
    if (predictor == null) {
      throw new IllegalStateException("the model is not loaded");
    }
    return predictor;
  }

  @Override
  public void close() {
    if (predictor != null) {
      predictor.close();
    }
    super.close();
  }

  /** DJL's complains of a manager that is still open, and this model's cannot be closed. */
  @Override
  @SuppressWarnings({"deprecation", "removal"})
  protected void finalize() {}
}
