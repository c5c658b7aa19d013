// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that a setting may be; for a map, each of its values. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {

  /** Smallest value, itself allowed. */
  double atLeast() default Double.NEGATIVE_INFINITY;

  /** Lower bound, itself not allowed. */
  double above() default Double.NEGATIVE_INFINITY;

  /** Largest value, itself allowed. */
  double atMost() default Double.POSITIVE_INFINITY;

  /** Upper bound, itself not allowed. */
  double below() default Double.POSITIVE_INFINITY;
}
