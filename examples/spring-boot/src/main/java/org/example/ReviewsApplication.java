// SPDX-License-Identifier: Apache-2.0
package org.example;

import dev.bertctl.runtime.predict.BatchListener;
import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Classification;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service that says what a text classifier makes of a text. */
@SpringBootApplication
public class ReviewsApplication {

  /** Starts it: {@code java -jar spring-boot-1.0.0.jar --reviews.model=FOLDER}. */
  public static void main(String[] arguments) {
    SpringApplication.run(ReviewsApplication.class, arguments);
  }

  /** The model, opened when the service starts, which fails if it cannot be opened. */
  @Bean(destroyMethod = "close")
  Predictor<Classification> predictor(@Value("${reviews.model}") Path model) {
    return Predictor.open(model, Classification.class);
  }

  /** Puts the requests of many threads together; it ends before the model is closed. */
  @Bean(destroyMethod = "close")
  MicroBatcher<Classification> batcher(
      Predictor<Classification> predictor, @Value("${reviews.queue:512}") int queue) {
    return new MicroBatcher<>(predictor, queue, BatchListener.NONE);
  }
}
