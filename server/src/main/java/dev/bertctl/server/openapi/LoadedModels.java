// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openapi;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.rest.ModelDescription;
import io.quarkus.arc.Unremovable;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Puts the models that are loaded in place of {@code /v1/models/{name}/predict}: a path each, with
 * the columns of its task, and an example that was really predicted.
 */
@Singleton
@Unremovable
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public final class LoadedModels implements OASFilter {

  private static final String NAMED_TEI = "/tei/{name}";
  private static final String ANY_MODEL = "/v1/models/{name}/predict";

  private final ServedModels models;

  LoadedModels(ServedModels models) {
    this.models = models;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.getInfo().title("bertctl").description("Predictions of fine-tuned BERT models.");
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              if (path.startsWith(NAMED_TEI)) {
                item.addParameter(modelName());
              }
            });
    PathItem any = document.getPaths().getPathItem(ANY_MODEL);
    if (any == null) {
      return;
    }
    document.getPaths().removePathItem(ANY_MODEL);
    for (ServedModel model : models.all()) {
      document
          .getPaths()
          .addPathItem(ANY_MODEL.replace("{name}", model.name()), of(model, any.getPOST()));
    }
  }

  /** What is read of the path in methods that two resources share is not found by itself. */
  private static Parameter modelName() {
    return OASFactory.createParameter()
        .name("name")
        .in(Parameter.In.PATH)
        .required(true)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }

  private static PathItem of(ServedModel model, Operation any) {
    ModelDescription description = ModelDescription.of(model);
    ModelSchemas schemas = new ModelSchemas(description);
    Operation operation =
        OASFactory.createOperation()
            .operationId("predict_" + model.name().replaceAll("[^A-Za-z0-9]", "_"))
            .summary("Predicts with '%s' (%s)".formatted(model.name(), description.task()))
            .tags(any.getTags())
            .requestBody(schemas.request())
            .responses(schemas.responses());
    if (any.getParameters() != null) {
      any.getParameters().stream()
          .filter(parameter -> parameter.getIn() != Parameter.In.PATH)
          .forEach(operation::addParameter);
    }
    return OASFactory.createPathItem().POST(operation);
  }
}
