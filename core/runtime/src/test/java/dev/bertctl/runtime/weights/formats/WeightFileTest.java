// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFileTest {

  private static final String NONE =
      "it is none of the weight files that bertctl reads; they are safetensors, PyTorch's, Paddle's"
          + " and MXNet's";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | it is a pointer of Git LFS, not the weights;"
            + " fetch them with git lfs pull",
        "<!DOCTYPE html><html> | it is a web page, not weights; download the file that the page"
            + " shows",
        "<HTML lang=en></HTML> | it is a web page, not weights; download the file that the page"
            + " shows",
        "\u0089HDF and what follows | it is an HDF5 file, as Keras writes it; save the model in"
            + " another format",
        "{\"error\": \"not found\"} | " + NONE,
        "short | " + NONE
      })
  void otherFilesAreNamed(String start, String problem) throws IOException {
    assertRefused(problem, start.getBytes(ISO_8859_1));
  }

  @Test
  void gzipFilesAreNamed() throws IOException {
    assertRefused(
        "it is compressed by gzip; unpack it", "\u001f\u008b and more".getBytes(ISO_8859_1));
  }

  @Test
  void tarFilesAreNamed() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(ISO_8859_1), 0, tar, 257, 5);
    assertRefused(
        "it is a tar archive; unpack it, or, if PyTorch before 0.2 wrote it, save the state_dict()"
            + " anew with PyTorch 1.6 or later",
        tar);
  }

  @Test
  void emptyFilesAreDamaged() throws IOException {
    assertRefused("it is empty; the file is damaged or incomplete: fetch or copy it again");
  }

  @Test
  void aMissingFileIsAnError() {
    Path file = folder.resolve("missing");
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(file));
    assertEquals("cannot read " + file + ": no such file", error.getMessage());
  }

  @Test
  void safetensorsOfAnyNameAreRead() {
    Path file = folder.resolve("model.bin");
    WeightTensor weight = new WeightTensor("a", List.of(2), FloatBuffer.wrap(new float[] {1, 2}));
    SafetensorsFile.write(file, List.of(weight));
    WeightFile read = WeightFile.read(file);
    assertEquals(WeightFile.Format.SAFETENSORS, read.format());
    assertEquals(weight, ModelFiles.inMemory(read.weights()).get("a"));
  }

  private void assertRefused(String problem, byte... content) throws IOException {
    Path file = Files.write(folder.resolve("weights"), content);
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(file));
    assertEquals(file + ": " + problem, error.getMessage());
    assertFalse(WeightFile.isOne(file));
  }
}
