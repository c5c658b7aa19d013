// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What runs on Spark needs the runtime, as every program does that embeds it, and nothing more. */
@AnalyzeClasses(packages = "dev.bertctl", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String SPARK = "dev.bertctl.spark..";

  @ArchTest
  static final ArchRule IT_KNOWS_THE_RUNTIME_AND_NO_TASK =
      noClasses()
          .that()
          .resideInAPackage(SPARK)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.bertctl..")
                  .and(
                      not(
                          resideInAnyPackage(
                              SPARK, "dev.bertctl.runtime..", "dev.bertctl.spi.."))));

  @ArchTest
  static final ArchRule NOTHING_KNOWS_IT =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SPARK);

  @ArchTest
  static final ArchRule THE_RUNTIME_AND_THE_TASKS_KNOW_NO_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  /** Which engine computes is the runtime's business. */
  @ArchTest
  static final ArchRule IT_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "ai.djl..", "ai.onnxruntime..");
}
