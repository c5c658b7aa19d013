// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.spi.TaskPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;

/** Dependencies point one way: plugins to spi; cli to core to plugin-host, runtime and spi. */
@AnalyzeClasses(
    packages = "dev.bertctl",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

  private static final String SPI = "dev.bertctl.spi..";
  private static final String RUNTIME = "dev.bertctl.runtime..";
  private static final String DOWNLOAD = "dev.bertctl.download..";
  private static final String HOST = "dev.bertctl.host..";
  private static final String PAGES = "dev.bertctl.pages..";
  private static final String CORE = "dev.bertctl.core..";
  private static final String APPLICATION = "dev.bertctl.application..";
  private static final String CLI = "dev.bertctl.cli..";

  private static final String[] GRAPH_PARTS = {
    "org.tensorflow.op..", "org.tensorflow.types..", "org.tensorflow.ndarray"
  };

  private static final Set<String> NATIVE_FACTORIES =
      Set.of("<init>", "create", "scalarOf", "vectorOf", "tensorOf", "mapTensor", "load");

  /** Every other package of bertctl's is a task plugin. */
  private static final DescribedPredicate<JavaClass> PLUGIN =
      resideInAPackage("dev.bertctl..")
          .and(not(resideInAnyPackage(SPI, RUNTIME, DOWNLOAD, HOST, PAGES, CORE, APPLICATION, CLI)))
          .as("belong to a task plugin");

  @ArchTest static final ArchRule THE_SPI_KNOWS_ONLY_ITSELF = knowsOnly(SPI);

  /** It is embedded, and a service has no use for more. */
  @ArchTest static final ArchRule THE_RUNTIME_KNOWS_ONLY_THE_SPI = knowsOnly(RUNTIME, SPI);

  @ArchTest
  static final ArchRule THE_RUNTIME_NEEDS_NO_MAVEN_AND_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage(RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.maven..",
              "org.eclipse.aether..",
              "eu.maveniverse..",
              "org.yaml..",
              "picocli..",
              "io.quarkus..");

  /** Errors and files are all that it has of the runtime. */
  @ArchTest
  static final ArchRule DOWNLOADS_KNOW_ONLY_ERRORS_AND_FILES =
      knowsOnly(DOWNLOAD, "dev.bertctl.runtime", "dev.bertctl.runtime.files..");

  @ArchTest
  static final ArchRule THE_PLUGIN_HOST_KNOWS_NO_RUN = knowsOnly(HOST, SPI, RUNTIME, DOWNLOAD);

  /** A page is made of plain values: what they mean is not its business. */
  @ArchTest
  static final ArchRule PAGES_KNOW_ONLY_FILES = knowsOnly(PAGES, "dev.bertctl.runtime.files..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_PLUGIN_AND_NO_COMMAND =
      knowsOnly(CORE, SPI, RUNTIME, DOWNLOAD, HOST, PAGES);

  @ArchTest
  static final ArchRule COMMANDS_KNOW_NO_PLUGIN =
      knowsOnly(CLI, SPI, RUNTIME, DOWNLOAD, HOST, CORE, APPLICATION);

  @ArchTest
  static final ArchRule THE_PARTS_OF_APPLICATIONS_KNOW_NO_COMMAND =
      knowsOnly(APPLICATION, SPI, RUNTIME, DOWNLOAD, HOST, CORE);

  /** Rules about plugins would hold without any. */
  @ArchTest
  static void builtInTasksAreAmongThePlugins(JavaClasses classes) {
    Set<String> plugins =
        classes.that(PLUGIN).stream().map(JavaClass::getName).collect(Collectors.toSet());
    List<String> providers = new ArrayList<>();
    for (TaskPlugin<?> plugin : ServiceLoader.load(TaskPlugin.class)) {
      providers.add(plugin.getClass().getName());
    }
    assertTrue(
        providers.containsAll(
            List.of("dev.bertctl.nli.NliPlugin", "dev.bertctl.language.MaskedLmPlugin")),
        providers::toString);
    assertTrue(plugins.containsAll(providers), plugins::toString);
  }

  /**
   * Outside the JDK a plugin needs the SPI, the annotations for its options, and for a head of its
   * own what graphs are made of.
   */
  @ArchTest
  static final ArchRule PLUGINS_KNOW_ONLY_THE_SPI =
      classes()
          .that(PLUGIN)
          .should()
          .onlyDependOnClassesThat(
              PLUGIN
                  .or(resideInAnyPackage(SPI, "java..", "io.smallrye.config.."))
                  .or(resideInAnyPackage(GRAPH_PARTS))
                  .or(equivalentTo(Operand.class)));

  @ArchTest
  static final ArchRule PLUGINS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("dev.bertctl.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(not(PLUGIN), alwaysTrue())
          .ignoreDependency(alwaysTrue(), not(PLUGIN));

  @ArchTest
  static final ArchRule THE_RUNTIME_HAS_NO_CYCLES =
      slices().matching("dev.bertctl.runtime.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_PLUGIN_HOST_HAS_NO_CYCLES =
      slices().matching("dev.bertctl.host.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CORE_HAS_NO_CYCLES =
      slices().matching("dev.bertctl.core.(*)..").should().beFreeOfCycles();

  /** What all packages of the runtime may use, such as its exception, uses none of them. */
  @ArchTest
  static final ArchRule THE_RUNTIMES_ROOT_USES_NO_PACKAGE_BELOW_IT =
      noClasses()
          .that()
          .resideInAPackage("dev.bertctl.runtime")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.bertctl.runtime.(*)..");

  /**
   * Parts of graphs are named where graphs are made, heads, in a plugin too, and the runtime; and
   * TensorFlow's messages where event files are written and where graphs are converted.
   */
  @ArchTest
  static final ArchRule TENSORFLOW_STAYS_WHERE_GRAPHS_ARE =
      noClasses()
          .that(
              resideOutsideOfPackages(
                      "dev.bertctl.spi.head..",
                      "dev.bertctl.runtime.encoder..",
                      "dev.bertctl.runtime.events..",
                      "dev.bertctl.runtime.graph..",
                      "dev.bertctl.runtime.onnx..",
                      "dev.bertctl.runtime.tensorflow..")
                  .and(not(PLUGIN)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "ai.djl.tensorflow..", "org.bytedeco..");

  /** Graphs, sessions and tensors have to be closed: few make any, and no plugin does. */
  @ArchTest
  static final ArchRule NATIVE_MEMORY_IS_HELD_BY_FEW =
      noClasses()
          .that()
          .haveNameNotMatching(
              "dev\\.bertctl\\.runtime\\.graph\\.(BertModel|HeadDefinition|ModelInputs|ServingModel|VariableValues)")
          .and()
          .haveNameNotMatching(
              "dev\\.bertctl\\.runtime\\.tensorflow\\.(ComputeDevice|SessionRun|line\\.TensorFlowLine)")
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "it makes a graph, a session or a tensor",
                  call ->
                      call.getTargetOwner().getPackageName().startsWith("org.tensorflow")
                              && call.getTargetOwner().isAssignableTo(AutoCloseable.class)
                              && NATIVE_FACTORIES.contains(call.getName())
                          || call.getTargetOwner().isEquivalentTo(TensorFlowLine.class)
                              && call.getName().equals("session")));

  @ArchTest
  static final ArchRule ONNX_RUNTIME_STAYS_WHERE_MODELS_ARE_RUN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.bertctl.runtime.onnxruntime..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  /** The other modules' tests, where they come as jars. */
  static final class NoTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar!");
    }
  }

  /** Of bertctl's own packages these depend only on themselves and on those allowed. */
  private static ArchRule knowsOnly(String packages, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.bertctl..")
                .and(not(resideInAPackage(packages)))
                .and(not(resideInAnyPackage(allowed))));
  }
}
