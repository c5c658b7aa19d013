// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.passthrough.PassthroughNDManager;
import dev.bertctl.spi.Task;

/** Opens models that bertctl saved. It has no arrays of its own to compute with. */
final class BertctlEngine extends Engine {

  static final String NAME = "Bertctl";

  @Override
  public Engine getAlternativeEngine() {
    return null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return BertctlEngineProvider.LAST;
  }

  @Override
  public String getVersion() {
    String version = Task.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** What a model computes on is chosen when it is opened. */
  @Override
  public boolean hasCapability(String capability) {
    return false;
  }

  @Override
  public Model newModel(String name, Device device) {
    return new BertctlModel(name, device);
  }

  @Override
  public NDManager newBaseManager() {
    return PassthroughNDManager.INSTANCE;
  }

  @Override
  public NDManager newBaseManager(Device device) {
    return PassthroughNDManager.INSTANCE;
  }
}
