// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.models.CachedModel;
import dev.bertctl.core.models.ModelAlias;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl models}: the pretrained models that are known and those that are here. */
@Command(
    name = "models",
    description = {
      "Lists the built-in aliases and the models in the cache.",
      "",
      "A model is an alias, the folder of a model or of a run, a zip, maven:group:artifact:version,"
          + " or hf:organisation/name[@revision]."
    },
    subcommands = {ModelsFetchCommand.class, ModelsVerifyCommand.class},
    footer = {
      "  bertctl models",
      "  bertctl models fetch minilm-l6",
      "  bertctl models verify",
    })
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    List<CachedModel> cached = ModelStore.ofUser(true, DownloadListener.NONE).cached();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("aliases", ModelAlias.all().stream().map(ModelsCommand::fields).toList());
      result.put("cached", cached.stream().map(ModelsCommand::fields).toList());
      Json.print(result, out);
      return;
    }
    Map<String, CachedModel> byName =
        cached.stream().collect(Collectors.toMap(CachedModel::name, Function.identity()));
    Table aliases = new Table("ALIAS", "DOWNLOAD", "CACHED", "DESCRIPTION");
    for (ModelAlias alias : ModelAlias.all()) {
      CachedModel here = byName.remove(alias.name());
      aliases.add(
          List.of(
              alias.name(),
              megabytes(alias.bytes()),
              here == null ? "no" : megabytes(here.bytes()),
              alias.summary()));
    }
    aliases.print(out);
    if (!byName.isEmpty()) {
      Table others = new Table("CACHED MODEL", "SIZE", "FOLDER");
      byName
          .values()
          .forEach(
              model ->
                  others.add(
                      List.of(model.name(), megabytes(model.bytes()), model.path().toString())));
      out.println();
      others.print(out);
    }
  }

  private static Map<String, Object> fields(ModelAlias alias) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", alias.name());
    fields.put("description", alias.summary());
    fields.put("coordinates", alias.coordinates().toString());
    fields.put("bytes", alias.bytes());
    return fields;
  }

  /** A model as JSON has it. */
  static Map<String, Object> fields(CachedModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", model.name());
    fields.put("path", model.path().toString());
    fields.put("bytes", model.bytes());
    return fields;
  }

  private static String megabytes(long bytes) {
    return "%,d MB".formatted(Math.round(bytes / 1e6));
  }
}
