// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The server knows what commands know, and no plugin and no command; nothing knows the server. */
@AnalyzeClasses(packages = "dev.bertctl", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String SERVER = "dev.bertctl.server..";

  @ArchTest
  static final ArchRule THE_SERVER_KNOWS_NO_PLUGIN =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.bertctl..")
                  .and(
                      not(
                          resideInAnyPackage(
                              SERVER,
                              "dev.bertctl.application..",
                              "dev.bertctl.core..",
                              "dev.bertctl.host..",
                              "dev.bertctl.download..",
                              "dev.bertctl.runtime..",
                              "dev.bertctl.spi.."))));

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SERVER);

  /** Which engine computes is the runtime's business. */
  @ArchTest
  static final ArchRule THE_SERVER_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule ITS_PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.bertctl.server.(*)..").should().beFreeOfCycles();
}
