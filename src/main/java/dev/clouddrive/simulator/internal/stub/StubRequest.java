package dev.clouddrive.simulator.internal.stub;

import com.github.tomakehurst.wiremock.http.ContentTypeHeader;
import com.github.tomakehurst.wiremock.http.Cookie;
import com.github.tomakehurst.wiremock.http.FormParameter;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as WireMock looks at it.
 *
 * @param url path and query
 * @param origin scheme and authority
 * @param body its bytes; empty where it is too large to be shown
 */
record StubRequest(String method, String url, String origin, Headers headers, byte[] body)
    implements com.github.tomakehurst.wiremock.http.Request {
  private static final int MOST_PART_BYTES = 1024 * 1024;

  static StubRequest of(Request request, byte[] body) {
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    return new StubRequest(
        request.method(), request.rawPath() + query, request.origin(), request.headers(), body);
  }

  /** The same request, seen from below a path. */
  StubRequest below(String path) {
    String rest = url.substring(path.length());
    return new StubRequest(method, rest.startsWith("/") ? rest : "/" + rest, origin, headers, body);
  }

  @Override
  public String getUrl() {
    return url;
  }

  @Override
  public String getAbsoluteUrl() {
    return origin + url;
  }

  @Override
  public RequestMethod getMethod() {
    return RequestMethod.fromString(method);
  }

  @Override
  public String getScheme() {
    return origin.substring(0, origin.indexOf(':'));
  }

  private String authority() {
    return origin.substring(origin.indexOf("://") + 3);
  }

  @Override
  public String getHost() {
    return Request.hostOf(authority());
  }

  @Override
  public int getPort() {
    String port = authority().substring(getHost().length());
    if (port.startsWith(":")) {
      return Integer.parseInt(port.substring(1));
    }
    return getScheme().equals("https") ? 443 : 80;
  }

  @Override
  public String getClientIp() {
    return "127.0.0.1";
  }

  @Override
  public @Nullable String getHeader(String name) {
    return headers.get(name).orElse(null);
  }

  @Override
  public HttpHeader header(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? HttpHeader.absent(name) : new HttpHeader(name, values);
  }

  private List<String> values(String name) {
    return headers.fields().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Headers.Field::value)
        .toList();
  }

  @Override
  public ContentTypeHeader contentTypeHeader() {
    return headers
        .get("Content-Type")
        .map(ContentTypeHeader::new)
        .orElseGet(ContentTypeHeader::absent);
  }

  @Override
  public HttpHeaders getHeaders() {
    return new HttpHeaders(getAllHeaderKeys().stream().map(this::header).toList());
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.has(name);
  }

  @Override
  public Set<String> getAllHeaderKeys() {
    Set<String> names = new LinkedHashSet<>();
    headers.fields().forEach(field -> names.add(field.name()));
    return names;
  }

  @Override
  public QueryParameter queryParameter(String name) {
    int question = url.indexOf('?');
    List<String> values =
        question < 0 ? List.of() : Parameters.parse(url.substring(question + 1)).all(name);
    return values.isEmpty() ? QueryParameter.absent(name) : new QueryParameter(name, values);
  }

  @Override
  public FormParameter formParameter(String name) {
    FormParameter parameter = formParameters().get(name);
    return parameter == null ? FormParameter.absent(name) : parameter;
  }

  @Override
  public Map<String, FormParameter> formParameters() {
    Map<String, FormParameter> form = new LinkedHashMap<>();
    if (headers.get("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
      Parameters parameters = Parameters.parse(getBodyAsString());
      parameters
          .names()
          .forEach(name -> form.put(name, new FormParameter(name, parameters.all(name))));
    }
    return form;
  }

  @Override
  public Map<String, Cookie> getCookies() {
    Map<String, Cookie> cookies = new LinkedHashMap<>();
    for (String pair : headers.get("Cookie").orElse("").split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        cookies.put(pair.substring(0, equals).strip(), new Cookie(pair.substring(equals + 1)));
      }
    }
    return cookies;
  }

  @Override
  public byte[] getBody() {
    return body;
  }

  @Override
  public String getBodyAsString() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String getBodyAsBase64() {
    return Base64.getEncoder().encodeToString(body);
  }

  @Override
  public boolean isMultipart() {
    return headers.get("Content-Type").orElse("").startsWith("multipart/");
  }

  @Override
  public Collection<Part> getParts() {
    List<Part> parts = new ArrayList<>();
    if (!isMultipart()) {
      return parts;
    }
    try {
      Multipart all =
          Multipart.of(headers.get("Content-Type").orElse(""), new ByteArrayInputStream(body));
      for (Optional<Multipart.Part> next = all.next(); next.isPresent(); next = all.next()) {
        Multipart.Part part = next.get();
        parts.add(
            new StubPart(
                part.name(),
                part.fileName().orElse(null),
                part.headers(),
                part.readAll(MOST_PART_BYTES)));
      }
    } catch (IOException e) {
      // What is no multipart message after all has no more parts to look at.
      return parts;
    }
    return parts;
  }

  @Override
  public @Nullable Part getPart(String name) {
    return getParts().stream().filter(part -> part.getName().equals(name)).findFirst().orElse(null);
  }

  @Override
  public boolean isBrowserProxyRequest() {
    return false;
  }

  @Override
  public Optional<com.github.tomakehurst.wiremock.http.Request> getOriginalRequest() {
    return Optional.empty();
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  /** A part of a multipart body. */
  private record StubPart(String name, @Nullable String fileName, Headers headers, byte[] content)
      implements Part {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getFileName() {
      return fileName;
    }

    @Override
    public HttpHeader getHeader(String headerName) {
      return headers
          .get(headerName)
          .map(value -> new HttpHeader(headerName, value))
          .orElseGet(() -> HttpHeader.absent(headerName));
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders(
          headers.fields().stream().map(f -> new HttpHeader(f.name(), f.value())).toList());
    }

    @Override
    public com.github.tomakehurst.wiremock.http.Body getBody() {
      return new com.github.tomakehurst.wiremock.http.Body(content);
    }
  }
}
