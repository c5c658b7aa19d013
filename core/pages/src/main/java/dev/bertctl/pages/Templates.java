// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Qute's templates, which escape what they show. */
final class Templates {

  private static final String HTML = "text/html";

  private static final Engine ENGINE =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addValueResolvers(Numbers.resolvers().toArray(ValueResolver[]::new))
          .addResultMapper(new HtmlEscaper(List.of(HTML)))
          .addLocator(name -> Optional.of(new Location(name)))
          .strictRendering(true)
          .build();

  private Templates() {}

  static Template get(String name) {
    return ENGINE.getTemplate(name);
  }

  /** A template that is no resource. */
  static TemplateInstance parsed(String text) {
    return ENGINE.parse(text).instance();
  }

  /**
   * A template of this package.
   *
   * @param name such as {@code page.html}
   */
  private record Location(String name) implements TemplateLocation {

    @Override
    public Reader read() {
      return new StringReader(Resources.read(name));
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(Variant.forContentType(HTML));
    }
  }
}
