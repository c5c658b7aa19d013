// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewPluginTest {

  private static final Path APPLICATION = Path.of("/opt/R&D/bertctl/app");

  @TempDir Path folder;

  @Test
  void namesAreReplacedEverywhere() throws IOException {
    Path project = folder.resolve("plugins/irony");
    new NewPlugin("verbal-irony", ProjectTemplate.CLASSIFIER, "com.example", APPLICATION)
        .write(project);
    assertEquals(
        List.of(
            ".gitignore",
            "README.md",
            "pom.xml",
            "samples.tsv",
            "src/main/java/com/example/verbalirony/VerbalIronyOptions.java",
            "src/main/java/com/example/verbalirony/VerbalIronyPlugin.java",
            "src/main/resources/META-INF/services/dev.bertctl.spi.TaskPlugin",
            "src/test/java/com/example/verbalirony/VerbalIronyPluginTest.java"),
        files(project).stream()
            .map(file -> project.relativize(file).toString().replace('\\', '/'))
            .toList());
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfTheTemplateIsLeft(ProjectTemplate template) throws IOException {
    Path project = folder.resolve("irony");
    new NewPlugin("irony", template, "com.acme", APPLICATION).write(project);
    for (Path file : files(project)) {
      String text = Files.readString(file);
      for (String name :
          List.of(
              "mytask",
              "my-task",
              "MyTask",
              "org.example",
              "GOLD-",
              "SPI-VERSION",
              "EDITS",
              "BERTCTL-")) {
        assertFalse(text.contains(name), file + " has " + name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fourEditsAreMarkedAndListed(ProjectTemplate template) throws IOException {
    Path project = folder.resolve("irony");
    List<String> edits =
        new NewPlugin("irony", template, "com.acme", APPLICATION).write(project).edits();
    assertEquals(
        List.of("1.", "2.", "3.", "4."), edits.stream().map(edit -> edit.substring(0, 2)).toList());
    assertTrue(Files.readString(project.resolve("README.md")).contains(String.join("\n", edits)));
  }

  @Test
  void theApplicationIsNamedInThePom() throws IOException {
    Path project = folder.resolve("irony");
    new NewPlugin("irony", ProjectTemplate.SPAN, "com.acme", APPLICATION).write(project);
    String pom = Files.readString(project.resolve("pom.xml"));
    assertTrue(pom.contains("<bertctl.app>/opt/R&amp;D/bertctl/app</bertctl.app>"), pom);
  }

  @Test
  void anEditSaysWhereAndWhat() {
    assertEquals(
        "4. src/test/java/com/acme/irony/IronyPluginTest.java: Put at least three rows of your data"
            + " into samples.tsv, not all with the same gold value, and name the column of the gold"
            + " values.",
        new NewPlugin("irony", ProjectTemplate.SPAN, "com.acme", APPLICATION)
            .write(folder.resolve("irony"))
            .edits()
            .get(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"My-Task", "1st", "a--b", "a-", "", "a b", "../a"})
  void taskNamesAreChecked(String name) {
    assertEquals(
        "'%s' is no name for a task; use lower-case letters, digits and single dashes, beginning with a letter"
            .formatted(name),
        message(name, "org.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "org..example", "org.class", "a/b", "<x>"})
  void packagesAreChecked(String name) {
    assertEquals(
        "'%s' is no Java package; give one such as org.example".formatted(name),
        message("irony", name));
  }

  @Test
  void wordsOfJavaAreNoPackages() {
    assertEquals(
        "'switch' is a word of Java and so cannot be a package; choose another name for the task",
        message("switch", "org.example"));
  }

  @Test
  void anExistingFolderIsRefused() throws IOException {
    Path project = Files.createDirectory(folder.resolve("irony"));
    NewPlugin plugin = new NewPlugin("irony", ProjectTemplate.CUSTOM, "org.example", APPLICATION);
    UserException failure = assertThrows(UserException.class, () -> plugin.write(project));
    assertEquals(project + " is there already", failure.getMessage());
    assertEquals(Optional.of(new OtherFolder()), failure.remedy());
  }

  @Test
  void nothingIsLeftWhereItCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    NewPlugin plugin = new NewPlugin("irony", ProjectTemplate.CUSTOM, "org.example", APPLICATION);
    assertThrows(FileException.class, () -> plugin.write(file.resolve("irony")));
    assertEquals(List.of(file), files(folder));
  }

  private static String message(String task, String group) {
    return assertThrows(
            UserException.class,
            () -> new NewPlugin(task, ProjectTemplate.TAGGER, group, APPLICATION))
        .getMessage();
  }

  private static List<Path> files(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
