// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.content.ZstdLibrary;
import dev.bertctl.core.duckdb.DuckDb;
import dev.bertctl.core.models.CachedModel;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl models fetch MODEL...}. */
@Command(
    name = "fetch",
    description = {
      "Fills the cache with models and with the native libraries that compute.",
      "",
      "After that, commands with these models need neither the network nor the right to write to the"
          + " cache: for machines without network, containers, and a cache that several users share."
    },
    footer = {
      "  bertctl models fetch minilm-l6 hf:google-bert/bert-base-uncased",
      "  BERTCTL_CACHE=/srv/bertctl bertctl models fetch minilm-l6"
    })
final class ModelsFetchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description = "The models, as `bertctl models --help` says.")
  private List<String> models;

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    List<CachedModel> fetched = new ArrayList<>();
    Path libraries;
    try (JobListener listener = common.listener()) {
      ModelStore store = offline.models(listener);
      models.forEach(model -> fetched.add(store.fetch(model, Path.of(""))));
      libraries = NativeLibraries.unpacked();
      OnnxRuntimeEngine.load();
      DuckDb.unpacked();
      ZstdLibrary.unpacked();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("models", fetched.stream().map(ModelsCommand::fields).toList());
      result.put("native_libraries", libraries.toString());
      Json.print(result, out);
      return;
    }
    fetched.forEach(model -> out.println(model.path()));
    out.println(libraries);
  }
}
