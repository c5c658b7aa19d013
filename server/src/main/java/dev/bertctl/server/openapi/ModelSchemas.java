// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openapi;

import dev.bertctl.server.models.SampleRow;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.rest.ModelDescription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What a model takes and gives, as OpenAPI describes it. */
final class ModelSchemas {

  private static final String JSON = "application/json";

  /** What a request for predictions may meet. */
  private static final List<ProblemType> PROBLEMS =
      List.of(
          ProblemType.MALFORMED,
          ProblemType.UNAUTHORIZED,
          ProblemType.NOT_FOUND,
          ProblemType.TOO_LARGE,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          ProblemType.VALIDATION,
          ProblemType.OVERLOADED,
          ProblemType.UNAVAILABLE,
          ProblemType.DEADLINE_EXCEEDED);

  private final ModelDescription model;
  private final Optional<SampleRow> sample;

  ModelSchemas(ModelDescription model) {
    this.model = model;
    this.sample = Optional.ofNullable(model.example());
  }

  /** Rows in any of their forms. */
  RequestBody request() {
    Schema rows = array(row());
    Schema body =
        OASFactory.createSchema()
            .addAnyOf(object().addProperty("rows", rows).addRequired("rows"))
            .addAnyOf(rows)
            .addAnyOf(row());
    MediaType type = OASFactory.createMediaType().schema(body);
    sample.ifPresent(known -> type.example(Map.of("rows", List.of(known.row()))));
    return OASFactory.createRequestBody().required(true).content(content(type));
  }

  /** A row: its columns, and any others, which are passed through. */
  private Schema row() {
    Schema row = object().description("A row; further columns are passed through.");
    for (ModelDescription.Column column : model.columns()) {
      row.addProperty(
          column.name(),
          OASFactory.createSchema()
              .addType(
                  column.type().equals("number")
                      ? Schema.SchemaType.NUMBER
                      : Schema.SchemaType.STRING)
              .description(description(column)));
      if (column.required() && column.aliases().isEmpty()) {
        row.addRequired(column.name());
      }
    }
    return row;
  }

  private static String description(ModelDescription.Column column) {
    return column.aliases().isEmpty()
        ? column.description()
        : "%s Also called %s.".formatted(column.description(), String.join(", ", column.aliases()));
  }

  /** Predictions, and what goes wrong. */
  APIResponses responses() {
    Schema prediction = object().description("The row's columns, and the prediction.");
    sample.ifPresent(
        known ->
            known
                .prediction()
                .forEach((name, value) -> prediction.addProperty(name, shape(value))));
    Schema body =
        object()
            .addProperty("model", text())
            .addProperty("predictions", array(prediction))
            .addRequired("model")
            .addRequired("predictions");
    MediaType type = OASFactory.createMediaType().schema(body);
    sample.ifPresent(
        known ->
            type.example(
                Map.of("model", model.name(), "predictions", List.of(known.prediction()))));
    APIResponses responses = OASFactory.createAPIResponses();
    responses.addAPIResponse(
        "200", response("Predictions in the rows' order").content(content(type)));
    for (ProblemType problem : PROBLEMS) {
      responses.addAPIResponse(
          Integer.toString(problem.status()), response(problem.text()).content(problem()));
    }
    return responses;
  }

  private static APIResponse response(String description) {
    return OASFactory.createAPIResponse().description(description);
  }

  private static Content problem() {
    Schema body = object().addProperty("error", text()).addProperty("error_type", text());
    return content(OASFactory.createMediaType().schema(body));
  }

  /** The shape of a value, as far as one example shows it. */
  private static Schema shape(Object value) {
    if (value instanceof Map<?, ?> map) {
      Schema object = object();
      map.forEach((name, item) -> object.addProperty(String.valueOf(name), shape(item)));
      return object;
    }
    if (value instanceof Collection<?> items) {
      return array(items.isEmpty() ? OASFactory.createSchema() : shape(items.iterator().next()));
    }
    if (value instanceof Number) {
      return OASFactory.createSchema().addType(Schema.SchemaType.NUMBER);
    }
    if (value instanceof Boolean) {
      return OASFactory.createSchema().addType(Schema.SchemaType.BOOLEAN);
    }
    return value instanceof String ? text() : OASFactory.createSchema();
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
  }

  private static Schema array(Schema items) {
    return OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(items);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }

  private static Content content(MediaType type) {
    return OASFactory.createContent().addMediaType(JSON, type);
  }
}
