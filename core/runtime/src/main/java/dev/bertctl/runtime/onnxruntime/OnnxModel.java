// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtSession;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.inference.FeatureOutputs;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.onnx.RuntimeModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Vocabulary;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A task's model in ONNX Runtime's memory. The losses' graph is loaded when it is first needed. */
public final class OnnxModel implements InferenceModel {

  /**
   * Files of pairs of sentences through a model of 6 x 384 on two processors: batches of 512 tokens
   * took 0.87 to 0.91 of the time that batches of 2,048 took, and those of 256 no less.
   */
  private static final int ENOUGH_TOKENS_PER_PROCESSOR = 256;

  private final BertConfig config;
  private final Vocabulary vocabulary;
  private final Set<String> inputs;
  private final Set<String> available;
  private final Map<String, Layout> outputs;
  private final Optional<RuntimeModel.Losses> losses;
  private final List<TargetSpec> targets;
  private final NativeSession session;
  private Optional<NativeSession> lossSession = Optional.empty();

  private OnnxModel(
      BertConfig config,
      Vocabulary vocabulary,
      RuntimeModel model,
      List<TargetSpec> targets,
      NativeSession session) {
    this.config = config;
    this.vocabulary = vocabulary;
    // Not the graph: it holds on to weights that the session has copied.
    this.inputs = Set.copyOf(model.graph().inputs().keySet());
    this.available = Set.copyOf(model.graph().outputs().keySet());
    this.outputs = model.outputs();
    this.losses = model.losses();
    this.targets = List.copyOf(targets);
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param targets those that its head trains towards
   * @throws dev.bertctl.runtime.UserException if ONNX Runtime cannot be loaded or cannot load it
   */
  public static OnnxModel open(
      BertConfig config, Vocabulary vocabulary, RuntimeModel model, List<TargetSpec> targets) {
    return new OnnxModel(config, vocabulary, model, targets, NativeSession.open(model.graph()));
  }

  @Override
  public BertConfig config() {
    return config;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int enoughTokens() {
    return ENOUGH_TOKENS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
  }

  @Override
  public List<Map<String, Matrix>> predict(Batch batch) {
    try (BatchTensors tensors = BatchTensors.of(batch, inputs, targets);
        OrtSession.Result result = session.run(tensors.byName(), outputs.keySet())) {
      return outputs(result, batch);
    }
  }

  @Override
  public Evaluated evaluate(Batch batch) {
    if (losses.isEmpty()) {
      return new Evaluated(predict(batch), Map.of());
    }
    RuntimeModel.Losses part = losses.get();
    Set<String> wanted = new HashSet<>(inputs);
    wanted.addAll(part.graph().inputs().keySet());
    Set<String> fetched = new HashSet<>(outputs.keySet());
    part.between().stream().filter(available::contains).forEach(fetched::add);
    try (BatchTensors tensors = BatchTensors.of(batch, wanted, targets);
        OrtSession.Result result = session.run(only(tensors, inputs), fetched)) {
      return new Evaluated(outputs(result, batch), losses(part, tensors, result));
    }
  }

  private static Map<String, OnnxTensor> only(BatchTensors tensors, Set<String> names) {
    Map<String, OnnxTensor> some = new HashMap<>(tensors.byName());
    some.keySet().retainAll(names);
    return some;
  }

  private Map<String, LossSum> losses(
      RuntimeModel.Losses part, BatchTensors tensors, OrtSession.Result between) {
    Map<String, OnnxTensorLike> all = new HashMap<>(only(tensors, part.graph().inputs().keySet()));
    for (String name : part.between()) {
      between.get(name).ifPresent(value -> all.put(name, (OnnxTensorLike) value));
    }
    Map<String, LossSum> sums = new LinkedHashMap<>();
    try (OrtSession.Result result = lossSession().run(all, part.graph().outputs().keySet())) {
      part.factors()
          .forEach(
              (name, factor) ->
                  sums.put(
                      name,
                      new LossSum(
                          number(result, RuntimeModel.sum(name)),
                          number(result, RuntimeModel.weight(name)),
                          factor)));
    }
    return sums;
  }

  private synchronized NativeSession lossSession() {
    if (lossSession.isEmpty()) {
      lossSession = Optional.of(NativeSession.open(losses.orElseThrow().graph()));
    }
    return lossSession.get();
  }

  private static double number(OrtSession.Result result, String name) {
    return tensor(result, name).getFloatBuffer().get(0);
  }

  private List<Map<String, Matrix>> outputs(OrtSession.Result result, Batch batch) {
    FeatureOutputs features = new FeatureOutputs(batch);
    outputs.forEach(
        (name, layout) -> {
          OnnxTensor tensor = tensor(result, name);
          features.add(name, layout, floats(tensor), tensor.getInfo().getShape());
        });
    return features.features();
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private static float[] floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public synchronized void close() {
    lossSession.ifPresent(NativeSession::close);
    session.close();
  }
}
