// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * Where TensorFlow computes.
 *
 * @param gpu number of the GPU, or -1 for the CPU
 * @param percent of the GPU's memory that is used at most, from 1 to 100
 */
public record ComputeDevice(int gpu, int percent) {

  /** The processor. */
  public static final ComputeDevice CPU = new ComputeDevice(-1, 100);

  /**
   * Finds the device that was asked for. There is no falling back from a GPU to the CPU.
   *
   * @param wanted auto takes a GPU if this build and this machine have one
   * @throws UserException if the device cannot be used, saying why
   */
  public static ComputeDevice of(Device wanted) {
    TensorFlowEngine.load();
    ComputeDevice gpu = new ComputeDevice(wanted.index(), wanted.percent());
    return switch (wanted.kind()) {
      case CPU -> CPU;
      case AUTO -> NativeLibraries.mayUseGpu() && gpu.problem().isEmpty() ? gpu : CPU;
      case GPU -> gpu.required();
    };
  }

  private ComputeDevice required() {
    if (!NativeLibraries.mayUseGpu()) {
      throw new UserException(
          "device '%s' cannot be used: %s, or set device: cpu"
              .formatted(
                  this,
                  NativeLibraries.includeCuda()
                      ? "NVIDIA's driver and a GPU are not found on this machine. Install "
                          + TensorFlowLine.CUDA_NEEDS
                      : "this build has no CUDA library. Build with -Pcuda"));
    }
    String problem = problem();
    if (!problem.isEmpty()) {
      throw new UserException(
          "device '%s' cannot be used: %s. %s is needed; or set device: cpu"
              .formatted(this, problem, TensorFlowLine.CUDA_NEEDS));
    }
    return this;
  }

  /**
   * Opens a session of a graph that is only applied. On a GPU float32 is float32 where this
   * TensorFlow can be kept from TF32.
   */
  public Session session(Graph graph) {
    if (gpu >= 0) {
      TensorFloat32.allow(false);
    }
    return TensorFlowLine.session(graph, config(Precision.FLOAT32));
  }

  /**
   * Opens a session of a graph that is trained. On a GPU it also decides for the whole process
   * whether float32 is multiplied as TF32, as the newest session wants it.
   *
   * @param precision one that {@linkplain Precision#requireUseful is of use} on it; on processors
   *     TensorFlow computes float16 too, slowly
   * @throws UserException if this TensorFlow multiplies as TF32 though it should not
   */
  public Session session(Graph graph, Precision precision) {
    if (gpu >= 0 && !TensorFloat32.allow(precision == Precision.TF32)) {
      throw new UserException(
          "precision '%s' cannot be used: this TensorFlow multiplies float32 as TF32 on a GPU, and cannot be kept from it; set precision: tf32"
              .formatted(precision));
    }
    return TensorFlowLine.session(graph, config(precision));
  }

  private ConfigProto config(Precision precision) {
    ConfigProto.Builder config = ConfigProto.newBuilder().setAllowSoftPlacement(true);
    if (gpu < 0) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.setGpuOptions(memory().setVisibleDeviceList(Integer.toString(gpu)));
    }
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    switch (precision) {
      case BFLOAT16 -> rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      case FLOAT16 -> {
        if (gpu < 0) {
          rewriter.setAutoMixedPrecisionCpu(RewriterConfig.Toggle.ON);
        } else {
          rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
        }
      }
      case FLOAT32, TF32 -> {
        return config.build();
      }
    }
    return config.setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter)).build();
  }

  /** It is taken as it is needed; TensorFlow of itself would take all. */
  private GPUOptions.Builder memory() {
    GPUOptions.Builder options = GPUOptions.newBuilder().setAllowGrowth(true);
    return percent == 100 ? options : options.setPerProcessGpuMemoryFraction(percent / 100.0);
  }

  @Override
  public String toString() {
    return gpu < 0 ? "cpu" : "gpu:" + gpu;
  }

  /**
   * Computes something on the GPU. A process can use one of its GPUs, the first that is asked for.
   *
   * @return empty if that works, else TensorFlow's reason
   */
  public String problem() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Op probe =
          tf.withDevice(
                  org.tensorflow.DeviceSpec.newBuilder()
                      .deviceType(org.tensorflow.DeviceSpec.DeviceType.GPU)
                      .deviceIndex(0)
                      .build())
              .math
              .add(tf.constant(1f), tf.constant(1f));
      ConfigProto strict =
          config(Precision.FLOAT32).toBuilder().setAllowSoftPlacement(false).build();
      try (Session session = TensorFlowLine.session(graph, strict)) {
        session.runner().addTarget(probe.op()).run();
      }
      return "";
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      return String.valueOf(e.getMessage())
          .lines()
          .findFirst()
          .map(reason -> reason.replaceFirst("\\.$", ""))
          .orElse("no reason given");
    }
  }
}
