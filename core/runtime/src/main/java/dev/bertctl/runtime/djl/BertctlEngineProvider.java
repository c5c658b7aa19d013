// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/**
 * Tells DJL of the engine {@value BertctlEngine#NAME}. DJL finds it by {@link
 * java.util.ServiceLoader}; it loads nothing before a model is opened, and is never the engine of
 * those who name none.
 */
public final class BertctlEngineProvider implements EngineProvider {

  /** DJL's default is the engine of the lowest rank. */
  static final int LAST = Integer.MAX_VALUE;

  @Override
  public String getEngineName() {
    return BertctlEngine.NAME;
  }

  @Override
  public int getEngineRank() {
    return LAST;
  }

  @Override
  public Engine getEngine() {
    return Holder.ENGINE;
  }

  /** Made when somebody asks for it. */
  private static final class Holder {
    static final Engine ENGINE = new BertctlEngine();
  }
}
