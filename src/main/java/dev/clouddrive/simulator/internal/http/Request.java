package dev.clouddrive.simulator.internal.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as an emulated service sees it, whether it came over a socket or from within. */
public final class Request {
  private final String method;
  private final String scheme;
  private final String authority;
  private final String rawPath;
  private final String rawQuery;
  private final Headers headers;
  private final Body body;
  private final Map<String, String> variables;
  private final boolean internal;
  private @Nullable Parameters query;

  private Request(
      String method,
      String scheme,
      String authority,
      String rawPath,
      String rawQuery,
      Headers headers,
      Body body,
      Map<String, String> variables,
      boolean internal) {
    this.method = method;
    this.scheme = scheme;
    this.authority = authority;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.body = body;
    this.variables = variables;
    this.internal = internal;
  }

  /**
   * A request that came in.
   *
   * @param authority the {@code Host} field, with its port where there is one
   * @param rawPath the path as it came, percent-encoded, beginning with a slash
   * @param rawQuery the query as it came, without the question mark; empty when there is none
   */
  public static Request incoming(
      String method,
      String scheme,
      String authority,
      String rawPath,
      String rawQuery,
      Headers headers,
      Body body) {
    return new Request(
        method, scheme, authority, rawPath, rawQuery, headers, body, Map.of(), false);
  }

  /**
   * A request that one part of the simulator makes to another, without a socket.
   *
   * @param url absolute; characters that a strict parser refuses, such as brackets, are let through
   *     as servers do
   * @throws IllegalArgumentException if it has no scheme and host
   */
  public static Request to(String method, String url) {
    int colon = url.indexOf("://");
    if (colon <= 0) {
      throw new IllegalArgumentException("\"" + url + "\" is not an absolute URL");
    }
    int slash = url.indexOf('/', colon + 3);
    int question = url.indexOf('?', colon + 3);
    int end = question < 0 ? url.length() : question;
    int pathStart = slash < 0 || slash > end ? end : slash;
    String authority = url.substring(colon + 3, pathStart);
    if (authority.isEmpty()) {
      throw new IllegalArgumentException("\"" + url + "\" names no host");
    }
    String path = url.substring(pathStart, end);
    return new Request(
        method,
        url.substring(0, colon),
        authority,
        path.isEmpty() ? "/" : path,
        question < 0 ? "" : url.substring(question + 1),
        Headers.EMPTY,
        Body.EMPTY,
        Map.of(),
        true);
  }

  public Request withHeader(String name, String value) {
    return new Request(
        method,
        scheme,
        authority,
        rawPath,
        rawQuery,
        headers.with(name, value),
        body,
        variables,
        internal);
  }

  public Request withBody(String contentType, Body newBody) {
    return new Request(
        method,
        scheme,
        authority,
        rawPath,
        rawQuery,
        headers.with("Content-Type", contentType),
        newBody,
        variables,
        internal);
  }

  /** The same request with its body seen through another. */
  public Request withBody(Body newBody) {
    return new Request(
        method, scheme, authority, rawPath, rawQuery, headers, newBody, variables, internal);
  }

  Request withVariables(Map<String, String> newVariables) {
    return new Request(
        method, scheme, authority, rawPath, rawQuery, headers, body, newVariables, internal);
  }

  public String method() {
    return method;
  }

  /** {@code http} or {@code https}, as the client used it. */
  public String scheme() {
    return scheme;
  }

  /** The {@code Host} field, with its port. */
  public String authority() {
    return authority;
  }

  /** The host without its port, in lower case. */
  public String host() {
    return hostOf(authority);
  }

  /** The host of a {@code Host} field without its port, in lower case. */
  public static String hostOf(String authority) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    return (end > 0 ? authority.substring(0, end) : authority).toLowerCase(Locale.ROOT);
  }

  /** Scheme and authority: where the client found us. */
  public String origin() {
    return scheme + "://" + authority;
  }

  /** The path as it came, percent-encoded. */
  public String rawPath() {
    return rawPath;
  }

  /** The query as it came; empty when there is none. */
  public String rawQuery() {
    return rawQuery;
  }

  public Parameters query() {
    Parameters parsed = query;
    if (parsed == null) {
      parsed = Parameters.parse(rawQuery);
      query = parsed;
    }
    return parsed;
  }

  public Headers headers() {
    return headers;
  }

  public Body body() {
    return body;
  }

  /** Whether it comes from within the simulator. */
  public boolean isInternal() {
    return internal;
  }

  /**
   * The value of a variable of the route's path, percent-decoded; a variable that takes the rest of
   * the path keeps its slashes and stays encoded.
   */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  /** The value of a variable, where the route has it. */
  public Optional<String> optionalVariable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** The media type without parameters, in lower case; empty when the field is missing. */
  public String mediaType() {
    return MediaTypes.bare(headers.get("Content-Type").orElse(""));
  }

  /** A cookie of the request. */
  public Optional<String> cookie(String name) {
    for (Headers.Field field : headers.fields()) {
      if (field.name().equalsIgnoreCase("Cookie")) {
        for (String pair : field.value().split(";")) {
          String trimmed = pair.strip();
          if (trimmed.startsWith(name + "=")) {
            return Optional.of(trimmed.substring(name.length() + 1));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The fields of a url-encoded form body, whatever the content type says.
   *
   * @throws BodyTooLargeException if it has more bytes than the limit
   */
  public Parameters form(int limit) throws IOException {
    return Parameters.parse(
        new String(body.readAll(limit), java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The path's segments, still encoded. A slash at the end gives an empty last segment. */
  List<String> rawSegments() {
    List<String> segments = new ArrayList<>();
    int from = 1;
    while (from <= rawPath.length()) {
      int slash = rawPath.indexOf('/', from);
      int end = slash < 0 ? rawPath.length() : slash;
      segments.add(rawPath.substring(from, end));
      from = end + 1;
    }
    return segments;
  }
}
