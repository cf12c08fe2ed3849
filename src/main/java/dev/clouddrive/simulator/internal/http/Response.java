package dev.clouddrive.simulator.internal.http;

import dev.clouddrive.simulator.internal.json.Json;
import org.jspecify.annotations.Nullable;

/** The answer to a request. Immutable. */
public final class Response {
  private final int status;
  private final Headers headers;
  private final Body body;

  private final Transmission transmission;

  private Response(int status, Headers headers, Body body) {
    this(status, headers, body, Transmission.SOUND);
  }

  private Response(int status, Headers headers, Body body, Transmission transmission) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.transmission = transmission;
  }

  /** An answer without a body. */
  public static Response of(int status) {
    return new Response(status, Headers.EMPTY, Body.EMPTY);
  }

  public static Response of(int status, String contentType, Body body) {
    return new Response(status, Headers.of("Content-Type", contentType), body);
  }

  /** A value of {@link Json} as {@code application/json}. */
  public static Response json(int status, @Nullable Object value) {
    return of(status, "application/json", Body.of(Json.bytes(value)));
  }

  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Body.of(text));
  }

  public static Response html(int status, String html) {
    return of(status, "text/html; charset=utf-8", Body.of(html));
  }

  /** 302 to the given place. */
  public static Response redirect(String location) {
    return of(302).with("Location", location);
  }

  /** The same answer with the field set to this value. */
  public Response with(String name, String value) {
    return new Response(status, headers.with(name, value), body, transmission);
  }

  /** The same answer with one more field of that name. */
  public Response plus(String name, String value) {
    return new Response(status, headers.plus(name, value), body, transmission);
  }

  /** The same answer with another body. */
  public Response withBody(Body newBody) {
    return new Response(status, headers, newBody, transmission);
  }

  /** The same answer, which goes wrong on its way. */
  public Response transmitted(Transmission how) {
    return how.isSound() ? this : new Response(status, headers, new FaultyBody(body, how), how);
  }

  /** How it goes on its way. */
  Transmission transmission() {
    return transmission;
  }

  public int status() {
    return status;
  }

  public Headers headers() {
    return headers;
  }

  public Body body() {
    return body;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
