// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks at all that a run needs of this machine. */
public final class Doctor {

  private final Path pluginFolder;
  private final Supplier<InstalledPlugins> plugins;
  private final Consumer<Finding> findings;

  /**
   * @param pluginFolder where plugins lie
   * @param plugins loads them
   * @param findings receives each finding when it is made: a native library that ends the process
   *     is the one after the last
   */
  public Doctor(Path pluginFolder, Supplier<InstalledPlugins> plugins, Consumer<Finding> findings) {
    this.pluginFolder = pluginFolder;
    this.plugins = plugins;
    this.findings = findings;
  }

  /**
   * Looks.
   *
   * @return the gravest state found
   */
  public State examine() {
    State state = one("Java", JavaCheck::ofThisProcess);
    state = worse(state, one("processor", ProcessorCheck::ofThisProcess));
    state = worse(state, one("memory", MemoryCheck::ofThisProcess));
    state = worse(state, one("cache", CacheCheck::ofUser));
    state = worse(state, one("models", Doctor::models));
    State tensorFlow = one(EngineChecks.TENSORFLOW, EngineChecks::tensorFlow);
    state = worse(state, tensorFlow);
    state = worse(state, one(EngineChecks.ONNX_RUNTIME, EngineChecks::onnxRuntime));
    state = worse(state, one(EngineChecks.TOKENIZERS, EngineChecks::tokenizers));
    boolean loaded = tensorFlow == State.OK;
    state = worse(state, attempt("GPU", () -> GpuCheck.of(GpuFacts.ofThisMachine(loaded))));
    return worse(
        state, attempt(PluginCheck.NAME, () -> PluginCheck.of(pluginFolder, plugins.get())));
  }

  private static Finding models() {
    return CacheCheck.of(ModelStore.ofUser(true, DownloadListener.NONE).cached());
  }

  private State one(String name, Supplier<Finding> check) {
    return attempt(name, () -> List.of(check.get()));
  }

  private State attempt(String name, Supplier<List<Finding>> check) {
    State state = State.OK;
    for (Finding finding : checked(name, check)) {
      findings.accept(finding);
      state = worse(state, finding.state());
    }
    return state;
  }

  /** The findings of a check; where it fails, that it does. */
  static List<Finding> checked(String name, Supplier<List<Finding>> check) {
    try {
      return check.get();
    } catch (UserException e) {
      return List.of(new Finding(name, State.PROBLEM, e.getMessage(), e.remedy()));
    } catch (RuntimeException | Error e) {
      // Native code and plugins throw what they like, and the other checks are still of use.
      return List.of(
          new Finding(name, State.PROBLEM, "this could not be found out: " + e, Optional.empty()));
    }
  }

  private static State worse(State one, State other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
