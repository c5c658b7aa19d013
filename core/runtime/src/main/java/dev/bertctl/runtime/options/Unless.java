// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A setting that must be given unless a group of others is. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Unless {
  /** The group, such as {@code model.new}. */
  String value();
}
