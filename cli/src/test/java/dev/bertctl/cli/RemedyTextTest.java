// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.bertctl.application.RemedyText;
import dev.bertctl.core.config.NameConfiguration;
import dev.bertctl.core.doctor.Advice;
import dev.bertctl.core.doctor.MoreSpace;
import dev.bertctl.core.output.DropUnfinished;
import dev.bertctl.core.output.GoOnOrOverwrite;
import dev.bertctl.core.runs.GoOn;
import dev.bertctl.core.runs.GoOnOncePutRight;
import dev.bertctl.core.runs.KeepOrReplace;
import dev.bertctl.core.runs.OtherOutput;
import dev.bertctl.core.runs.StartOver;
import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.host.plugins.OtherFolder;
import dev.bertctl.host.plugins.RemovePlugin;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.files.OneAtATime;
import dev.bertctl.runtime.saved.InstallPlugin;
import dev.bertctl.runtime.weights.ExportEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RemedyTextTest {

  private static final Map<Remedy, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put(
        new ExportEncoder("runs/nli/model"),
        "begin with the encoder alone: 'bertctl export runs/nli/model DIR --encoder --format huggingface', then DIR as the"
            + " model");
    WORDS.put(
        new AllowNetwork(What.MODEL),
        "run `bertctl models fetch` with this model once without --offline");
    WORDS.put(new AllowNetwork(What.PLUGIN), "install it once without --offline, or from a file");
    WORDS.put(
        new RemovePlugin("irony"),
        "rename what you install, or remove that one first with `bertctl plugins remove irony`");
    WORDS.put(new OneAtATime(), "wait until it is done, and give the command again");
    WORDS.put(
        new InstallPlugin(Optional.of("maven:org.example:irony:1.0")),
        "install it with `bertctl plugins install maven:org.example:irony:1.0`");
    WORDS.put(
        new InstallPlugin(Optional.empty()),
        "get its jar from whoever made the model, and install it with `bertctl plugins install"
            + " JAR`");
    WORDS.put(
        new OtherCache(),
        "set BERTCTL_CACHE to a folder of your own, or let the cache's owner fill it with `bertctl models fetch MODEL` and give you the right to read it");
    WORDS.put(new Advice("install a newer driver"), "install a newer driver");
    WORDS.put(new MoreSpace(), "make room there, or set BERTCTL_CACHE to a folder on another disk");
    WORDS.put(new OtherFolder(), "name another folder with --dir, or remove it");
    WORDS.put(new NameConfiguration(), "name the configuration with --config");
    WORDS.put(new StartOver(), "restore what it had, or start over with --overwrite");
    WORDS.put(
        new KeepOrReplace(true),
        "replace them with --overwrite, give this run a folder of its own with --output, or see"
            + " with --resume what they are");
    WORDS.put(
        new KeepOrReplace(false),
        "go on with it with --resume, drop it with --overwrite, or give this run a folder of its"
            + " own with --output");
    WORDS.put(new GoOn(), "the same command with --resume goes on from there");
    WORDS.put(
        new GoOnOncePutRight(12),
        "put that right, and the same command with --resume goes on after step 12");
    WORDS.put(
        new GoOnOrOverwrite(),
        "go on with it by --resume, drop it by --overwrite, or name another --output");
    WORDS.put(
        new DropUnfinished(),
        "give the command that began it with --resume, or drop what it has with --overwrite");
    WORDS.put(
        new OtherOutput(),
        "wait until it is done, or give this run a folder of its own with --output");
  }

  @Test
  void aRemedyIsWhatToType() {
    WORDS.forEach((remedy, words) -> assertEquals(Optional.of(words), RemedyText.of(remedy)));
  }

  @Test
  void everyRemedyHasWords() {
    Set<String> all =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("dev.bertctl").stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(Remedy.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        all,
        WORDS.keySet().stream()
            .map(remedy -> remedy.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new)));
  }
}
