// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an option in one sentence, for the generated reference and for help texts.
 *
 * <p>{@code @Doc("Longest answer, in word pieces.") @WithDefault("30") int maxAnswerLength();}
 * describes the option {@code max-answer-length}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Doc {

  /** {@return the description: what it does, its unit, its limits} */
  String value();
}
