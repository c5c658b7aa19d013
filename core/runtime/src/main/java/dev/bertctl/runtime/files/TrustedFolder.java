// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Folders whose files are executed or computed with: nobody else may be able to put something else
 * in their place. A group may write where it has the name of the folder's owner: that is the user's
 * own group, which has nobody else in it and is usual where the umask is 002. A folder may belong
 * to another user, who shares it; but it does not lie where everyone can make folders, such as
 * /tmp: there whoever came first would be trusted. Nor does it lie where everyone can put another
 * folder in its place: a folder above it that all can write to has the sticky bit, as /tmp has.
 * Where there are no other users, as in a container whose volumes all can write to, the environment
 * may say so.
 */
public final class TrustedFolder {

  /** In the environment: {@code yes} if there are no other users. */
  private static final String TRUST = "BERTCTL_TRUST_FOLDERS";

  private static final int STICKY = 01000;

  private TrustedFolder() {}

  /**
   * Makes sure that nobody else can change a folder.
   *
   * @param root the folder that was chosen, in which the other one is, or itself
   * @param folder what is used of it; what is not there yet is no problem
   * @throws UserException naming what can be written, and what to do
   */
  public static void require(Path root, Path folder) {
    if ("yes".equals(System.getenv(TRUST))) {
      return;
    }
    try {
      requirePlace(root.toAbsolutePath().normalize());
      if (Files.exists(root)) {
        requirePlace(root.toRealPath());
      }
      for (Path part = folder; part != null && part.startsWith(root); part = part.getParent()) {
        require(part);
      }
      if (Files.isDirectory(folder) && Files.isReadable(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            require(file);
          }
        }
      }
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  /**
   * Makes a folder, and those above it, where it is not there yet; whatever the umask is, nobody
   * else can write there.
   *
   * @throws FileException if the file system refuses
   */
  public static void create(Path folder) {
    Path made = folder.toAbsolutePath();
    List<Path> all = new ArrayList<>();
    for (; made != null && !Files.exists(made); made = made.getParent()) {
      all.add(made);
    }
    FileTree.create(folder);
    all.forEach(TrustedFolder::close);
  }

  /**
   * Takes the right to write from all others, of a file or of a folder and what is in it.
   *
   * @throws FileException if the file system refuses
   */
  public static void closeAll(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      files.forEach(TrustedFolder::close);
    } catch (IOException e) {
      throw FileException.reading(tree, e);
    } catch (UncheckedIOException e) {
      throw FileException.reading(tree, e.getCause());
    }
  }

  private static void close(Path path) {
    try {
      Optional<PosixFileAttributes> found = attributes(path);
      if (found.isEmpty() || Files.isSymbolicLink(path)) {
        return;
      }
      Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
      permissions.addAll(found.get().permissions());
      boolean less = permissions.remove(PosixFilePermission.OTHERS_WRITE);
      less |= !isOwnGroup(found.get()) && permissions.remove(PosixFilePermission.GROUP_WRITE);
      if (less) {
        Files.setPosixFilePermissions(path, permissions);
      }
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }

  private static boolean isOwnGroup(PosixFileAttributes there) {
    return there.group().getName().equals(there.owner().getName());
  }

  /**
   * Makes sure that nobody else can change a file or folder.
   *
   * @throws UserException saying what to do
   */
  private static void require(Path path) throws IOException {
    Optional<PosixFileAttributes> found = attributes(path);
    if (found.isEmpty()) {
      return;
    }
    PosixFileAttributes there = found.get();
    if (there.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        || there.permissions().contains(PosixFilePermission.GROUP_WRITE) && !isOwnGroup(there)) {
      throw new UserException(
          "%s: other users can write there, and could have anything run or computed with that they put there; make sure that all in it is what it should be, then `chmod -R go-w %s`; where there are no other users, as in a container, set %s=yes"
              .formatted(path, path, TRUST));
    }
  }

  /** Makes sure that nobody else can put another folder in the place of one, or of those above. */
  private static void requirePlace(Path root) throws IOException {
    for (Path part = root; part.getParent() != null; part = part.getParent()) {
      Path above = part.getParent();
      Optional<PosixFileAttributes> there = attributes(above);
      if (there.isEmpty()
          || !there.get().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
        continue;
      }
      if (!isSticky(above)) {
        throw new UserException(
            "%s: every user can put another folder in place of %s; `chmod o-w %s`, or choose a folder elsewhere; where there are no other users, as in a container, set %s=yes"
                .formatted(above, part, above, TRUST));
      }
      Optional<PosixFileAttributes> found = attributes(part);
      if (found.isPresent() && !isOwn(part)) {
        throw new UserException(
            "%s: it belongs to %s, and lies where every user can make folders; choose a folder of your own"
                .formatted(part, found.get().owner().getName()));
      }
    }
  }

  /** Whether only their owners can remove and rename what is in a folder. */
  private static boolean isSticky(Path folder) throws IOException {
    return ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
  }

  /** Whether it belongs to this process's user, or to root. */
  private static boolean isOwn(Path path) throws IOException {
    Object owner = Files.getAttribute(path, "unix:uid");
    Path process = Path.of("/proc/self");
    return Objects.equals(owner, 0)
        || (Files.exists(process)
            ? Objects.equals(owner, Files.getAttribute(process, "unix:uid"))
            : Files.getOwner(path).getName().equals(System.getProperty("user.name")));
  }

  /** None of what is not there, or of a disk without such permissions. */
  private static Optional<PosixFileAttributes> attributes(Path path) throws IOException {
    if (path == null
        || !path.getFileSystem().supportedFileAttributeViews().contains("posix")
        || !Files.exists(path)) {
      return Optional.empty();
    }
    return Optional.of(
        Files.readAttributes(
            path.toRealPath(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }
}
