// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.models.ModelOrigin;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.events.EventFile;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.saved.SavedTask;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files in a folder of results were written by a run: those that every run calls so, and
 * those that the task wrote in forms of its own, which a record with their checksums tells. Only
 * they are ever removed. What a record says besides, or a link, counts for nothing.
 */
final class WrittenFiles {

  /** Lengths and checksums of the task's own files, by name. */
  static final String RECORD = ".files.json";

  private static final Set<String> NAMES =
      Set.of(
          RECORD,
          RunFolder.METRICS,
          RunFolder.PREDICTIONS,
          RunFolder.HISTORY,
          RunFolder.RESOLVED,
          RunFolder.LOG,
          RunFolder.INPUTS,
          RunFolder.EXAMPLES,
          RunFolder.PUBLISHING,
          ReportFiles.JSON,
          ReportFiles.HTML);

  private static final Set<String> OF_MODEL =
      Set.of(
          ModelOrigin.CARD,
          SavedTask.FILE,
          "config.json",
          "model.safetensors",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.txt");

  /** What is beside a file while it is written: the lock, and what there is of it so far. */
  private static final Pattern LEFT_BESIDE = Pattern.compile("\\.(.+)\\.lock|(.+)\\.partial");

  private static final List<String> FOLDERS = List.of(RunFolder.MODEL, RunFolder.EVENTS);

  private final Path folder;
  private final Map<String, String> record;

  /**
   * @param folder the results, as they are now
   */
  WrittenFiles(Path folder) {
    this.folder = folder;
    this.record = record(folder.resolve(RECORD));
  }

  private static Map<String, String> record(Path file) {
    Map<String, String> record = new TreeMap<>();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      for (Map.Entry<String, JsonNode> sum : JsonFile.read(file).properties()) {
        record.put(sum.getKey(), sum.getValue().asText());
      }
    }
    return record;
  }

  /**
   * Keeps what the task's own files are.
   *
   * @param names their names
   */
  static void write(Path folder, Collection<String> names) {
    Map<String, String> record = new TreeMap<>();
    names.forEach(name -> record.put(name, FileSums.of(folder.resolve(name))));
    if (!record.isEmpty()) {
      JsonFile.write(folder.resolve(RECORD), record);
    }
  }

  /** What no run wrote, anywhere in the folder. */
  List<Path> others() {
    List<Path> others = new ArrayList<>();
    for (Path file : listed(folder)) {
      String name = file.getFileName().toString();
      if (FOLDERS.contains(name) && isFolder(file)) {
        listed(file).stream().filter(inner -> !isOf(name, inner)).forEach(others::add);
      } else if (!isRegular(file) || !isOfRun(file, name)) {
        others.add(file);
      }
    }
    return others;
  }

  /**
   * Makes sure that new results replace nothing that no run wrote.
   *
   * @param taskFiles names of files that the task writes in forms of its own
   * @throws UserException naming what is in the way
   */
  void requireReplaceable(Collection<String> taskFiles) {
    for (Path other : others()) {
      String name = folder.relativize(other).getName(0).toString();
      if (NAMES.contains(name) || FOLDERS.contains(name) || taskFiles.contains(name)) {
        throw inTheWay(other);
      }
    }
  }

  /**
   * Makes sure that the folder holds nothing that no run wrote.
   *
   * @param also names that there may be besides
   * @throws UserException naming what is in the way
   */
  void requireNoOthers(Pattern also) {
    others().stream()
        .filter(other -> !also.matcher(other.getFileName().toString()).matches())
        .findFirst()
        .ifPresent(
            other -> {
              throw inTheWay(other);
            });
  }

  /** Moves what no run wrote to other results. */
  void carryOver(Path now) {
    for (Path other : others()) {
      Path target = now.resolve(folder.relativize(other).toString());
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw inTheWay(other);
      }
      FileTree.create(target.getParent());
      FileTree.move(other, target);
    }
  }

  /** Removes the model; what no run wrote stays beside where it was. */
  void deleteModel() {
    Path model = folder.resolve(RunFolder.MODEL);
    if (!isFolder(model)) {
      return;
    }
    listed(model).stream().filter(file -> isOf(RunFolder.MODEL, file)).forEach(FileTree::delete);
    try {
      Files.delete(model);
    } catch (DirectoryNotEmptyException others) {
      // They are the user's.
    } catch (IOException e) {
      throw FileException.removing(model, e);
    }
  }

  private static UserException inTheWay(Path file) {
    return new UserException(
        "%s: no run wrote that, and it is in the way of a run's results; move it elsewhere"
            .formatted(file));
  }

  private static boolean isOf(String folder, Path file) {
    String name = file.getFileName().toString();
    return isRegular(file)
        && (folder.equals(RunFolder.MODEL)
            ? OF_MODEL.contains(written(name))
            : name.startsWith(EventFile.PREFIX));
  }

  private boolean isOfRun(Path file, String name) {
    String written = written(name);
    return NAMES.contains(written)
        || isRecorded(file, name)
        || !written.equals(name) && record.containsKey(written);
  }

  /** The name of the file that was being written when a process was killed which left this one. */
  private static String written(String name) {
    Matcher left = LEFT_BESIDE.matcher(name);
    return left.matches() ? Objects.requireNonNullElse(left.group(1), left.group(2)) : name;
  }

  private boolean isRecorded(Path file, String name) {
    return record.containsKey(name) && record.get(name).equals(FileSums.of(file));
  }

  private static boolean isFolder(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> listed(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }
}
