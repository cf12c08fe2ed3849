package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.internal.http.HttpServer;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.After;
import io.cucumber.java.PendingException;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storing, uploading, overwriting and removing files, and the policies for it. */
public final class FileSteps {
  private static final String FOR_LONG = "{\"expiry\":4102444800}";
  private static final List<String> NOT_SENT = List.of("content-length", "host");

  private final SimulatorContext context;
  private @Nullable HttpServer site;
  private String page = "";

  public FileSteps(SimulatorContext context) {
    this.context = context;
  }

  private HttpResponse<byte[]> call(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(context.baseUrl() + path))
            .method(method, BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return context.send(request.build());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void store(byte[] content, String contentType, String... options) {
    String query = Parameters.encode("key", context.apikey()) + "&" + Parameters.encode(options);
    String location = Arrays.asList(options).contains("location") ? options[1] : "S3";
    HttpResponse<byte[]> answer =
        call("POST", "/api/store/" + location + "?" + query, content, "Content-Type", contentType);
    if (answer.statusCode() == 200) {
      String url = Json.parseObject(answer.body()).string("url");
      context.handle(url.substring(url.lastIndexOf('/') + 1));
    }
  }

  @Given("the application has stored {string} as {string}")
  @When("the application stores {string} as {string}")
  public void stores(String text, String filename) {
    store(bytes(text), "text/plain", "filename", filename);
  }

  @Given(
      "the application has stored {string} as {string} in the container {string} of {word} under {string}")
  @When(
      "the application stores {string} as {string} in the container {string} of {word} under {string}")
  public void storesAt(
      String text, String filename, String container, String location, String path) {
    store(
        bytes(text),
        "text/plain",
        "location",
        location,
        "filename",
        filename,
        "container",
        container,
        "path",
        path);
  }

  @When("the application stores {string} under {string} with the policy {string}")
  public void storesWithPolicy(String text, String path, String policy) {
    FilestackApp.SignedPolicy signed = context.target().app().sign(policy);
    store(
        bytes(text),
        "text/plain",
        "path",
        path,
        "policy",
        signed.policy(),
        "signature",
        signed.signature());
  }

  @Given("a web page {string} that reads {string}")
  public void webPage(String path, String text) {
    try {
      HttpServer server =
          HttpServer.start(
              "127.0.0.1",
              0,
              HttpServer.Limits.DEFAULT,
              request ->
                  request.rawPath().equals(path) ? Response.text(200, text) : Response.of(404));
      site = server;
      page = server.url() + path;
    } catch (BindException e) {
      throw new UncheckedIOException(e);
    }
  }

  @When("the application stores what is at the web page")
  public void storesPage() {
    storesUrl(page);
  }

  @When("the application stores what is at {string}")
  public void storesUrl(String url) {
    store(bytes(Parameters.encode("url", url)), "application/x-www-form-urlencoded");
  }

  @Then("the container {string} of {word} holds {string}")
  public void containerHolds(String container, String location, String key) {
    JsonObject listed =
        Json.parseObject(
            context
                .get(
                    context.baseUrl()
                        + "/_simulator/api/objects?"
                        + Parameters.encode("location", location, "container", container))
                .body());
    List<String> keys = listed.objects("objects").stream().map(o -> o.string("key")).toList();
    Expect.that(keys.contains(key), "the container holds " + keys);
  }

  // Uploads

  @When("an SDK begins to upload {int} bytes as {string}")
  public void beginsToUpload(int size, String filename) {
    begin(size, filename);
  }

  private Map<String, @Nullable Object> begin(int size, String filename) {
    Map<String, @Nullable Object> start =
        upload(
            "start",
            Json.object(
                "apikey",
                context.apikey(),
                "filename",
                filename,
                "mimetype",
                "application/octet-stream",
                "size",
                size));
    start.put("apikey", context.apikey());
    return start;
  }

  private Map<String, @Nullable Object> upload(String call, Map<String, @Nullable Object> body) {
    HttpResponse<byte[]> answer =
        call("POST", "/multipart/" + call, Json.bytes(body), "Content-Type", "application/json");
    Expect.equal("the status of " + call, 200, answer.statusCode());
    return Json.parseObject(answer.body()).toMap();
  }

  @When("an SDK uploads {int} bytes as {string} in parts of {int} bytes")
  public void uploads(int size, String filename, int partSize) {
    Map<String, @Nullable Object> start = begin(size, filename);
    List<Map<String, @Nullable Object>> parts = new ArrayList<>();
    for (int from = 0, number = 1; from < size; from += partSize, number++) {
      byte[] part = new byte[Math.min(partSize, size - from)];
      Arrays.fill(part, (byte) number);
      Map<String, @Nullable Object> ask = new LinkedHashMap<>(start);
      ask.put("part", number);
      ask.put("size", part.length);
      Map<String, @Nullable Object> signed = upload("upload", ask);
      parts.add(Json.object("part_number", number, "etag", put(signed, part)));
    }
    Map<String, @Nullable Object> complete = new LinkedHashMap<>(start);
    complete.put("parts", parts);
    context.handle(String.valueOf(upload("complete", complete).get("handle")));
  }

  private String put(Map<String, @Nullable Object> signed, byte[] part) {
    URI url = URI.create(String.valueOf(signed.get("url")));
    List<String> headers = new ArrayList<>();
    Json.parseObject(Json.bytes(signed.get("headers")))
        .toMap()
        .forEach(
            (name, value) -> {
              if (!NOT_SENT.contains(name)) {
                headers.add(name);
                headers.add(String.valueOf(value));
              }
            });
    HttpResponse<byte[]> answer =
        call(
            "PUT",
            url.getRawPath() + "?" + url.getRawQuery(),
            part,
            headers.toArray(String[]::new));
    Expect.equal("the status of a part", 200, answer.statusCode());
    return answer.headers().firstValue("ETag").orElse("");
  }

  @Then("{int} upload(s) is/are under way")
  public void underWay(int count) {
    String url = context.baseUrl() + "/_simulator/api/apps/" + context.apikey() + "/uploads";
    Expect.equal(
        "the number of uploads",
        count,
        Json.parseObject(context.get(url).body()).objects("uploads").size());
  }

  // Files

  private String path(String parameters) {
    return "/api/file/" + context.handle() + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  private String signed(Target.App app, String policy) {
    FilestackApp.SignedPolicy signed = app.sign(policy);
    return Parameters.encode("policy", signed.policy(), "signature", signed.signature());
  }

  @When("the application overwrites the file with {string}")
  public void overwrites(String text) {
    call(
        "POST",
        path(signed(context.target().app(), FOR_LONG)),
        bytes(text),
        "Content-Type",
        "text/plain");
    Expect.equal("the status", 200, context.response().statusCode());
  }

  @When("the application removes the file")
  public void removes() {
    call("DELETE", path(signed(context.target().app(), FOR_LONG)), new byte[0]);
  }

  @When("somebody removes the file without a policy")
  public void removesWithoutPolicy() {
    call("DELETE", path(""), new byte[0]);
  }

  @When("somebody overwrites the file without a policy")
  public void overwritesWithoutPolicy() {
    call("POST", path(""), bytes("overwritten"), "Content-Type", "text/plain");
  }

  @Then("the file reads {string}")
  public void fileReads(String text) {
    HttpResponse<byte[]> answer = call("GET", path(""), new byte[0]);
    Expect.equal("the file", text, new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Then("the file has {int} bytes")
  public void fileHas(int bytes) {
    Expect.equal("the size", bytes, call("GET", path(""), new byte[0]).body().length);
  }

  @Then("the file is gone")
  public void fileIsGone() {
    Expect.equal("the status", 404, call("GET", path(""), new byte[0]).statusCode());
  }

  @Then("{person}'s file {string} reads {string}")
  public void drivesFileReads(String person, String path, String text) {
    Optional<String> content =
        context
            .target()
            .read(context.email(person), path)
            .map(b -> new String(b, StandardCharsets.UTF_8));
    Expect.equal(path, Optional.of(text), content);
  }

  @When("a page asks for the conversion {string} of the file")
  public void convertsFile(String tasks) {
    call("GET", "/" + tasks + "/" + context.handle(), new byte[0]);
    Expect.equal("the status", 200, context.response().statusCode());
  }

  /** Skips the scenario where a program is missing. */
  @Given("this machine has {string}")
  public void hasProgram(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    boolean found =
        Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!found) {
      throw new PendingException(program + " is missing: apt-get install " + program);
    }
  }

  // Policies

  @Given("the application's security is on")
  public void securityIsOn() {
    context.target().secure(true);
  }

  @When("the file is read without a policy")
  public void readWithoutPolicy() {
    call("GET", path(""), new byte[0]);
  }

  @When("the file is read with the policy {string}")
  public void readWithPolicy(String policy) {
    call("GET", path(signed(context.target().app(), policy)), new byte[0]);
  }

  @When("the file is read with the policy {string} of another application")
  public void readWithForeignPolicy(String policy) {
    call("GET", path(signed(context.target().newApp(), policy)), new byte[0]);
  }

  /** Ends the web site of a scenario. */
  @After
  public void end() {
    if (site != null) {
      site.close();
    }
  }
}
