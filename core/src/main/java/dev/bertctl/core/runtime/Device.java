// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runtime;

import dev.bertctl.core.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.framework.ConfigProto;
import org.tensorflow.proto.framework.GPUOptions;

/**
 * Where TensorFlow computes.
 *
 * @param gpu number of the GPU, or -1 for the CPU
 */
public record Device(int gpu) {

  private static final Pattern NAME = Pattern.compile("gpu(?::(\\d{1,3}))?");
  /** The processor. */
  public static final Device CPU = new Device(-1);

  /**
   * Finds the device of a name. What was asked for is what is used: there is no falling back from a
   * GPU to the CPU.
   *
   * @param name {@code auto} (a GPU if this build and this machine have one), {@code cpu}, {@code
   *     gpu} or {@code gpu:n}
   * @throws UserException if the device cannot be used, saying why
   */
  public static Device of(String name) {
    TensorFlowEngine.load();
    if (name.equals("cpu")) {
      return CPU;
    }
    if (name.equals("auto")) {
      Device first = new Device(0);
      return hasCudaLibrary() && first.problem().isEmpty() ? first : CPU;
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new UserException("unknown device '" + name + "'; use auto, cpu, gpu or gpu:n");
    }
    Device device = new Device(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
    if (!hasCudaLibrary()) {
      throw new UserException(
          "device '%s' cannot be used: this build has no CUDA library. Build with -Pcuda, or set device: cpu"
              .formatted(name));
    }
    String problem = device.problem();
    if (!problem.isEmpty()) {
      throw new UserException(
          "device '%s' cannot be used: %s. CUDA 11.3 with cuDNN 8 is needed; or set device: cpu"
              .formatted(name, problem));
    }
    return device;
  }

  /** Settings of a session on this device. */
  public ConfigProto sessionConfig() {
    ConfigProto.Builder config = ConfigProto.newBuilder().setAllowSoftPlacement(true);
    if (gpu < 0) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.setGpuOptions(
          GPUOptions.newBuilder().setVisibleDeviceList(Integer.toString(gpu)).setAllowGrowth(true));
    }
    return config.build();
  }

  @Override
  public String toString() {
    return gpu < 0 ? "cpu" : "gpu:" + gpu;
  }

  /** Computes something on the GPU; empty if that works, else TensorFlow's reason. */
  private String problem() {
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
      ConfigProto strict = sessionConfig().toBuilder().setAllowSoftPlacement(false).build();
      try (Session session = new Session(graph, strict)) {
        session.runner().addTarget(probe.op()).run();
      }
      return "";
    } catch (TensorFlowException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
  }

  private static boolean hasCudaLibrary() {
    return ai.djl.engine.Engine.getEngine("TensorFlow").toString().contains("-cu1");
  }
}
