// SPDX-License-Identifier: Apache-2.0
package org.example;

import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.QueueFullException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.decode.Classification;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /reviews} with a row, such as {@code {"text": "Warm and cheap."}}. */
@RestController
class ReviewsController {

  private static final int SECONDS = 30;

  private final Predictor<Classification> predictor;
  private final MicroBatcher<Classification> batcher;

  ReviewsController(Predictor<Classification> predictor, MicroBatcher<Classification> batcher) {
    this.predictor = predictor;
    this.batcher = batcher;
  }

  /** No thread waits for the model: the answer is written when its batch is computed. */
  @PostMapping("/reviews")
  CompletableFuture<Map<String, Object>> predict(@RequestBody Map<String, Object> row) {
    return batcher
        .submit(predictor.prepare(row))
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .thenApply(answer -> answer.prediction().fields());
  }

  @ExceptionHandler
  ProblemDetail unusable(DataException problem) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.UNPROCESSABLE_CONTENT, problem.getMessage());
  }

  @ExceptionHandler
  ProblemDetail busy(QueueFullException problem) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, problem.getMessage());
  }
}
