package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** filestack-files.md 5 over HTTP, and the numbers of 12 that belong to it. */
final class ConversionsTest {
  private static final String KEY = "ASimKey0000000000000Az";

  private CloudDriveSimulator simulator;
  private FilestackApp app;
  private DriveAccount alice;
  private WebhookReceiver receiver;
  private Http http;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    app = simulator.app();
    alice = simulator.account("alice@example.com");
    receiver = WebhookReceiver.start();
    app.webhooks().subscribe(receiver, EventType.ALL);
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
    receiver.close();
  }

  private String picked(String path) {
    return app.pick(alice, path).filesUploaded().get(0).handle();
  }

  private String stored(String name, String type, byte[] content) {
    Http.Answer answer =
        http.call(
            "POST",
            "/api/store/S3?key=" + KEY + "&filename=" + name,
            BodyPublishers.ofByteArray(content),
            "Content-Type",
            type);
    String url = answer.json().string("url");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private String security(String calls) {
    FilestackApp.SignedPolicy signed = app.sign("{\"expiry\":4102444800,\"call\":[" + calls + "]}");
    return "/security=p:" + signed.policy() + ",s:" + signed.signature();
  }

  private List<JsonObject> events(String action) {
    simulator.clock().settle();
    return receiver.received().stream()
        .map(r -> Json.parseObject(r.body()))
        .filter(json -> json.optionalString("action").orElse("").equals(action))
        .toList();
  }

  private static BufferedImage image(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  // --- 5.1

  @Test
  @DisplayName("12.25 the grammar of URLs")
  void grammar() throws IOException {
    String handle = picked("/Pictures/logo.png");
    String b64 =
        Base64.getUrlEncoder()
            .encodeToString(
                "[{\"name\":\"resize\",\"params\":{\"width\":100}}]"
                    .getBytes(StandardCharsets.UTF_8));
    String source =
        "b64://" + Base64.getEncoder().encodeToString(handle.getBytes(StandardCharsets.UTF_8));
    String own = simulator.baseUrl() + "/" + handle;
    for (String url :
        List.of(
            "/resize=width:100/" + handle,
            "/" + KEY + "/resize=width:100/" + handle,
            "/resize=w:100/" + handle,
            "/resize=width:%22100%22/" + handle,
            "/resize=width:100%2Foutput=format:png/" + handle,
            "/resize%3Dwidth%3A100/" + handle,
            "/" + KEY + "/b64/" + b64 + "/" + source,
            "/" + KEY + "/resize=width:100/" + own,
            "/" + KEY + "/resize=width:100/" + own + "?dl=true",
            "/" + KEY + "/resize=width:100/%22" + own + "%22",
            "/resize=width:100" + security("\"convert\"") + "/" + handle,
            security("\"convert\"") + "/resize=width:100/" + handle,
            "/cache=expiry:10/resize=width:100/" + handle)) {
      assertThat(image(http.get(url)).getWidth()).as(url).isEqualTo(100);
    }
    assertThat(
            image(http.get("/partial_pixelate=objects:%5B%5B1,2,3,4%5D,%5B5,6,7,8%5D%5D/" + handle))
                .getWidth())
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /resize=width:500,heigt:500/H | 400 | invalid parameter `heigt` for `resize` task
          /resize=width:20000/H | 400 | invalid parameter `width` for `resize` task
          /resize/H | 400 | missing parameter `width` for `resize` task
          /resise=width:1/H | 400 | invalid task `resise`
          /b64/notbase64!/H | 400 | invalid task `b64`
          /resize=width:10/src://alias/x.jpg | 404 | file not found
          /resize=width:10/aaaaaaaaaaaaaaaaaaaa | 404 | file not found
          /resize=width:10/http://127.0.0.1:1/x.jpg | 403 | storage provider error: Invalid Application (idx 0)
          /crop=dim:%5B5000,0,10,10%5D/H | 400 | conv20 provider error: the crop area lies outside of the image (idx 0)
          /flip/crop=dim:%5B5000,0,10,10%5D/H | 400 | conv20 provider error: the crop area lies outside of the image (idx 1)
          /minify_js/H | 400 | conv20 provider error: image/png conversions are not supported (idx 0)
          """)
  void wordsOfTheProcessingHost(String url, int status, String words) {
    String handle = picked("/Pictures/logo.png");
    Http.Answer answer = http.get(url.replace("/H", "/" + handle));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(words + "\n");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(events("fp.converse")).isEmpty();
  }

  @Test
  @DisplayName("12.26 debug tells the outcome as JSON")
  void debug() {
    String handle = picked("/Pictures/logo.png");
    for (String url :
        List.of(
            "/debug/" + KEY + "/resize=width:500,heigt:500/" + handle,
            "/" + KEY + "/debug/resize=width:500,heigt:500/" + handle)) {
      JsonObject debug = http.get(url).json();
      assertThat(debug.keys())
          .containsExactly(
              "apikey",
              "status",
              "start_time",
              "processing_time",
              "source",
              "task_uri",
              "debug",
              "chain");
      assertThat(debug.object("status").string("message"))
          .isEqualTo("validation error: invalid parameter `heigt` for `resize` task");
      assertThat(debug.object("status").longValue("http_code")).isEqualTo(400);
      assertThat(debug.string("task_uri")).isEqualTo("resize=width:500,heigt:500");
      assertThat(debug.object("source").string("mimetype")).isEqualTo("image/png");
    }
    JsonObject ok = http.get("/debug/resize=width:50/" + handle).json();
    assertThat(ok.object("status").longValue("http_code")).isEqualTo(200);
  }

  @Test
  void aFallbackIsDeliveredInstead() {
    String other = stored("other.txt", "text/plain", "instead".getBytes(StandardCharsets.UTF_8));
    Http.Answer answer = http.get("/fallback=handle:" + other + ",cache:60/aaaaaaaaaaaaaaaaaaaa");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("instead");
    assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=60");
  }

  // --- 5.6

  @Test
  @DisplayName("12.27 the old conversion resizes before it crops, unless crop_first")
  void oldOrder() throws IOException {
    String handle = stored("q.png", "image/png", quarters());
    String path = "/api/file/" + handle + "/convert?crop=0,0,10,10&w=20&h=20&fit=scale";
    BufferedImage resizedFirst = image(http.get(path));
    assertThat(resizedFirst.getWidth()).isEqualTo(10);
    assertThat(resizedFirst.getRGB(9, 9)).isEqualTo(0xFFFF0000);
    BufferedImage croppedFirst = image(http.get(path + "&crop_first=true"));
    assertThat(croppedFirst.getWidth()).isEqualTo(20);
    String all =
        "/api/file/"
            + handle
            + "/convert?width=30&filter=blur&blurAmount=2&rotate=90&format=jpg&quality=50"
            + "&compress=true&exif=true";
    Http.Answer answer = http.get(all);
    assertThat(image(answer).getHeight()).isEqualTo(30);
    assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(http.get("/api/file/" + handle + "/convert?w=0x").status()).isEqualTo(400);
    assertThat(http.get("/api/file/aaaaaaaaaaaaaaaaaaaa/convert?w=1").status()).isEqualTo(404);
  }

  /** Red, green, blue and white quarters of 40 × 40. */
  private static byte[] quarters() throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    int[] colors = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, colors[x / 20 + y / 20 * 2]);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  @DisplayName("12.28 POST stores the result: two webhooks, a new handle")
  void oldPost() {
    String handle = picked("/Pictures/logo.png");
    Http.Answer answer =
        http.post(
            "/api/file/" + handle + "/convert?key=" + KEY,
            "width=50&storeContainer=bk&storePath=thumbs/",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().string("container")).isEqualTo("bk");
    assertThat(answer.json().string("key")).startsWith("thumbs/");
    assertThat(answer.json().string("url")).doesNotContain(handle);
    assertThat(events("fp.converse")).hasSize(1);
    assertThat(events("fp.converse").get(0).object("text").string("url"))
        .isEqualTo(
            "/api/file/" + handle + "/convert?width=50&storeContainer=bk&storePath=thumbs%2F");
    assertThat(events("fp.upload")).hasSize(2);
  }

  // --- 3.3

  @Test
  @DisplayName("12.29 one webhook for each computed result, whoever signs")
  void cache() {
    String handle = picked("/Pictures/logo.png");
    String url = "/resize=width:33/" + handle;
    http.get(url);
    http.get(url);
    http.get("/resize=w:33/" + handle);
    assertThat(events("fp.converse")).hasSize(1);
    assertThat(events("fp.converse").get(0).object("text").string("url")).isEqualTo(url);
    http.get("/cache=false" + url);
    http.get("/cache=false" + url);
    assertThat(events("fp.converse")).hasSize(3);
    app.secure(true);
    assertThat(http.get(url).status()).isEqualTo(403);
    assertThat(http.get(security("\"convert\"") + url).status()).isEqualTo(200);
    assertThat(events("fp.converse")).hasSize(3);
    simulator.clock().advance(Duration.ofDays(31));
    assertThat(http.get(security("\"convert\"") + url).status()).isEqualTo(200);
    assertThat(events("fp.converse")).hasSize(4);
  }

  @Test
  void manyWhoAskAtOnceGetOneComputation() throws Exception {
    String handle = picked("/Pictures/beach.jpg");
    ExecutorService pool = Executors.newFixedThreadPool(12);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(pool.submit(() -> http.get("/resize=width:77/blur/" + handle).status()));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(200);
    }
    pool.shutdown();
    assertThat(events("fp.converse")).hasSize(1);
  }

  @Test
  void aChainThatFailsTellsNothing() {
    String handle = picked("/Pictures/logo.png");
    Http.Answer answer = http.get("/resize=width:33/store=path:%22../x%22/" + handle);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(events("fp.converse")).isEmpty();
    assertThat(http.get("/resize=width:33/store=filename:s.png/" + handle).status()).isEqualTo(200);
    assertThat(events("fp.converse")).hasSize(1);
    assertThat(events("fp.upload")).hasSize(2);
  }

  // --- 5.4: tasks on pictures

  @Test
  void whatAModelWouldFindIsTheWorldsToSay() {
    http.control(
        "PUT",
        "insights",
        "{\"insights\":[{\"file\":\"logo*\",\"tags\":{\"letters\":99},\"sfw\":false,"
            + "\"ocr\":\"Hello\",\"caption\":\"a logo\"}]}");
    String handle = picked("/Pictures/logo.png");
    assertThat(http.get("/tags/" + handle).status()).as("always needs a policy").isEqualTo(403);
    String signed = security("\"convert\"");
    assertThat(http.get(signed + "/tags/" + handle).text())
        .isEqualTo("{\"tags\":{\"auto\":{\"letters\":99},\"user\":null}}");
    assertThat(http.get(signed + "/sfw/" + handle).text()).isEqualTo("{\"sfw\":false}");
    assertThat(http.get(signed + "/caption/" + handle).text())
        .isEqualTo("{\"caption\":\"a logo\"}");
    assertThat(http.get(signed + "/ocr/" + handle).json().string("text")).isEqualTo("Hello");
    String other = picked("/Pictures/beach.jpg");
    assertThat(http.get(signed + "/sfw/" + other).text()).isEqualTo("{\"sfw\":true}");
  }

  @Test
  void aWatermarkAndACollageOfOtherFiles() throws IOException {
    String quarters = stored("q.png", "image/png", quarters());
    String beach = picked("/Pictures/beach.jpg");
    BufferedImage marked =
        image(
            http.get(
                "/watermark=file:"
                    + quarters
                    + ",size:10,position:%5Btop,left%5D/output=format:png/"
                    + beach));
    assertThat(marked.getRGB(5, 5)).isEqualTo(0xFFFF0000);
    BufferedImage collage =
        image(
            http.get(
                "/collage=files:%5B" + quarters + "," + quarters + "%5D,w:300,h:200/" + beach));
    assertThat(collage.getWidth()).isEqualTo(300);
    JsonObject foreign = http.control("POST", "apps", "{}").json();
    Http.Answer stolen =
        http.post(
            "/api/store/S3?key=" + foreign.string("apikey"), "x", "Content-Type", "image/png");
    String url = stolen.json().string("url");
    assertThat(
            http.get("/watermark=file:" + url.substring(url.lastIndexOf('/') + 1) + "/" + beach)
                .status())
        .isEqualTo(404);
  }

  @Test
  void severalSources() throws IOException {
    String one = stored("a.txt", "text/plain", "one".getBytes(StandardCharsets.UTF_8));
    String two = stored("a.txt", "text/plain", "two".getBytes(StandardCharsets.UTF_8));
    Http.Answer zip = http.get("/zip/%5B" + one + "," + two + "%5D");
    assertThat(zip.header("Content-Type")).isEqualTo("application/zip");
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName() + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(names).containsExactly("a.txt=one", "a (1).txt=two");
    assertThat(events("fp.converse")).isEmpty();
    String a = stored("q.png", "image/png", quarters());
    Http.Answer gif =
        http.post(
            "/process",
            Json.text(
                Map.of(
                    "apikey",
                    KEY,
                    "sources",
                    List.of(a, a, a),
                    "tasks",
                    List.of(Map.of("name", "animate", "params", Map.of("delay", 100))))),
            "Content-Type",
            "application/json");
    assertThat(gif.header("Content-Type")).as(gif.text()).isEqualTo("image/gif");
  }

  @Test
  void previewAndMetadataAsTasks() {
    String handle = stored("x.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
    Http.Answer page = http.get("/preview/" + handle);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).contains("<iframe title=\"x.txt\"");
    assertThat(http.get("/metadata=%5Bsize,mimetype%5D/" + handle).text())
        .isEqualTo("{\"size\":1,\"mimetype\":\"text/plain\"}");
  }

  @Test
  void styleSheetsAndScriptsAreMadeSmall() throws IOException {
    String css =
        stored(
            "a.css",
            "text/css",
            "/* c */ a { color : #ff0000 ; }\n\nb{ }".getBytes(StandardCharsets.UTF_8));
    Http.Answer small = http.get("/minify_css/" + css);
    assertThat(small.header("Content-Type")).isEqualTo("text/css");
    assertThat(small.text()).startsWith("a{color:").doesNotContain("c */", "\n");
    String js =
        stored(
            "a.js",
            "text/javascript",
            "// c\nfunction add(first, second) {\n  const sum = first + second;\n  return sum;\n}\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/minify_js/" + js).text())
        .contains("function add(a,b)")
        .doesNotContain("// c");
    assertThat(http.get("/minify_js=mangle:false/" + js).text()).contains("add(first,second)");
    byte[] gzip = http.get("/minify_css=gzip:true/" + css).body();
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
        .isEqualTo(small.body());
    String broken =
        stored("b.js", "text/javascript", "function (".getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/minify_js/" + broken).status()).isEqualTo(400);
  }

  @Test
  void aScreenshotNeedsAStandIn() throws IOException {
    String url =
        "/"
            + KEY
            + "/urlscreenshot=width:300,height:200/"
            + simulator.baseUrl()
            + "/"
            + picked("/Pictures/logo.png");
    assertThat(http.get(url).text()).contains("urlscreenshot needs a browser");
    http.control("PUT", "options", "{\"conversion.standIns\":true}");
    Http.Answer standIn = http.get(url);
    assertThat(standIn.header("X-Simulator-Stand-In")).isEqualTo("true");
    assertThat(image(standIn).getWidth()).isEqualTo(300);
  }

  @Test
  void theActionsOtherSpelling() {
    http.control("PUT", "options", "{\"webhook.convertAlias\":true}");
    http.get("/resize=width:10/" + picked("/Pictures/logo.png"));
    assertThat(events("fp.convert")).hasSize(1);
  }

  // --- documents

  @Test
  void pdfPagesAndFacts() throws IOException {
    String handle = picked("/Documents/ferry.pdf");
    JsonObject info = http.get("/pdfinfo/" + handle).json();
    assertThat(info.longValue("numpages")).isEqualTo(2);
    assertThat(info.object("dimensions").keys()).containsExactly("width", "height");
    assertThat(http.get("/output=docinfo:true/" + handle).text())
        .isEqualTo(http.get("/pdfinfo/" + handle).text());
    BufferedImage page = image(http.get("/output=format:png,page:2,density:72/" + handle));
    assertThat((long) page.getWidth()).isEqualTo(info.object("dimensions").longValue("width"));
    assertThat(image(http.get("/output=format:jpg/resize=width:100/" + handle)).getWidth())
        .isEqualTo(100);
    assertThat(http.get("/output=format:png,page:3/" + handle).status()).isEqualTo(400);
    Http.Answer second = http.get("/pdfconvert=pages:%5B2%5D,pageformat:a5,o:portrait/" + handle);
    assertThat(second.status()).isEqualTo(400);
    second =
        http.get("/pdfconvert=pages:%5B2-%5D,pageformat:a5,pageorientation:landscape/" + handle);
    try (PDDocument document = Loader.loadPDF(second.body())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      PDPage only = document.getPage(0);
      assertThat(Math.round(only.getMediaBox().getWidth())).isEqualTo(595);
      assertThat(Math.round(only.getMediaBox().getHeight())).isEqualTo(420);
    }
    Http.Answer merged = http.get("/pdfcreate/%5B" + handle + "," + handle + "%5D");
    try (PDDocument document = Loader.loadPDF(merged.body())) {
      assertThat(document.getNumberOfPages()).isEqualTo(4);
    }
    assertThat(http.get("/output=format:txt/" + handle).text()).contains("Timetable of the ferry");
    List<String> pages =
        http.get("/doc_to_images=density:30,format:jpg/" + handle).json().strings("images");
    assertThat(pages)
        .containsExactly(
            simulator.baseUrl() + "/doc_to_images@1=density:30,format:jpg/" + handle,
            simulator.baseUrl() + "/doc_to_images@2=density:30,format:jpg/" + handle);
    Http.Answer firstPage =
        http.get(pages.get(0).substring(simulator.baseUrl().toString().length()));
    assertThat(firstPage.header("Content-Type")).isEqualTo("image/jpeg");
    for (String format : List.of("webp", "gif", "bmp", "tiff")) {
      assertThat(
              http.get("/output=density:30,format:" + format + "/" + handle).header("Content-Type"))
          .isEqualTo("image/" + format);
    }
    assertThat(http.get("/output=format:JPG,density:30/" + handle).status()).isEqualTo(200);
    assertThat(http.get("/output=format:txt,page:99/" + handle).status()).isEqualTo(400);
    assertThat(http.get("/pdfconvert=pages:%5B%5D/" + handle).status()).isEqualTo(400);
    int low = http.get("/output=format:jpg,quality:5/" + handle).body().length;
    assertThat(low).isLessThan(http.get("/output=format:jpg,quality:95/" + handle).body().length);
    assertThat(http.get("/output=format:pdf/" + picked("/Pictures/logo.png")).text())
        .startsWith("%PDF");
  }

  @Test
  void aDocumentThatIsNoneOrTooLongIsRefused() throws IOException {
    String broken =
        stored("b.pdf", "application/pdf", "%PDF-1.4 no".getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/pdfinfo/" + broken).status()).isEqualTo(400);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < 10_000; i++) {
        document.addPage(new PDPage());
      }
      document.save(out);
    }
    String bomb = stored("bomb.pdf", "application/pdf", out.toByteArray());
    Http.Answer answer = http.get("/output=format:png/" + bomb);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .isEqualTo("conv20 provider error: Input size limit exceeded (idx 0)\n");
  }

  @Test
  void officeDocumentsByLibreOffice() throws IOException {
    Tools.require("soffice", "libreoffice-writer-nogui libreoffice-calc-nogui");
    String handle = picked("/Documents/report.docx");
    Http.Answer pdf = http.get("/output=format:pdf/" + handle);
    assertThat(pdf.header("Content-Type")).as(pdf.text()).isEqualTo("application/pdf");
    assertThat(pdf.header("X-File-Name")).isEqualTo("report.pdf");
    assertThat(image(http.get("/output=format:png,density:40/" + handle)).getWidth())
        .isBetween(300, 400);
    assertThat(http.get("/output=docinfo:true/" + handle).json().longValue("numpages"))
        .isEqualTo(1);
    assertThat(events("fp.converse")).hasSize(3);
  }

  @Test
  void anArchiveThatIsABombIsRefusedAtOnce() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      byte[] zeros = new byte[1024 * 1024];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
    }
    Tools.require("soffice", "libreoffice-writer-nogui");
    String type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    String handle = stored("bomb.docx", type, out.toByteArray());
    Http.Answer answer = http.get("/output=format:pdf/" + handle);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("Input size limit exceeded");
    String broken = stored("b.docx", type, "no zip".getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/output=format:pdf/" + broken).status()).isEqualTo(400);
  }

  @Test
  void theOldConversionWrites() throws IOException {
    String handle = stored("q.png", "image/png", quarters());
    String path = "/api/file/" + handle + "/convert?";
    Http.Answer written =
        http.get(
            path
                + "text=%E2%96%88%E2%96%88&text_size=30&text_color=black&text_align=top,left&text_padding=0");
    BufferedImage image = image(written);
    int dark = 0;
    for (int i = 0; i < 40 * 40; i++) {
      dark += (image.getRGB(i % 40, i / 40) & 0xFFFFFF) == 0 ? 1 : 0;
    }
    assertThat(dark).isPositive();
    assertThat(http.get(path + "text=x&text_color=nocolor").status()).isEqualTo(400);
    assertThat(http.get("/text_overlay=text:x/" + handle).text())
        .isEqualTo("invalid task `text_overlay`\n");
  }

  // --- 5.7

  @Test
  @DisplayName("12.34 a video job: started, pending, completed; the webhook is its body")
  void video() throws IOException {
    Tools.require("ffmpeg", "ffmpeg");
    String handle = picked("/Videos/kite.mp4");
    String url = "/video_convert=preset:webm,width:160,height:120/" + handle;
    JsonObject started = http.get(url).json();
    assertThat(started.string("status")).isEqualTo("started");
    assertThat(started.string("timestamp")).isEqualTo("1444257665");
    assertThat(started.string("uuid")).matches("[0-9a-f]{32}");
    assertThat(http.get(url).json().string("status")).isEqualTo("pending");
    simulator.clock().advance(Duration.ofSeconds(30));
    Http.Answer ended = http.get(url);
    JsonObject completed = ended.json();
    assertThat(completed.string("status")).as(ended.text()).isEqualTo("completed");
    assertThat(completed.string("uuid")).isEqualTo(started.string("uuid"));
    String result = completed.object("data").string("url");
    assertThat(result.split("/")).hasSize(4);
    Http.Answer webm = http.get("/" + result.split("/")[3]);
    assertThat(webm.header("Content-Type")).isEqualTo("video/webm");
    JsonObject facts = completed.object("metadata").object("result");
    assertThat(facts.longValue("width")).isEqualTo(160);
    assertThat(facts.string("video_codec")).isEqualTo("vp8");
    assertThat(completed.object("metadata").object("source").longValue("width")).isEqualTo(320);
    String thumbnail = completed.object("data").string("thumb100x100");
    assertThat(
            image(http.get(thumbnail.substring(simulator.baseUrl().toString().length())))
                .getWidth())
        .isEqualTo(100);
    List<String> bare =
        receiver.received().stream()
            .map(WebhookReceiver.Received::text)
            .filter(text -> text.contains(started.string("uuid")))
            .toList();
    assertThat(bare).containsExactly(ended.text());
    assertThat(events("fp.converse")).isEmpty();
    assertThat(http.get(url.replace("preset:webm", "preset:webm,force:true")).json().string("uuid"))
        .isNotEqualTo(started.string("uuid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "oga", "m4a", "aac", "h264", "ogg", "hls.variant"})
  void presets(String preset) {
    Tools.require("ffmpeg", "ffmpeg");
    boolean sound = List.of("mp3", "oga", "m4a", "aac").contains(preset);
    String handle = picked(sound ? "/Music/waves.wav" : "/Videos/kite.mp4");
    String url = "/video_convert=preset:" + preset + ",clip_length:00:00:01/" + handle;
    http.get(url);
    simulator.clock().advance(Duration.ofMinutes(1));
    JsonObject ended = http.get(url).json();
    assertThat(ended.string("status")).as(ended.toMap().toString()).isEqualTo("completed");
    String result = ended.object("data").string("url");
    assertThat(http.get("/" + result.split("/")[3]).body().length).isGreaterThan(100);
    Http.Answer playlist = http.get("/video_playlist/" + result.split("/")[3]);
    assertThat(playlist.status()).isEqualTo(preset.startsWith("hls") ? 200 : 400);
  }

  @Test
  void aVideoThatIsNoneFails() {
    Tools.require("ffmpeg", "ffmpeg");
    String handle =
        stored(
            "v.mp4", "video/mp4", "#EXTM3U\nfile:///etc/passwd".getBytes(StandardCharsets.UTF_8));
    String url = "/video_convert=preset:webm/" + handle;
    http.get(url);
    simulator.clock().advance(Duration.ofMinutes(1));
    JsonObject ended = http.get(url).json();
    assertThat(ended.string("status")).isEqualTo("failed");
    assertThat(ended.string("message")).contains("Failed to identify the file");
    Http.Answer text = http.get("/video_convert=preset:webm/" + picked("/Documents/notes.txt"));
    assertThat(text.status()).isEqualTo(400);
  }

  @Test
  void aForcedJobIsNotEndedByTheOneBefore() {
    Tools.require("ffmpeg", "ffmpeg");
    String url = "/video_convert=preset:mp3/" + picked("/Music/waves.wav");
    http.get(url);
    simulator.clock().advance(Duration.ofSeconds(20));
    String forced =
        http.get(url.replace("preset:mp3", "preset:mp3,force:true")).json().string("uuid");
    simulator.clock().advance(Duration.ofSeconds(15));
    assertThat(http.get(url).json().string("status")).isEqualTo("pending");
    assertThat(http.get(url).json().string("uuid")).isEqualTo(forced);
    simulator.clock().advance(Duration.ofSeconds(15));
    assertThat(http.get(url).json().string("status")).isEqualTo("completed");
    Http.Answer into =
        http.get(
            "/video_convert=preset:mp3,container:media,path:%22out/%22,clip_length:00:00:01/"
                + picked("/Music/waves.wav"));
    assertThat(into.status()).as(into.text()).isEqualTo(200);
    simulator.clock().advance(Duration.ofMinutes(1));
    assertThat(http.get("/_simulator/api/objects?container=media").json().objects("objects"))
        .hasSize(1);
    assertThat(http.get("/video_convert=preset:mp3/store/" + picked("/Music/waves.wav")).status())
        .isEqualTo(400);
  }

  @Test
  void whatAFailedChainComputedIsToldByTheNext() {
    String handle = picked("/Pictures/logo.png");
    assertThat(http.get("/resize=width:34/store=base64decode:true/" + handle).status())
        .isEqualTo(400);
    assertThat(events("fp.converse")).isEmpty();
    assertThat(http.get("/resize=width:34/" + handle).status()).isEqualTo(200);
    assertThat(events("fp.converse")).hasSize(1);
    http.get("/content/" + handle);
    assertThat(events("fp.converse")).hasSize(1);
  }

  @Test
  void severalSourcesNeedATaskThatTakesThem() {
    String one = picked("/Pictures/logo.png");
    assertThat(http.get("/resize=width:10/%5B" + one + "," + one + "%5D").status()).isEqualTo(400);
    String other = stored("o.txt", "text/plain", "instead".getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/fallback=handle:" + other + "/resize=heigt:10/" + one).text())
        .isEqualTo("instead");
  }

  // --- workflows

  @Test
  void workflows() {
    String handle = picked("/Pictures/logo.png");
    String id = "00000000-0000-4000-8000-000000000001";
    assertThat(http.get("/run_workflow=id:" + id + "/" + handle).status()).isEqualTo(403);
    String signed = security("\"runWorkflow\",\"store\",\"convert\"");
    JsonObject job = http.get(signed + "/run_workflow=id:" + id + "/" + handle).json();
    assertThat(job.string("status")).isEqualTo("Started");
    String status = signed + "/workflow_status=job_id:" + job.string("jobid") + "/" + handle;
    assertThat(http.get(status).json().string("status")).isEqualTo("Started");
    simulator.clock().advance(Duration.ofSeconds(2));
    assertThat(http.get(status).json().string("status")).isEqualTo("Finished");
    assertThat(events("fs.workflow")).hasSize(1);
    JsonObject text = events("fs.workflow").get(0).object("text");
    assertThat(text.string("workflow")).isEqualTo(id);
    assertThat(text.strings("sources")).containsExactly(handle);
    JsonObject stored =
        http.get(signed + "/store=filename:w.png,workflows:%5B" + id + "%5D/" + handle).json();
    assertThat(stored.object("workflows").object(id).has("jobid")).isTrue();
  }
}
