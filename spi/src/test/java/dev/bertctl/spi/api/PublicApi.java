// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.api;

import dev.bertctl.spi.Experimental;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What plugins can be compiled against, a line a type or member, as the virtual machine links it:
 * erased types of parameters and result, whether it is static, abstract or final.
 *
 * @param lines the lines, in order
 */
record PublicApi(List<String> lines) {

  private static final int SHOWN = Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

  /** Reads the API of compiled classes that the class path has too. */
  static PublicApi of(Path classes) throws IOException, ClassNotFoundException {
    return new PublicApi(types(classes).stream().flatMap(PublicApi::lines).toList());
  }

  /** The public types among compiled classes. */
  static List<Class<?>> types(Path classes) throws IOException, ClassNotFoundException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(file -> file.toString().endsWith(".class")).toList();
    }
    List<Class<?>> types = new ArrayList<>();
    for (Path file : files) {
      String name = classes.relativize(file).toString().replaceAll("[/\\\\]", ".");
      types.add(
          Class.forName(
              name.replaceFirst("\\.class$", ""), false, PublicApi.class.getClassLoader()));
    }
    return types.stream()
        .filter(PublicApi::isOpen)
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }

  /** Whether code of other packages can name a type. */
  static boolean isOpen(Class<?> type) {
    return !type.isSynthetic()
        && Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isOpen(type.getEnclosingClass()));
  }

  private static Stream<String> lines(Class<?> type) {
    boolean experimental = isExperimental(type);
    Stream<String> members =
        Stream.of(
                Arrays.stream(type.getDeclaredFields()).map(f -> field(f, experimental)),
                Arrays.stream(type.getDeclaredConstructors())
                    .map(c -> constructor(c, experimental)),
                Arrays.stream(type.getDeclaredMethods()).map(m -> method(m, experimental)))
            .flatMap(each -> each)
            .filter(line -> !line.isEmpty())
            .sorted()
            .map(line -> "  " + line);
    return Stream.concat(Stream.of(head(type, experimental)), members);
  }

  private static String head(Class<?> type, boolean experimental) {
    Stream<Class<?>> above =
        Stream.concat(
            Stream.ofNullable(type.getSuperclass()).filter(parent -> parent != Object.class),
            Arrays.stream(type.getInterfaces()));
    String kind = type.isAnnotation() ? "annotation" : type.isInterface() ? "interface" : "class";
    return mark(experimental)
        + modifiers(type.getModifiers() & ~(type.isInterface() ? Modifier.ABSTRACT : 0))
        + kind
        + " "
        + type.getName()
        + above.map(parent -> " : " + parent.getName()).collect(Collectors.joining());
  }

  private static String field(Field field, boolean experimental) {
    return isOpen(field, field.isSynthetic())
        ? mark(experimental || isExperimental(field))
            + modifiers(field.getModifiers())
            + "%s %s".formatted(field.getType().getTypeName(), field.getName())
        : "";
  }

  private static String constructor(Constructor<?> constructor, boolean experimental) {
    return isOpen(constructor, constructor.isSynthetic())
        ? mark(experimental || isExperimental(constructor))
            + "new(%s)".formatted(types(constructor.getParameterTypes()))
        : "";
  }

  private static String method(Method method, boolean experimental) {
    return isOpen(method, method.isSynthetic())
        ? mark(experimental || isExperimental(method))
            + modifiers(method.getModifiers())
            + "%s %s(%s)"
                .formatted(
                    method.getReturnType().getTypeName(),
                    method.getName(),
                    types(method.getParameterTypes()))
        : "";
  }

  private static boolean isOpen(Member member, boolean synthetic) {
    return !synthetic && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static boolean isExperimental(AnnotatedElement element) {
    return element.isAnnotationPresent(Experimental.class);
  }

  private static String mark(boolean experimental) {
    return experimental ? "@Experimental " : "";
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers & SHOWN);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String types(Class<?>... types) {
    return Arrays.stream(types).map(Class::getTypeName).collect(Collectors.joining(", "));
  }
}
