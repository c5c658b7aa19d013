// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.PluginJar;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRegistryTest {

  @TempDir Path folder;
  private URLClassLoader loader;

  @BeforeEach
  void makeLoader() {
    loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
  }

  @AfterEach
  void closeLoader() throws IOException {
    loader.close();
  }

  @Test
  void aTaskKnowsItsSummaryItsJarAndItsVersion() throws IOException {
    Path jar = jar("a.jar").plugin("Sarcasm", "sarcasm", "").naming("outside.Sarcasm");

    RegisteredTask task = load(jar).get("sarcasm");

    assertEquals("sarcasm", task.name());
    assertEquals("Summary of sarcasm", task.summary());
    assertEquals(jar, task.origin().path());
    assertEquals(Optional.of("1.2"), task.version());
    assertEquals("outside.Sarcasm", task.plugin().getClass().getName());
  }

  @Test
  void tasksAreSortedByName() throws IOException {
    Path b = jar("b.jar").plugin("B", "b", "").naming("outside.B");
    Path a = jar("a.jar").plugin("A", "a", "").naming("outside.A");

    assertEquals(List.of("a", "b"), names(load(b, a)));
  }

  @Test
  void aMissingClassDoesNotHideTheNextProvider() throws IOException {
    Path jar = jar("a.jar").plugin("A", "a", "").naming("outside.Gone", "outside.A");

    TaskRegistry registry = load(jar);

    assertEquals(List.of("a"), names(registry));
    assertEquals(
        List.of(
            "a task plugin cannot be loaded: Provider outside.Gone not found; it is named in"
                + " "
                + jar
                + "; update or remove that jar"),
        registry.problems());
  }

  @Test
  void aConstructorThatFailsIsReportedWithItsJar() throws IOException {
    Path jar =
        jar("a.jar")
            .plugin("A", "a", "")
            .plugin("Bad", "bad", "public Bad() { throw new IllegalStateException(\"no key\"); }")
            .naming("outside.Bad", "outside.A");

    TaskRegistry registry = load(jar);

    assertEquals(List.of("a"), names(registry));
    assertEquals(
        List.of(
            "the task plugin outside.Bad in "
                + jar
                + " cannot be used: java.lang.IllegalStateException: no key; update or remove that"
                + " jar"),
        registry.problems());
  }

  @Test
  void aNameThatUsersCannotTypeIsRefused() throws IOException {
    Path jar = jar("a.jar").plugin("Bad", "Bad Name", "").naming("outside.Bad");

    assertEquals(
        List.of(
            "the task plugin outside.Bad in "
                + jar
                + " cannot be used: its name 'Bad Name' is not made of lower-case letters, digits"
                + " and dashes, beginning with a letter; update or remove that jar"),
        load(jar).problems());
  }

  @Test
  void aNameThatTwoJarsClaimIsRefusedToBoth() throws IOException {
    Path one = jar("one.jar").plugin("One", "same", "").naming("outside.One");
    Path two = jar("two.jar").plugin("Two", "same", "").naming("outside.Two");
    Path other = jar("other.jar").plugin("Other", "other", "").naming("outside.Other");

    TaskRegistry registry = load(one, two, other);

    String message =
        "the task name 'same' is claimed by several plugins: outside.One in "
            + one
            + " and outside.Two in "
            + two
            + "; remove all of these jars but one";
    assertEquals(List.of("other"), names(registry));
    assertEquals(List.of(message), registry.problems());
    assertEquals(
        message, assertThrows(UnknownTaskException.class, () -> registry.get("same")).getMessage());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheClosestAndAllKnownOnes() throws IOException {
    Path jar =
        jar("a.jar")
            .plugin("Nli", "nli", "")
            .plugin("Qa", "qa", "")
            .naming("outside.Nli", "outside.Qa", "outside.Gone");
    TaskRegistry registry = load(jar);

    assertEquals(
        "unknown task 'nil'; did you mean 'nli'?\nknown tasks: nli, qa\n"
            + registry.problems().get(0),
        assertThrows(UnknownTaskException.class, () -> registry.get("nil")).getMessage());
  }

  @Test
  void withoutPluginsTheAnswerSaysSo() {
    assertEquals(
        "unknown task 'nli'\nknown tasks: none",
        assertThrows(UnknownTaskException.class, () -> TaskRegistry.load(loader).get("nli"))
            .getMessage());
  }

  @Test
  void aLoaderThatCannotListItsFilesIsGivenUp() {
    ClassLoader unreadable =
        new ClassLoader(loader) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            if (name.equals(ProviderFiles.RESOURCE)) {
              throw new IOException("disk on fire");
            }
            return Collections.emptyEnumeration();
          }
        };

    assertEquals(
        "cannot list task plugins: disk on fire",
        assertThrows(RuntimeException.class, () -> TaskRegistry.load(unreadable).tasks())
            .getMessage());
  }

  private PluginJar jar(String name) throws IOException {
    return new PluginJar(folder.resolve(name));
  }

  private TaskRegistry load(Path... jars) throws IOException {
    loader.close();
    loader = new URLClassLoader(urls(jars), getClass().getClassLoader());
    return TaskRegistry.load(loader);
  }

  private static URL[] urls(Path... jars) throws MalformedURLException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return urls;
  }

  private static List<String> names(TaskRegistry registry) {
    return registry.tasks().stream().map(RegisteredTask::name).toList();
  }
}
