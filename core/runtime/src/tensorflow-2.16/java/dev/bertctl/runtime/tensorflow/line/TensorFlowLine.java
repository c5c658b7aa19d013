// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow.line;

import dev.bertctl.runtime.tensorflow.CudaSupport;
import dev.bertctl.runtime.tensorflow.TensorFlowBuild;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/** What differs between the lines of TensorFlow that bertctl is built for; this one is 2.16. */
public final class TensorFlowLine {

  /** The line. */
  public static final String NAME = "2.16";

  /** What heads use in place of ops that have no gradient in TensorFlow's C++ library. */
  public static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("Gather", "tf.gather, which makes GatherV2"),
          Map.entry("SparseSoftmaxCrossEntropyWithLogits", "HeadGraph.softmaxCrossEntropy"),
          Map.entry("Select", "tf.select, which makes SelectV2"),
          Map.entry("TopKV2", "max, or a mask made under stopGradient"),
          Map.entry("OnesLike", "fill, or stopGradient around it"));

  /** Whether it multiplies bfloat16 faster than float32, on processors that do. */
  public static final boolean COMPUTES_BFLOAT16 = true;

  /** Whether it computes float16 on processors, which is good for tests alone. */
  public static final boolean COMPUTES_FLOAT16 = true;

  /** The namespace of the C++ functions that say whether GPUs multiply float32 as TF32. */
  public static final String NAMESPACE = "tsl";

  /** What bertctl runs on. */
  public static final String MACHINES =
      "Linux on x86-64 and ARM64, macOS on ARM64, and Windows on x86-64";

  /** What a GPU needs on the machine. */
  public static final String CUDA_NEEDS = "NVIDIA's driver for CUDA 12.3 (545 or newer)";

  /**
   * What its build for CUDA, 2.16.1, is made for. Of its kernels one in six has machine code for
   * 9.0, all have the intermediate code.
   */
  public static final CudaSupport CUDA =
      new CudaSupport(
          "12.3",
          List.of("5.0", "6.0", "7.0", "8.0"),
          "9.0",
          List.of(
              "libcudart.so.12",
              "libcublas.so.12",
              "libcublasLt.so.12",
              "libcufft.so.11",
              "libcusolver.so.11",
              "libcusparse.so.12",
              "libcudnn.so.8"));

  /**
   * The libraries of CUDA 12.3 and cuDNN 8.9, which {@code -Pcuda} brings, that TensorFlow uses;
   * each after those that it uses itself.
   */
  public static final List<String> CUDA_LIBRARIES =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcurand.so.10",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libnccl.so.2",
          "libcudnn.so.8",
          "libcudnn_ops_infer.so.8",
          "libcudnn_cnn_infer.so.8",
          "libcudnn_adv_infer.so.8",
          "libcudnn_ops_train.so.8",
          "libcudnn_cnn_train.so.8",
          "libcudnn_adv_train.so.8");

  /** The version of the native for the CPU, which does not say it itself. */
  private static final String CPU_VERSION = "2.16.2";

  private static final String LIBRARIES = "org/tensorflow/internal/c_api/%s/";

  private static final Map<String, List<String>> FILES =
      Map.of(
          "linux-x86_64",
          List.of(
              "libjnitensorflow.so", "libtensorflow_cc.so.2", "libtensorflow_framework.so.2"),
          "linux-arm64",
          List.of(
              "libjnitensorflow.so",
              "libomp-e9212f90.so.5",
              "libtensorflow_cc.so.2",
              "libtensorflow_framework.so.2"),
          "macosx-arm64",
          List.of(
              "libjnitensorflow.dylib",
              "libtensorflow_cc.2.dylib",
              "libtensorflow_framework.2.dylib"),
          "windows-x86_64",
          List.of(
              "concrt140.dll",
              "jnitensorflow.dll",
              "libiomp5md.dll",
              "msvcp140.dll",
              "tensorflow.dll",
              "ucrtbase.dll",
              "vcomp140.dll",
              "vcruntime140.dll"));

  private TensorFlowLine() {}

  /**
   * The builds of TensorFlow's native libraries on the class path that this machine can load.
   *
   * @param classes loads the class path
   */
  public static List<TensorFlowBuild> builds(ClassLoader classes) {
    String platform = TensorFlowBuild.thisPlatform();
    List<TensorFlowBuild> builds = new ArrayList<>(TensorFlowBuild.ofDjl(classes, platform));
    List<String> files = FILES.getOrDefault(platform, List.of());
    if (!files.isEmpty()) {
      URL first = classes.getResource(LIBRARIES.formatted(platform) + files.get(0));
      if (first != null) {
        builds.add(new TensorFlowBuild(CPU_VERSION, "cpu", platform, first, files));
      }
    }
    return builds;
  }

  /** Runs a session; who calls closes what was fetched, which is in the order it was asked for. */
  public static List<Tensor> run(Session.Runner runner) {
    return fetched(runner.run());
  }

  static List<Tensor> fetched(Result result) {
    List<Tensor> fetched = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      fetched.add(result.get(i));
    }
    return fetched;
  }

  /** A session of a graph. */
  public static Session session(Graph graph, ConfigProto config) {
    return new Session(graph, config);
  }

  /** What a graph is written as. */
  public static GraphDef definition(Graph graph) {
    return graph.toGraphDef();
  }

  /** The type of a value's elements. */
  public static DataType dataType(Operand<?> operand) {
    return operand.asOutput().dataType();
  }
}
