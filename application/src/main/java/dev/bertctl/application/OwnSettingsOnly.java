// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import static io.smallrye.config.PropertiesConfigSourceLoader.inClassPath;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;

/**
 * Keeps Quarkus from reading {@code ./config/application.properties}, {@code ./.env} and {@code
 * QUARKUS_…} variables: they belong to the user, who may well run another Quarkus application. What
 * remains is the {@code application.properties} built into the application, and system properties,
 * as in {@code BERTCTL_JAVA_OPTS=-Dquarkus.log.level=DEBUG}. Found by its name in {@code
 * META-INF/services}.
 */
@StaticInitSafe
public final class OwnSettingsOnly implements SmallRyeConfigBuilderCustomizer {

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    builder
        .setAddDefaultSources(false)
        .setAddSystemSources(false)
        .setAddPropertiesSources(false)
        .withSources(new SysPropConfigSource())
        .withSources(inClassPath("application.properties", 250, contextClassLoader()));
  }

  private static ClassLoader contextClassLoader() {
    return Thread.currentThread().getContextClassLoader();
  }

  /** The last word: after Quarkus has asked for its usual sources. */
  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }
}
