// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option that most users look at first: {@code bertctl init} writes it into a new
 * configuration, with its default or, if it has none, an example. Options that must be given are
 * written there in any case.
 *
 * <p>{@code @Essential("minilm-l6") Optional<String> model();} becomes the line {@code model:
 * minilm-l6}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Essential {

  /** {@return a value to begin with, as it stands in a file; empty: the option's default} */
  String value() default "";
}
