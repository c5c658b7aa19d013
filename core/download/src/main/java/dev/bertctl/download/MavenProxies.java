// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.download.ProxyAddress.Credentials;
import java.net.URI;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.ProxySelector;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;

/** The proxies of Maven's settings.xml and, for repositories without one, of the environment. */
record MavenProxies(ProxySelector settings, Proxies environment) implements ProxySelector {

  @Override
  public Proxy getProxy(RemoteRepository repository) {
    Proxy proxy = settings.getProxy(repository);
    return proxy != null
        ? proxy
        : environment.to(URI.create(repository.getUrl())).map(MavenProxies::proxy).orElse(null);
  }

  /** A repository as it is, or with its proxy. */
  RemoteRepository through(RemoteRepository repository) {
    return repository.getProxy() != null
        ? repository
        : new RemoteRepository.Builder(repository).setProxy(getProxy(repository)).build();
  }

  private static Proxy proxy(ProxyAddress proxy) {
    return new Proxy(
        Proxy.TYPE_HTTP,
        proxy.host(),
        proxy.port(),
        proxy.credentials().map(MavenProxies::authentication).orElse(null));
  }

  private static Authentication authentication(Credentials credentials) {
    return new AuthenticationBuilder()
        .addUsername(credentials.user())
        .addPassword(credentials.password())
        .build();
  }
}
