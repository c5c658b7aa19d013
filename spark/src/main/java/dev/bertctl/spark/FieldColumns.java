// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.FieldType.ListOf;
import dev.bertctl.spi.decode.FieldType.MapOf;
import dev.bertctl.spi.decode.FieldType.Plain;
import dev.bertctl.spi.decode.FieldType.Struct;
import dev.bertctl.spi.decode.PredictionField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Fields of predictions as columns of Spark, all of which may be null. */
final class FieldColumns {

  private FieldColumns() {}

  /** The columns that fields make. */
  static StructType schema(List<PredictionField> fields) {
    StructType schema = new StructType();
    for (PredictionField field : fields) {
      schema = schema.add(field.name(), type(field.type()), true);
    }
    return schema;
  }

  private static DataType type(FieldType type) {
    if (type instanceof Plain plain) {
      return switch (plain) {
        case TEXT -> DataTypes.StringType;
        case INTEGER -> DataTypes.LongType;
        case NUMBER -> DataTypes.DoubleType;
        case FLOAT -> DataTypes.FloatType;
        case BOOLEAN -> DataTypes.BooleanType;
      };
    }
    if (type instanceof ListOf list) {
      return DataTypes.createArrayType(type(list.element()), false);
    }
    if (type instanceof MapOf map) {
      return DataTypes.createMapType(DataTypes.StringType, type(map.value()), false);
    }
    return schema(((Struct) type).fields());
  }

  /**
   * A field's value as Spark takes it.
   *
   * @param value null for a field that a prediction does not have
   * @throws IllegalStateException if it is not of the type that the task declares
   */
  static Object value(PredictionField field, Object value) {
    if (value == null) {
      return null;
    }
    if (!field.type().holds(value)) {
      throw new IllegalStateException(
          "the task's predictions have in '%s' what it does not declare: %s is not of type %s"
              .formatted(field.name(), value, field.type()));
    }
    return converted(field.type(), value);
  }

  private static Object converted(FieldType type, Object value) {
    if (type instanceof Plain plain) {
      return switch (plain) {
        case TEXT, BOOLEAN -> value;
        case INTEGER -> ((Number) value).longValue();
        case NUMBER -> ((Number) value).doubleValue();
        case FLOAT -> ((Number) value).floatValue();
      };
    }
    if (type instanceof ListOf list) {
      List<Object> items = new ArrayList<>(((List<?>) value).size());
      ((List<?>) value).forEach(item -> items.add(converted(list.element(), item)));
      return CollectionConverters.asScala(items).toSeq();
    }
    if (type instanceof MapOf map) {
      Map<Object, Object> items = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((name, item) -> items.put(name, converted(map.value(), item)));
      return CollectionConverters.asScala(items);
    }
    return struct(((Struct) type).fields(), (Map<?, ?>) value);
  }

  private static Row struct(List<PredictionField> fields, Map<?, ?> values) {
    return RowFactory.create(
        fields.stream()
            .map(
                field -> {
                  Object value = values.get(field.name());
                  return value == null ? null : converted(field.type(), value);
                })
            .toArray());
  }
}
