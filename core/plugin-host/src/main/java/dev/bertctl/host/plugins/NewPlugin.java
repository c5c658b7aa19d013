// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A Maven project with a task plugin that works: the templates are such projects for a task {@code
 * my-task} in the package {@code org.example.mytask}, of which only the names are replaced.
 */
public final class NewPlugin {

  private static final Pattern TASK = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** A comment that begins with a number, and the lines that it goes on in. */
  private static final Pattern EDIT = Pattern.compile("// ([1-9])\\. ((?:.*\\R\\s*// )*.*)");

  private final String task;
  private final ProjectTemplate template;
  private final String group;
  private final Path application;

  /**
   * Checks the names.
   *
   * @param task the task's name
   * @param template which kind of task
   * @param group the Maven group, and the package that the plugin's own package is in
   * @param application folder of the application that builds and tries the plugin
   * @throws UserException saying which name is wrong
   */
  public NewPlugin(String task, ProjectTemplate template, String group, Path application) {
    if (!TASK.matcher(task).matches()) {
      throw new UserException(
          "'%s' is no name for a task; use lower-case letters, digits and single dashes, beginning with a letter"
              .formatted(task));
    }
    if (!SourceVersion.isName(group)) {
      throw new UserException(
          "'%s' is no Java package; give one such as org.example".formatted(group));
    }
    if (!SourceVersion.isName(javaPackage(task, group))) {
      throw new UserException(
          "'%s' is a word of Java and so cannot be a package; choose another name for the task"
              .formatted(task));
    }
    this.task = task;
    this.template = template;
    this.group = group;
    this.application = application.toAbsolutePath().normalize();
  }

  /**
   * A project that was written.
   *
   * @param folder where it is
   * @param edits what makes it a task of one's own: {@code 1. FILE: what to do}
   */
  public record Project(Path folder, List<String> edits) {}

  /**
   * Writes the project.
   *
   * @param folder its folder, which must not be there yet
   * @throws UserException if it is
   */
  public Project write(Path folder) {
    if (Files.exists(folder)) {
      throw new UserException("%s is there already".formatted(folder), new OtherFolder());
    }
    Path target = folder.toAbsolutePath();
    Path unfinished =
        target.resolveSibling(
            ".%s-%d".formatted(target.getFileName(), ProcessHandle.current().pid()));
    Map<String, String> files = files();
    try {
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path path = unfinished.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        FileTree.delete(unfinished);
      }
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
    return new Project(folder, edits(files));
  }

  /** The files' contents by their paths in the project. */
  private Map<String, String> files() {
    String folder = javaPackage(task, group).replace('.', '/') + "/" + className();
    Map<String, String> files = new LinkedHashMap<>();
    for (String source : template.sources()) {
      files.put(
          "src/main/java/%s%s.java".formatted(folder, source),
          text("%s/MyTask%s.java".formatted(template, source)));
    }
    files.put(
        "src/test/java/%sPluginTest.java".formatted(folder), text("project/MyTaskPluginTest.java"));
    files.put(
        "src/main/resources/META-INF/services/dev.bertctl.spi.TaskPlugin",
        text("project/services"));
    files.put("pom.xml", text("project/pom.xml"));
    files.put("samples.tsv", text(template + "/samples.tsv"));
    files.put(".gitignore", text("project/gitignore"));
    files.put(
        "README.md", text("project/README.md").replace("EDITS", String.join("\n", edits(files))));
    return files;
  }

  /** A template's text, with the names replaced. */
  private String text(String resource) {
    try (InputStream in = NewPlugin.class.getResourceAsStream("new/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("org.example.mytask", javaPackage(task, group))
          .replace("<groupId>org.example</groupId>", "<groupId>%s</groupId>".formatted(group))
          .replace("MyTask", className())
          .replace("my-task", task)
          .replace("GOLD-COLUMN", template.goldColumn())
          .replace("BERTCTL-VERSION", SpiVersion.ofArtifact())
          .replace("BERTCTL-APP", xml(application))
          .replace("SPI-VERSION", SpiVersion.ofHost().toString());
    } catch (IOException e) {
      throw new IllegalStateException("the application's jar cannot be read", e);
    }
  }

  private static String xml(Path path) {
    return path.toString().replace('\\', '/').replace("&", "&amp;").replace("<", "&lt;");
  }

  private static List<String> edits(Map<String, String> files) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".java"))
        .flatMap(
            file ->
                EDIT.matcher(file.getValue())
                    .results()
                    .map(
                        edit ->
                            "%s. %s: %s"
                                .formatted(
                                    edit.group(1),
                                    file.getKey(),
                                    edit.group(2).replaceAll("\\R\\s*// ", " "))))
        .sorted()
        .toList();
  }

  private static String javaPackage(String task, String group) {
    return group + "." + task.replace("-", "");
  }

  /** {@code my-task} as a Java class is called: {@code MyTask}. */
  private String className() {
    return Arrays.stream(task.split("-"))
        .flatMap(
            part -> Stream.of(part.substring(0, 1).toUpperCase(Locale.ROOT), part.substring(1)))
        .collect(Collectors.joining());
  }
}
