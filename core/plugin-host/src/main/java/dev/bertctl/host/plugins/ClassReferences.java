// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes that a class file names (JVM specification, section 4.4: the constant pool), without
 * loading it.
 */
final class ClassReferences {

  private ClassReferences() {}

  /**
   * Reads a class file.
   *
   * @return names such as {@code org.example.Word}, arrays and primitives left out
   * @throws IOException if it is none
   */
  static Set<String> in(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    Set<Integer> classes = new TreeSet<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes.add(in.readUnsignedShort());
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          // Long and double take two places.
          i++;
        }
        default -> throw new IOException("a constant of the unknown kind " + tag);
      }
    }
    Set<String> names = new TreeSet<>();
    for (int index : classes) {
      String name = texts[index];
      if (!name.startsWith("[")) {
        names.add(name.replace('/', '.'));
      }
    }
    return names;
  }
}
