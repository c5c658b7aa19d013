// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnproxiedHostsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'', example.com, 443, false",
        "*, example.com, 443, true",
        "\"a.org, example.com\", example.com, 443, true",
        "a.org example.com, Example.COM, 443, true",
        "example.com, www.example.com, 443, true",
        "example.com, wwwexample.com, 443, false",
        "www.example.com, example.com, 443, false",
        ".example.com, example.com, 443, true",
        ".example.com, www.example.com, 443, true",
        "*.example.com, www.example.com, 443, true",
        "example.com, example.com., 443, true",
        "example.com., example.com, 443, true",
        "example.com:8443, example.com, 8443, true",
        "example.com:8443, www.example.com, 8443, true",
        "example.com:8443, example.com, 443, false",
        "10.1.2.3, 10.1.2.3, 80, true",
        "10.1.2.3, 10.1.2.30, 80, false",
        "10.1.2.3:80, 10.1.2.3, 80, true",
        "10.1.2.3:80, 10.1.2.3, 81, false",
        "10.0.0.0/8, 10.200.3.4, 80, true",
        "10.0.0.0/8, 11.0.0.1, 80, false",
        "192.168.4.0/22, 192.168.7.255, 80, true",
        "192.168.4.0/22, 192.168.8.0, 80, false",
        "0.0.0.0/0, 8.8.8.8, 80, true",
        "10.0.0.0/x, 10.0.0.0, 80, false",
        "2.3, 10.1.2.3, 80, false",
        "::1, [::1], 80, true",
        "[::1]:8080, [::1], 8080, true",
        "[::1]:8080, [::1], 80, false",
        "[::1], [0:0:0:0:0:0:0:1], 80, true",
        "fd00::/8, [fd12::1], 80, true",
        "fd00::/8, [fe80::1], 80, false",
        "10.0.0.0/8, [fd12::1], 80, false",
        "10.0.0.0/8, ten.example.com, 80, false",
      })
  void hostsAreFoundAsCurlFindsThem(String list, String host, int port, boolean expected) {
    String entries = list.replace("'", "");
    assertEquals(expected, UnproxiedHosts.parse(entries).include(host, port));
  }
}
