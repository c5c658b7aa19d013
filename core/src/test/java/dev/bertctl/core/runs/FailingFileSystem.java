// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The usual file system, until an operation at which the process is killed: that one and all after
 * it, the tidying up of exceptions included, change nothing. Like some disks it cannot exchange two
 * folders.
 */
final class FailingFileSystem extends FileSystem {

  private static final FileSystem USUAL = FileSystems.getDefault();

  private final Provider provider = new Provider();
  private int left;
  private int done;

  /**
   * @param left operations before the process is killed
   */
  FailingFileSystem(int left) {
    this.left = left;
  }

  /** The process was killed. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A path of the usual file system in this one. */
  Path of(Path usual) {
    return (Path)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return this;
              }
              Object[] usualArguments = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < usualArguments.length; i++) {
                usualArguments[i] =
                    usualArguments[i] instanceof Path path ? usual(path) : usualArguments[i];
              }
              try {
                Object result = method.invoke(usual, usualArguments);
                return result instanceof Path path ? of(path) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** How many operations there were. */
  int done() {
    return done;
  }

  private void operation() {
    if (left == 0) {
      throw new Killed();
    }
    left--;
    done++;
  }

  private static Path usual(Path path) {
    return path.getFileSystem() == USUAL ? path : USUAL.getPath(path.toString());
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    return of(USUAL.getPath(first, more));
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return USUAL.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return USUAL.supportedFileAttributeViews();
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  private final class Provider extends FileSystemProvider {

    private final FileSystemProvider usual = USUAL.provider();

    @Override
    public String getScheme() {
      return "failing";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      if (options.contains(StandardOpenOption.WRITE)) {
        operation();
      }
      return usual.newByteChannel(usual(path), options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      operation();
      return usual.newFileChannel(usual(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      DirectoryStream<Path> stream = usual.newDirectoryStream(usual(folder), path -> true);
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> paths = stream.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return paths.hasNext();
            }

            @Override
            public Path next() {
              return of(paths.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      operation();
      usual.createDirectory(usual(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      operation();
      usual.delete(usual(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
      operation();
      usual.copy(usual(from), usual(to), options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      operation();
      usual.move(usual(from), usual(to), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return usual.isSameFile(usual(one), usual(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return usual.isHidden(usual(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return usual.getFileStore(usual(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      usual.checkAccess(usual(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return usual.getFileAttributeView(usual(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return usual.readAttributes(usual(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
        throws IOException {
      return usual.readAttributes(usual(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
        throws IOException {
      operation();
      usual.setAttribute(usual(path), attribute, value, options);
    }
  }
}
