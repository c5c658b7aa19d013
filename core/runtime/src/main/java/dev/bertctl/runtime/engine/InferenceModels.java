// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.onnx.RuntimeModel;
import dev.bertctl.runtime.onnx.WeightBits;
import dev.bertctl.runtime.onnx.ops.UnsupportedOpException;
import dev.bertctl.runtime.onnxruntime.OnnxModel;
import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.CpuInfo;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens models that are applied, and not trained. */
public final class InferenceModels {

  /** Weights of a head that the checkpoint lacks are drawn as for a run of this seed. */
  private static final long SEED = 0;

  private final String task;
  private final BertConfig config;
  private final Head head;
  private final Vocabulary vocabulary;
  private final PretrainedModel pretrained;
  private final Quantize quantize;

  private InferenceModels(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      PretrainedModel pretrained,
      Quantize quantize) {
    this.quantize = quantize;
    this.task = task;
    this.config = config;
    this.head = head;
    this.vocabulary = vocabulary;
    this.pretrained = pretrained;
  }

  /**
   * Opens a model with its weights. With {@link Engine#AUTO} ONNX Runtime computes it on a CPU, and
   * TensorFlow on a GPU and where the head holds what ONNX Runtime cannot compute; the choice says
   * which and why.
   *
   * @param task name of the task, for errors about its head
   * @param config the architecture that it is built with
   * @param head the task's
   * @param vocabulary of the model's tokenizer
   * @param pretrained its weights, which must stay readable until the model is closed
   * @param engine what is to compute it
   * @param quantize what the weights are rounded to, which only ONNX Runtime computes with
   * @param device where TensorFlow computes
   * @throws UserException if a weight is missing or of another shape, the head cannot be built, or
   *     the engine that was asked for by name cannot compute it
   */
  public static OpenedModel open(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      PretrainedModel pretrained,
      Engine engine,
      Quantize quantize,
      ComputeDevice device) {
    InferenceModels models =
        new InferenceModels(task, config, head, vocabulary, pretrained, quantize);
    boolean onGpu = !device.equals(ComputeDevice.CPU);
    return switch (engine) {
      case TENSORFLOW -> models.tensorFlow(device, "as the configuration says");
      case ONNXRUNTIME -> {
        if (onGpu) {
          throw new UserException(
              "engine 'onnxruntime' computes on the CPU alone, and the device is %s; set device: cpu, or engine: tensorflow"
                  .formatted(device));
        }
        yield models.onnxRuntime("as the configuration says");
      }
      case AUTO ->
          onGpu
              ? models.tensorFlow(device, "ONNX Runtime computes on the CPU alone")
              : models.fastestOnCpu();
    };
  }

  private OpenedModel fastestOnCpu() {
    try {
      return onnxRuntime("on a CPU it is the faster one");
    } catch (UnsupportedOpException e) {
      return tensorFlow(
          ComputeDevice.CPU,
          "the head of task '%s' holds the operation %s (node '%s'), which is not known how to write in ONNX"
              .formatted(task, e.operation(), e.node()));
    }
  }

  private OpenedModel onnxRuntime(String reason) {
    HeadDefinition definition = HeadDefinition.of(task, config, head, vocabulary);
    WeightAccount account = ModelWeights.account(definition.parameters(), pretrained);
    Map<String, Weight> weights =
        ModelWeights.all(definition.parameters(), account, pretrained, SEED);
    RuntimeModel whole = RuntimeModel.of(definition, config, weights::get);
    RuntimeModel converted = bits().map(whole::quantized).orElse(whole);
    String version = OnnxRuntimeEngine.load();
    return new OpenedModel(
        OnnxModel.open(config, vocabulary, converted, head.targets()),
        definition.parameters(),
        account,
        new EngineChoice(
            Engine.ONNXRUNTIME,
            version,
            bits().map(used -> reason + "; weights are " + text(used)).orElse(reason)));
  }

  /** On a processor without VNNI eight bits would give wrong results without a word. */
  private Optional<WeightBits> bits() {
    boolean vnni = CpuInfo.ofThisMachine().map(CpuInfo::hasVnni).orElse(false);
    return quantize.bits().map(bits -> bits == WeightBits.EIGHT && !vnni ? WeightBits.SEVEN : bits);
  }

  private String text(WeightBits used) {
    return used.equals(quantize.bits().orElseThrow())
        ? quantize.toString()
        : Quantize.INT8_REDUCED + ", as the processor is not known to have VNNI";
  }

  private OpenedModel tensorFlow(ComputeDevice device, String reason) {
    if (quantize != Quantize.NONE) {
      throw new UserException(
          "quantize '%s' needs ONNX Runtime, and TensorFlow computes: %s; set quantize: none"
              .formatted(quantize, reason));
    }
    String version = TensorFlowEngine.load();
    BertModel model = BertModel.applied(task, config, head, vocabulary, device);
    try {
      WeightAccount account = ModelWeights.load(model, head, pretrained, SEED);
      List<ParameterSpec> parameters = model.parameters().stream().map(Parameter::spec).toList();
      return new OpenedModel(
          model, parameters, account, new EngineChoice(Engine.TENSORFLOW, version, reason));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
