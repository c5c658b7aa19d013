// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.content.ZstdLibrary;
import dev.bertctl.core.duckdb.DuckDb;
import dev.bertctl.core.models.CachedModel;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.tensorflow.NativeFolder;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bertctl models verify}. */
@Command(
    name = "verify",
    description = {
      "Reads all that is in the cache, and repairs what is damaged.",
      "",
      "Every command looks whether files in the cache have kept their lengths and times; this one"
          + " compares their SHA-256, which takes as long as reading them. Damaged native libraries are"
          + " unpacked again, and damaged models removed: they are fetched when they are wanted next."
          + " It fails if anything was damaged."
    },
    footer = "  bertctl models verify")
final class ModelsVerifyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    ModelStore store = ModelStore.ofUser(true, DownloadListener.NONE);
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("STATE", "WHAT");
    List<String> damaged = new ArrayList<>();
    for (CachedModel model : store.cached()) {
      boolean sound = store.verify(model);
      add(table, damaged, sound ? "sound" : "removed", "model " + model.name());
    }
    List<NativeFolder> folders = new ArrayList<>(NativeLibraries.folders());
    folders.addAll(
        List.of(OnnxRuntimeEngine.libraries(), DuckDb.libraries(), ZstdLibrary.libraries()));
    for (NativeFolder folder : folders) {
      if (!Files.exists(folder.path())) {
        continue;
      }
      boolean sound = folder.verify();
      add(table, damaged, sound ? "sound" : "unpacked again", folder.path().toString());
    }
    table.print(out);
    if (!damaged.isEmpty()) {
      throw new UserException(
          "damaged in the cache: %s; see whether the disk is sound"
              .formatted(String.join(", ", damaged)));
    }
  }

  private static void add(Table table, List<String> damaged, String state, String what) {
    table.add(List.of(state, what));
    if (!state.equals("sound")) {
      damaged.add(what);
    }
  }
}
