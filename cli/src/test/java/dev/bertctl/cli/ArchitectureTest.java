// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: plugins to spi, core to spi, cli to core. */
@AnalyzeClasses(packages = "dev.bertctl", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String SPI = "dev.bertctl.spi..";
  private static final String CORE = "dev.bertctl.core..";
  private static final String CLI = "dev.bertctl.cli..";

  /** Every other package of bertctl's is a task plugin. */
  private static final DescribedPredicate<JavaClass> PLUGIN =
      resideInAPackage("dev.bertctl..")
          .and(not(resideInAnyPackage(SPI, CORE, CLI)))
          .as("belong to a task plugin");

  @ArchTest
  static final ArchRule THE_SPI_KNOWS_ONLY_ITSELF =
      noClasses()
          .that()
          .resideInAPackage(SPI)
          .should()
          .dependOnClassesThat(PLUGIN.or(resideInAnyPackage(CORE, CLI)));

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_PLUGIN_AND_NO_COMMAND =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(PLUGIN.or(resideInAPackage(CLI)));

  @ArchTest
  static final ArchRule COMMANDS_KNOW_NO_PLUGIN =
      noClasses().that().resideInAPackage(CLI).should().dependOnClassesThat(PLUGIN);

  /** Outside the JDK a plugin needs the SPI, and the annotations for its options. */
  @ArchTest
  static final ArchRule PLUGINS_KNOW_ONLY_THE_SPI =
      classes()
          .that(PLUGIN)
          .should()
          .onlyDependOnClassesThat(
              PLUGIN.or(resideInAnyPackage(SPI, "java..", "io.smallrye.config..")));

  @ArchTest
  static final ArchRule PLUGINS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("dev.bertctl.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(not(PLUGIN), alwaysTrue())
          .ignoreDependency(alwaysTrue(), not(PLUGIN));

  @ArchTest
  static final ArchRule CORE_HAS_NO_CYCLES =
      slices().matching("dev.bertctl.core.(*)..").should().beFreeOfCycles();

  /** Native memory is held in few places, and plugins hold none. */
  @ArchTest
  static final ArchRule TENSORFLOW_STAYS_WHERE_GRAPHS_ARE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.bertctl.spi.head..",
              "dev.bertctl.core.encoder..",
              "dev.bertctl.core.graph..",
              "dev.bertctl.core.training..",
              "dev.bertctl.core.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "ai.djl.tensorflow..", "org.bytedeco..");
}
