// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bodies of requests as JSON, for all protocols. */
@Singleton
public final class RequestBody {

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ServerSettings settings;

  RequestBody(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException if it is too large, empty, or not JSON, saying at which line and
   *     column
   */
  public JsonNode json(InputStream body) {
    byte[] bytes = bytes(body);
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json.isMissingNode()) {
        throw new ProblemException(ProblemType.EMPTY, "the request has no body; give JSON");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new ProblemException(ProblemType.MALFORMED, malformed(e), e);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.MALFORMED, "the body is no JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a body as an object of a class.
   *
   * @throws ProblemException if it is too large, empty, not JSON, or has fields that do not fit
   */
  public <T> T as(Class<T> type, InputStream body) {
    JsonNode json = json(body);
    try {
      return JSON.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw new ProblemException(ProblemType.VALIDATION, e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a body as it is.
   *
   * @throws ProblemException if it is too large
   */
  public byte[] bytes(InputStream body) {
    int most = settings.maxRequestBytes();
    try {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw ProblemException.tooManyBytes(most);
      }
      return bytes;
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.MALFORMED, "the body ends before its end: " + e.getMessage(), e);
    }
  }

  private static String malformed(JsonProcessingException problem) {
    JsonLocation at = problem.getLocation();
    return at == null
        ? "the body is no JSON: " + problem.getOriginalMessage()
        : "the body is no JSON, line %d, column %d: %s"
            .formatted(at.getLineNr(), at.getColumnNr(), problem.getOriginalMessage());
  }
}
