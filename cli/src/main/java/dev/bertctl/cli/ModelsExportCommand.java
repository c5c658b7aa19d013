// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.weights.WeightAccount;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl models export MODEL DIR}. */
@Command(
    name = "export",
    description = "Writes any model in Hugging Face layout, without its head.",
    footer = {
      "  bertctl models export bert-base-uncased bert-base-uncased/",
      "  bertctl models export hf:prajjwal1/bert-tiny bert-tiny/",
      "  bertctl models export runs/nli encoder/"
    })
final class ModelsExportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The model, as `bertctl models --help` says.")
  private String model;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Where to write; must not exist or be empty.")
  private Path directory;

  @Mixin private OfflineOption offline;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    try (JobListener listener = common.listener()) {
      WeightAccount account = offline.models(listener).export(model, Path.of(""), directory);
      listener.notice(account.loaded().size() + " weights written");
      if (!account.initialized().isEmpty()) {
        listener.notice(
            "the model has no " + String.join(", ", account.initialized()) + "; left out");
      }
      if (!account.leftOver().isEmpty()) {
        listener.notice(
            "of no use to a BertModel, left out: " + String.join(", ", account.leftOver()));
      }
    }
    spec.commandLine().getOut().println(directory);
  }
}
