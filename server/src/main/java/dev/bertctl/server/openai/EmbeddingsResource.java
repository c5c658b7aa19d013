// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openai;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemResponse;
import dev.bertctl.server.problem.Problems;
import dev.bertctl.server.rest.RequestBody;
import dev.bertctl.server.tei.TeiInference;
import dev.bertctl.server.tei.TeiMetrics;
import dev.bertctl.server.tei.TeiRequest;
import dev.bertctl.server.tei.Truncation;
import dev.bertctl.server.text.Embeddings;
import dev.bertctl.server.text.Fields;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.PromptedTexts;
import dev.bertctl.server.text.TextInputs;
import dev.bertctl.server.text.TextModels;
import dev.bertctl.server.text.UnitVector;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Embeddings in OpenAI's protocol. */
@Path("/v1/embeddings")
@Tag(name = "OpenAI")
public final class EmbeddingsResource {

  private static final String INPUT = "input";
  private static final String FORMAT = "encoding_format";
  private static final String BASE64 = "base64";

  private final ServerSettings settings;
  private final RequestBody body;
  private final TextModels models;
  private final TeiInference inference;
  private final TeiMetrics metrics;

  EmbeddingsResource(
      ServerSettings settings,
      RequestBody body,
      TextModels models,
      TeiInference inference,
      TeiMetrics metrics) {
    this.settings = settings;
    this.body = body;
    this.models = models;
    this.inference = inference;
    this.metrics = metrics;
  }

  /** A vector for each input, normalised. */
  @Operation(summary = "A vector for each input, normalised")
  @org.eclipse.microprofile.openapi.annotations.parameters.RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      example = "{\"model\": \"minilm-l6\", \"input\": [\"A dog sleeps.\"]}")))
  @POST
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public CompletableFuture<Response> embeddings(
      @HeaderParam(Deadline.HEADER) String timeout, InputStream request) {
    Fields fields = Fields.of(body.json(request));
    ServedModel model = models.choose(fields.findText("model"), ModelKind.EMBEDDING);
    TextInputs inputs =
        TextInputs.of(
            INPUT,
            fields.required(INPUT, "a text, a list of texts, or token ids"),
            model.predictor());
    Optional<Integer> dimensions = fields.findCount("dimensions");
    boolean base64 = isBase64(fields);
    TeiRequest needed =
        new TeiRequest(
            model,
            Embeddings.rows(
                model, PromptedTexts.of(model, Optional.empty(), inputs.texts(), inputs.fromIds())),
            !inputs.single(),
            Truncation.USUAL,
            inputs.characters(),
            Deadline.in(settings.timeout(), timeout));
    return inference.answer(
        needed, settings.maxRows(), answers -> response(model, answers, dimensions, base64));
  }

  private static boolean isBase64(Fields fields) {
    String format = fields.findText(FORMAT).orElse("float");
    return switch (format) {
      case "float" -> false;
      case BASE64 -> true;
      default -> throw Fields.wrong(FORMAT, TextNode.valueOf(format), "\"float\" or \"base64\"");
    };
  }

  private static EmbeddingsResponse response(
      ServedModel model, Answers answers, Optional<Integer> dimensions, boolean base64) {
    List<EmbeddingsResponse.Item> items = new ArrayList<>(answers.rows().size());
    for (float[] whole : Embeddings.ofTexts(answers)) {
      float[] vector = UnitVector.of(UnitVector.first(dimensions, whole));
      items.add(
          new EmbeddingsResponse.Item("embedding", base64 ? base64(vector) : vector, items.size()));
    }
    return new EmbeddingsResponse(
        "list",
        items,
        model.name(),
        new EmbeddingsResponse.Usage(answers.tokens(), answers.tokens()));
  }

  private static String base64(float... vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext request) {
    ProblemException problem = Problems.of(failure);
    metrics.failed(problem.type());
    return ProblemResponse.of(
        OpenAiProblem.status(problem.type()), problem.type(), OpenAiProblem.of(problem), request);
  }
}
