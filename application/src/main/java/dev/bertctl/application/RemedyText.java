// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

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
import java.util.function.Function;

/** Words remedies as what to type: commands and their options. */
public final class RemedyText {

  private static final Map<Class<? extends Remedy>, Function<Remedy, String>> WORDS =
      new LinkedHashMap<>();

  static {
    word(
        ExportEncoder.class,
        it ->
            "begin with the encoder alone: 'bertctl export %s DIR --encoder --format huggingface', then DIR as the model"
                .formatted(it.model()));
    word(AllowNetwork.class, RemedyText::allowNetwork);
    word(
        RemovePlugin.class,
        it ->
            "rename what you install, or remove that one first with `bertctl plugins remove %s`"
                .formatted(it.name()));
    word(OneAtATime.class, it -> "wait until it is done, and give the command again");
    word(
        InstallPlugin.class,
        it ->
            it.source()
                .map("install it with `bertctl plugins install %s`"::formatted)
                .orElse(
                    "get its jar from whoever made the model, and install it with"
                        + " `bertctl plugins install JAR`"));
    word(
        OtherCache.class,
        it ->
            "set BERTCTL_CACHE to a folder of your own, or let the cache's owner fill it with `bertctl models fetch MODEL` and give you the right to read it");
    word(Advice.class, Advice::words);
    word(
        MoreSpace.class, it -> "make room there, or set BERTCTL_CACHE to a folder on another disk");
    word(OtherFolder.class, it -> "name another folder with --dir, or remove it");
    word(NameConfiguration.class, it -> "name the configuration with --config");
    word(StartOver.class, it -> "restore what it had, or start over with --overwrite");
    word(
        KeepOrReplace.class,
        it ->
            it.finished()
                ? "replace them with --overwrite, give this run a folder of its own with --output,"
                    + " or see with --resume what they are"
                : "go on with it with --resume, drop it with --overwrite, or give this run a folder"
                    + " of its own with --output");
    word(GoOn.class, it -> "the same command with --resume goes on from there");
    word(
        GoOnOncePutRight.class,
        it ->
            "put that right, and the same command with --resume goes on after step %d"
                .formatted(it.step()));
    word(
        GoOnOrOverwrite.class,
        it -> "go on with it by --resume, drop it by --overwrite, or name another --output");
    word(
        DropUnfinished.class,
        it -> "give the command that began it with --resume, or drop what it has with --overwrite");
    word(
        OtherOutput.class,
        it -> "wait until it is done, or give this run a folder of its own with --output");
  }

  private RemedyText() {}

  private static <R extends Remedy> void word(Class<R> type, Function<R, String> words) {
    WORDS.put(type, remedy -> words.apply(type.cast(remedy)));
  }

  private static String allowNetwork(AllowNetwork remedy) {
    return switch (remedy.what()) {
      case MODEL -> "run `bertctl models fetch` with this model once without --offline";
      case PLUGIN -> "install it once without --offline, or from a file";
    };
  }

  /** What to type; empty for a remedy that has no words here. */
  public static Optional<String> of(Remedy remedy) {
    return Optional.ofNullable(WORDS.get(remedy.getClass())).map(words -> words.apply(remedy));
  }
}
