// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests over connections that are kept, and checks each answer. */
final class Requester implements AutoCloseable {

  /** What the same text in another batch may differ by: rounding, in another order of adding. */
  private static final double TOLERANCE = 1e-4;

  private static final int TIMEOUT_MILLIS = 120_000;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private final Target target;
  private final Context context;
  private final HttpClient client;
  private final RequestOptions options;
  private final List<Map<String, Double>> references = new ArrayList<>();
  private final AtomicLong sent = new AtomicLong();

  /** A response, whatever it is. */
  private record Answer(int status, Buffer body) {}

  Requester(Vertx vertx, Target target, int connections) {
    this.target = target;
    this.context = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(-1)
                .setKeepAlive(true)
                .setIdleTimeout(0));
    this.options =
        new RequestOptions()
            .setAbsoluteURI(target.uri().toString())
            .setMethod(HttpMethod.POST)
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("Content-Type", "application/json");
    String key = System.getenv("BERTCTL_API_KEY");
    if (key != null) {
      options.putHeader("Authorization", "Bearer " + key);
    }
  }

  /**
   * Asks for each of some texts alone, before there is any load: what is answered then is right.
   *
   * @param texts how many
   */
  void learn(int texts, EarlyEnd early) throws WrongAnswerException {
    for (int i = 0; i < texts && !early.isAsked(); i++) {
      String id = "alone-" + i;
      String text = Texts.of(i);
      Buffer body =
          send(target.form().request(id, text))
              .compose(Requester::succeeded)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      Map<String, Double> alone = target.form().probabilities(id, text, body);
      if (alone.isEmpty()) {
        throw new WrongAnswerException("%s: no probabilities: %s".formatted(target.name(), body));
      }
      references.add(alone);
    }
  }

  /**
   * Sends a request in the thread that reads its response, too: in another one the body could have
   * passed by before anybody asks for it.
   */
  private Future<Answer> send(String request) {
    Promise<Answer> answer = Promise.promise();
    context.runOnContext(
        on ->
            client
                .request(options)
                .compose(open -> open.send(request))
                .compose(
                    response ->
                        response.body().map(body -> new Answer(response.statusCode(), body)))
                .onComplete(answer));
    return answer.future();
  }

  private static Future<Buffer> succeeded(Answer answer) {
    return answer.status() == OK
        ? Future.succeededFuture(answer.body())
        : Future.failedFuture("status %d: %s".formatted(answer.status(), answer.body()));
  }

  /** Sends the next request, and counts what becomes of it; never fails. */
  Future<Void> next(Tally tally) {
    long number = sent.getAndIncrement();
    int text = (int) (number % references.size());
    String id = "%s-%d".formatted(target.name(), number);
    return send(target.form().request(id, Texts.of(text)))
        .map(answer -> check(answer, id, text, tally))
        .recover(
            failure -> {
              tally.fail(Tally.Outcome.LOST, id + ": " + failure);
              return Future.succeededFuture();
            })
        .mapEmpty();
  }

  private Void check(Answer answer, String id, int text, Tally tally) {
    int status = answer.status();
    Buffer body = answer.body();
    if (status == TOO_MANY) {
      tally.count(Tally.Outcome.REFUSED);
    } else if (status != OK) {
      tally.fail(Tally.Outcome.LOST, "%s: status %d: %s".formatted(id, status, body));
    } else {
      try {
        compare(id, target.form().probabilities(id, Texts.of(text), body), references.get(text));
        tally.count(Tally.Outcome.RIGHT);
      } catch (WrongAnswerException e) {
        tally.fail(Tally.Outcome.WRONG, e.getMessage());
      }
    }
    return null;
  }

  private static void compare(String id, Map<String, Double> found, Map<String, Double> alone)
      throws WrongAnswerException {
    for (Map.Entry<String, Double> each : alone.entrySet()) {
      double difference = Math.abs(found.getOrDefault(each.getKey(), 2.0) - each.getValue());
      if (difference > TOLERANCE) {
        throw new WrongAnswerException(
            "%s: answered %s, alone the same text was %s".formatted(id, found, alone));
      }
    }
  }

  /** How many texts have been asked for alone. */
  int learned() {
    return references.size();
  }

  /** How many different answers the texts have: only those can be told apart. */
  long distinct() {
    return references.stream()
        .map(alone -> Math.round(alone.values().iterator().next() / TOLERANCE))
        .distinct()
        .count();
  }

  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
