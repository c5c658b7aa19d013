// SPDX-License-Identifier: Apache-2.0
package org.example;

import dev.bertctl.runtime.predict.BatchListener;
import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Classification;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The model, opened when the service starts and closed when it ends. Singletons: beans of the
 * application scope would be classes that can be extended.
 */
final class Models {

  @Produces
  @Singleton
  @Startup
  Predictor<Classification> predictor(@ConfigProperty(name = "reviews.model") Path model) {
    return Predictor.open(model, Classification.class);
  }

  void close(@Disposes Predictor<Classification> predictor) {
    predictor.close();
  }

  /** Puts the requests of many threads together; it ends before the model is closed. */
  @Produces
  @Singleton
  MicroBatcher<Classification> batcher(
      Predictor<Classification> predictor,
      @ConfigProperty(name = "reviews.queue", defaultValue = "512") int queue) {
    return new MicroBatcher<>(predictor, queue, BatchListener.NONE);
  }

  void close(@Disposes MicroBatcher<Classification> batcher) {
    batcher.close();
  }
}
