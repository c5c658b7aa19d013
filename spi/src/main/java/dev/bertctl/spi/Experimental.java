// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what may still change, or go, in a minor version of the SPI: everything else stays as it is
 * until the major version changes.
 *
 * <p>{@code @Experimental("the names of its parameters")} on a method says that only these are not
 * settled.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Experimental {

  /** {@return what may change} */
  String value();
}
