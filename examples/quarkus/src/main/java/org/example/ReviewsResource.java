// SPDX-License-Identifier: Apache-2.0
package org.example;

import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.QueueFullException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.decode.Classification;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** {@code POST /reviews} with a row, such as {@code {"text": "Warm and cheap."}}. */
@Path("/reviews")
public final class ReviewsResource {

  private static final int SECONDS = 30;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;

  private final Predictor<Classification> predictor;
  private final MicroBatcher<Classification> batcher;

  ReviewsResource(Predictor<Classification> predictor, MicroBatcher<Classification> batcher) {
    this.predictor = predictor;
    this.batcher = batcher;
  }

  /**
   * Tokenising is work for a worker thread; none waits for the model: the answer is written when
   * its batch is computed.
   */
  @POST
  @Blocking
  public CompletionStage<Map<String, Object>> predict(Map<String, Object> row) {
    return batcher
        .submit(predictor.prepare(row))
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .thenApply(answer -> answer.prediction().fields());
  }

  @ServerExceptionMapper
  Response unusable(DataException problem) {
    return problem(UNPROCESSABLE, problem);
  }

  @ServerExceptionMapper
  Response busy(QueueFullException problem) {
    return problem(TOO_MANY, problem);
  }

  private static Response problem(int status, Exception problem) {
    return Response.status(status).entity(Map.of("detail", problem.getMessage())).build();
  }
}
