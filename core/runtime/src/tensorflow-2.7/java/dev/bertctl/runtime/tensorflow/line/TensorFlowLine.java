// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow.line;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.bertctl.runtime.tensorflow.CudaSupport;
import dev.bertctl.runtime.tensorflow.TensorFlowBuild;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * What differs between the lines of TensorFlow that bertctl is built for; this one is 2.7. Its
 * messages have other names in Java than those of 2.16, which bertctl uses, but the same form as
 * bytes.
 */
public final class TensorFlowLine {

  /** The line. */
  public static final String NAME = "2.7";

  /** What heads use in place of ops that have no gradient in TensorFlow's C++ library. */
  public static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("BatchMatMulV2", "matMul on reshaped operands, or mul and sum"),
          Map.entry("BatchMatMulV3", "matMul on reshaped operands, or mul and sum"),
          Map.entry("Gather", "tf.gather, which makes GatherV2"),
          Map.entry("SparseSoftmaxCrossEntropyWithLogits", "HeadGraph.softmaxCrossEntropy"),
          Map.entry("Einsum", "matMul with reshape and transpose"),
          Map.entry("Select", "mul with a mask cast to float"),
          Map.entry("SelectV2", "mul with a mask cast to float"),
          Map.entry("UnsortedSegmentSum", "matMul with a one-hot matrix"),
          Map.entry("TopKV2", "max, or a mask made under stopGradient"),
          Map.entry("OnesLike", "fill, or stopGradient around it"));

  /** Whether it multiplies bfloat16 faster than float32, on processors that do. */
  public static final boolean COMPUTES_BFLOAT16 = false;

  /** Whether it computes float16 on processors, which is good for tests alone. */
  public static final boolean COMPUTES_FLOAT16 = false;

  /** The namespace of the C++ functions that say whether GPUs multiply float32 as TF32. */
  public static final String NAMESPACE = "tensorflow";

  /** What bertctl runs on. */
  public static final String MACHINES = "Linux and Windows on x86-64";

  /** What a GPU needs on the machine. */
  public static final String CUDA_NEEDS = "NVIDIA's driver, CUDA 11.3 and cuDNN 8";

  /** What its build for CUDA, 2.7.0, is made for. */
  public static final CudaSupport CUDA =
      new CudaSupport(
          "11.3",
          List.of("3.5", "5.0", "6.0", "7.0", "7.5", "8.0"),
          "8.0",
          List.of(
              "libcudart.so.11.0",
              "libcublas.so.11",
              "libcublasLt.so.11",
              "libcufft.so.10",
              "libcurand.so.10",
              "libcusolver.so.11",
              "libcusparse.so.11",
              "libcudnn.so.8"));

  /** Libraries of CUDA that the build brings. */
  public static final List<String> CUDA_LIBRARIES = List.of();

  private TensorFlowLine() {}

  /**
   * The builds of TensorFlow's native libraries on the class path that this machine can load.
   *
   * @param classes loads the class path
   */
  public static List<TensorFlowBuild> builds(ClassLoader classes) {
    return TensorFlowBuild.ofDjl(classes, TensorFlowBuild.thisPlatform());
  }

  /** Runs a session; who calls closes what was fetched, which is in the order it was asked for. */
  public static List<Tensor> run(Session.Runner runner) {
    return runner.run();
  }

  /** A session of a graph. */
  public static Session session(Graph graph, ConfigProto config) {
    try {
      return new Session(
          graph, org.tensorflow.proto.framework.ConfigProto.parseFrom(config.toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a graph is written as. */
  public static GraphDef definition(Graph graph) {
    try {
      return GraphDef.parseFrom(graph.toGraphDef().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The type of a value's elements. */
  public static DataType dataType(Operand<?> operand) {
    return DataType.forNumber(operand.asOutput().dataType().getNumber());
  }
}
