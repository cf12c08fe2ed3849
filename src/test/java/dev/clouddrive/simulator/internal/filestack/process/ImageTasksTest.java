package dev.clouddrive.simulator.internal.filestack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.image.ImageEngine;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Insight;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every image task, by the pixels that it makes: each quarter of the source has its colour. */
final class ImageTasksTest {
  private static final Insight FACES =
      new Insight("*", Map.of("faces", List.of(List.of(20, 0, 20, 10))));

  private final BlobStore blobs = new BlobStore();
  private final ImageEngine engine = new ImageEngine();

  @AfterEach
  void close() {
    blobs.close();
  }

  /** Red and green above, blue and white below; 40 × 20. */
  private static BufferedImage quarters() {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      graphics.setColor(colors[i]);
      graphics.fillRect(i % 2 * 20, i / 2 * 10, 20, 10);
    }
    graphics.dispose();
    return image;
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private FileContent content(String name, String type, byte[] bytes) {
    Blob blob = blobs.of(bytes);
    return new FileContent(name, type, blob.size(), blob.etag(), Instant.EPOCH, blob::body);
  }

  private FileContent png() throws IOException {
    return content("q.png", "image/png", file(quarters(), "png"));
  }

  private Artifact.Rendered run(String tasks, FileContent... sources) throws IOException {
    Chain parsed = new ChainParser(key -> false).ofUrl(tasks + "/stoSimHandle00000001", "");
    parsed.requireSound();
    List<Task> chain = parsed.conversions();
    Workbench bench =
        new Workbench(
            blobs, List.of(sources), name -> png(), FACES, false, t -> "https://e.test/" + t);
    Artifact artifact = new SourceFile(sources[0]);
    for (Task task : chain) {
      assertThat(engine.does(task, artifact)).as(task.name()).isTrue();
      artifact = engine.apply(task, artifact, bench);
    }
    return artifact.render(bench);
  }

  private BufferedImage converted(String tasks) throws IOException {
    try (InputStream in = run(tasks, png()).blob().body().openStream()) {
      return ImageIO.read(in);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resize=width:20                      | 20 | 10 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          resize=w:10,h:10,f:max               | 10 |  5 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          resize=w:100,h:100,f:max             | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          crop=dim:[0,0,20,10]                 | 20 | 10 | ffff0000 | ffff0000 | ffff0000 | ffff0000
          crop=dim:[20,10,20,10]               | 20 | 10 | ffffffff | ffffffff | ffffffff | ffffffff
          crop=dim:[10,5,500,500]              | 30 | 15 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          rotate=deg:90                        | 20 | 40 | ff0000ff | ffff0000 | ffffffff | ff00ff00
          rotate=deg:180                       | 40 | 20 | ffffffff | ff0000ff | ff00ff00 | ffff0000
          rotate=deg:270                       | 20 | 40 | ff00ff00 | ffffffff | ffff0000 | ff0000ff
          rotate=deg:45,background:ff00ff      | 42 | 42 | ffff00ff | ffff00ff | ffff00ff | ffff00ff
          rotate=deg:45                        | 42 | 42 | 00000000 | 00000000 | 00000000 | 00000000
          resize=w:10,h:10,f:crop,a:left       | 10 | 10 | ffff0000 | ffff0000 | ff0000ff | ff0000ff
          resize=w:10,h:10,f:crop,a:[top,right]| 10 | 10 | ff00ff00 | ff00ff00 | ffffffff | ffffffff
          resize=w:10,h:10,f:scale             | 10 | 10 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          flip                                 | 40 | 20 | ff0000ff | ffffffff | ffff0000 | ff00ff00
          flop                                 | 40 | 20 | ff00ff00 | ffff0000 | ffffffff | ff0000ff
          upscale                              | 80 | 40 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          smart_crop=w:20,h:20                 | 20 | 20 | ff00ff00 | ff00ff00 | ffffffff | ffffffff
          monochrome                           | 40 | 20 | ff4c4c4c | ff969696 | ff1d1d1d | ffffffff
          negative                             | 40 | 20 | ff00ffff | ffff00ff | ffffff00 | ff000000
          blackwhite=threshold:50              | 40 | 20 | ff000000 | ffffffff | ff000000 | ffffffff
          sepia=tone:100                       | 40 | 20 | ff645945 | ffc4af88 | ff302b21 | ffffffef
          modulate=saturation:0                | 40 | 20 | ffffffff | ffffffff | ffffffff | ffffffff
          modulate=brightness:0                | 40 | 20 | ff000000 | ff000000 | ff000000 | ff000000
          modulate=hue:120                     | 40 | 20 | ff00ff00 | ff0000ff | ffff0000 | ffffffff
          blur=amount:2                        | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          sharpen=amount:5                     | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          pixelate=amount:10                   | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          oil_paint=amount:2                   | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          border=width:3,color:0000ff          | 46 | 26 | ff0000ff | ff0000ff | ff0000ff | ff0000ff
          border                               | 44 | 24 | ff000000 | ff000000 | ff000000 | ff000000
          rounded_corners=radius:8             | 40 | 20 | 00000000 | 00000000 | 00000000 | 00000000
          rounded_corners=r:max,background:snow         | 40 | 20 | fffffafa | fffffafa | fffffafa | fffffafa
          circle                               | 20 | 20 | 00000000 | 00000000 | 00000000 | 00000000
          circle=background:ff0000             | 20 | 20 | ffff0000 | ffff0000 | ffff0000 | ffff0000
          polaroid                             | 48 | 40 | fffffafa | fffffafa | fffffafa | fffffafa
          torn_edges=spread:[2,4]              | 40 | 20 | 00000000 | 00000000 | 00000000 | 00000000
          shadow=blur:0,vector:[4,4],opacity:100| 44 | 24 | ffff0000 | 00000000 | 00000000 | ff000000
          crop_faces                           | 20 | 10 | ff00ff00 | ff00ff00 | ff00ff00 | ff00ff00
          crop_faces=buffer:5                  | 25 | 15 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          detect_faces=color:000000            | 40 | 20 | ffff0000 | ff000000 | ff0000ff | ffffffff
          pixelate_faces=amount:40             | 40 | 20 | ffff0000 | ff7f7f7f | ff0000ff | ffffffff
          partial_pixelate=objects:[[0,0,20,10]],amount:40 | 40 | 20 | ff7f7f7f | ff00ff00 | ff0000ff | ffffffff
          watermark=file:wmkSimHandle00000001,size:50,position:[bottom,right] | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          watermark=file:wmkSimHandle00000001,size:50,position:[top,left] | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          collage=files:[wmkSimHandle00000001],width:100,height:60,margin:10,color:ff00ff | 100 | 60 | ffff00ff | ffff00ff | ffff00ff | ffff00ff
          redeye                               | 40 | 20 | ff000000 | ff00ff00 | ff0000ff | ffffffff
          enhance                              | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          compress                             | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          no_metadata                          | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          output=format:bmp                    | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          output=format:tiff                   | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          output=format:gif                    | 40 | 20 | ffff0000 | ff00ff00 | ff0000ff | ffffffff
          """)
  void theCornersAreWhereTheyBelong(
      String tasks, int width, int height, String nw, String ne, String sw, String se)
      throws IOException {
    BufferedImage image = converted(tasks);
    assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(width, height));
    assertThat(corners(image)).isEqualTo(List.of(nw, ne, sw, se));
  }

  private static List<String> corners(BufferedImage image) {
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    return List.of(
        pixel(image, 0, 0),
        pixel(image, right, 0),
        pixel(image, 0, bottom),
        pixel(image, right, bottom));
  }

  private static String pixel(BufferedImage image, int x, int y) {
    int argb = image.getRGB(x, y);
    return argb >>> 24 == 0 ? "00000000" : String.format("%08x", argb);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          watermark=file:wmkSimHandle00000001,size:50,position:[top,left] | 12 | 2 | ff00ff00
          watermark=file:wmkSimHandle00000001,size:50,position:[bottom,right] | 22 | 12 | ffff0000
          watermark=file:wmkSimHandle00000001,size:50 | 12 | 7 | ffff0000
          circle | 10 | 10 | ffffffff
          rounded_corners=radius:8 | 10 | 5 | ffff0000
          border=width:3,color:0000ff | 3 | 3 | ffff0000
          circle/border=width:1,background:00ff00 | 1 | 1 | ff00ff00
          circle/border=width:1 | 1 | 1 | 00000000
          polaroid | 4 | 4 | ffff0000
          partial_blur=objects:[[15,5,10,10]],amount:4,type:oval | 2 | 2 | ffff0000
          partial_pixelate=objects:[[0,0,20,10]],amount:10,type:oval | 0 | 0 | ffff0000
          collage=files:[wmkSimHandle00000001],width:100,height:60,margin:10,color:ff00ff,fit:crop | 11 | 11 | ffff0000
          """)
  void theyDoWhatTheySayInTheMiddleToo(String tasks, int x, int y, String pixel)
      throws IOException {
    assertThat(pixel(converted(tasks), x, y)).isEqualTo(pixel);
  }

  @Test
  void aBlurMixesNeighbours() throws IOException {
    BufferedImage image = converted("blur=amount:3");
    int border = image.getRGB(20, 2);
    assertThat(border >> 16 & 0xFF).isBetween(60, 200);
    assertThat(border >> 8 & 0xFF).isBetween(60, 200);
    int partly = converted("partial_blur=objects:[[10,0,20,10]],amount:3").getRGB(20, 2);
    assertThat(partly >> 16 & 0xFF).isBetween(40, 210);
  }

  @Test
  void roundedCornersCanBeSoft() throws IOException {
    assertThat(halfGone(converted("rounded_corners=radius:10,blur:4")))
        .isGreaterThan(2 * halfGone(converted("rounded_corners=radius:10,blur:0")));
    BufferedImage soft = converted("rounded_corners=radius:5,blur:1");
    assertThat(pixel(soft, 20, 0)).as("a straight side stays sharp").startsWith("ff");
  }

  private static int halfGone(BufferedImage image) {
    int count = 0;
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int alpha = image.getRGB(i % image.getWidth(), i / image.getWidth()) >>> 24;
      count += alpha > 0 && alpha < 255 ? 1 : 0;
    }
    return count;
  }

  @Test
  void aVignetteDarkensTheCorners() throws IOException {
    BufferedImage image = converted("vignette=amount:80");
    assertThat(image.getRGB(0, 0) >> 16 & 0xFF).isLessThan(100);
    assertThat(image.getRGB(18, 9) >> 16 & 0xFF).isGreaterThan(240);
  }

  @ParameterizedTest
  @CsvSource({
    "jpg,image/jpeg,q.jpg",
    "pjpg,image/jpeg,q.jpg",
    "gif,image/gif,q.gif",
    "webp,image/webp,q.webp",
    "bmp,image/bmp,q.bmp",
    "tiff,image/tiff,q.tiff",
    "png,image/png,q.png"
  })
  void everyFormatIsWrittenAndReadAgain(String format, String type, String name)
      throws IOException {
    Artifact.Rendered made = run("output=format:" + format, png());
    assertThat(made.mimetype()).isEqualTo(type);
    assertThat(made.filename()).isEqualTo(name);
    byte[] bytes = made.blob().body().readAll(1_000_000);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(image.getWidth()).isEqualTo(40);
    Artifact.Rendered again = run("resize=width:20", content("q." + format, type, bytes));
    assertThat(again.mimetype()).isEqualTo(type);
  }

  @Test
  void qualityAndProgressAreTheJpegs() throws IOException {
    BufferedImage noise = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40_000; i++) {
      noise.setRGB(i % 200, i / 200, i * 2_654_435 & 0xFFFFFF);
    }
    FileContent source = content("n.jpg", "image/jpeg", file(noise, "jpg"));
    long low = run("quality=value:10", source).blob().size();
    long high = run("output=quality:95", source).blob().size();
    assertThat(low * 2).isLessThan(high);
    byte[] progressive = run("pjpg", source).blob().body().readAll(1_000_000);
    // SOF2 stands where a baseline JPEG has SOF0 (ITU-T T.81, table B.1).
    assertThat(markers(progressive)).contains(0xC2).doesNotContain(0xC0);
  }

  private static List<Integer> markers(byte[] jpeg) {
    List<Integer> markers = new ArrayList<>();
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      markers.add(marker);
      if (marker == 0xDA) {
        break;
      }
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
    }
    return markers;
  }

  @Test
  void exifGoesAlongUnlessItIsToGo() throws IOException {
    byte[] beach;
    try (InputStream in =
        ImageTasksTest.class
            .getClassLoader()
            .getResourceAsStream("dev/clouddrive/simulator/sample/beach.jpg")) {
      beach = in.readAllBytes();
    }
    FileContent source = content("beach.jpg", "image/jpeg", beach);
    assertThat(text(run("resize=width:100", source))).contains("Exif", "Camera 1");
    for (String tasks :
        List.of("no_metadata", "compress", "rotate=deg:exif", "output=strip:true", "pjpg")) {
      assertThat(text(run(tasks, source))).as(tasks).doesNotContain("Camera 1");
    }
    assertThat(text(run("compress=metadata:true", source))).contains("Camera 1");
  }

  private static String text(Artifact.Rendered made) throws IOException {
    return new String(made.blob().body().readAll(10_000_000), StandardCharsets.ISO_8859_1);
  }

  @Test
  void anAnimationKeepsItsFrames() throws IOException {
    Artifact.Rendered made =
        run("animate=delay:200,loop:3,width:30,height:30", png(), png(), png());
    assertThat(made.mimetype()).isEqualTo("image/gif");
    byte[] gif = made.blob().body().readAll(1_000_000);
    assertThat(frames(gif)).isEqualTo(3);
    assertThat(new String(gif, StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
    FileContent moving = content("a.gif", "image/gif", gif);
    Artifact.Rendered smaller = run("resize=width:15/flip", moving);
    assertThat(frames(smaller.blob().body().readAll(1_000_000))).isEqualTo(3);
    assertThat(frames(run("output=format:png", moving).blob().body().readAll(1_000_000)))
        .isEqualTo(1);
  }

  private static int frames(byte[] image) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      return reader.getNumImages(true);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          imagesize | {"width":40,"height":20}
          tags | {"tags":{"auto":{"red":90,"landscape":80},"user":null}}
          sfw | {"sfw":true}
          copyright | {"copyright":false}
          detect_faces=export:true | {"faces":[{"x":20,"y":0,"width":20,"height":10}]}
          doc_detection | {"coords":[[0,0],[40,0],[40,20],[0,20]]}
          image_sentiment | {"emotions":[]}
          resize=width:20/imagesize | {"width":20,"height":10}
          """)
  void findingsAreJson(String tasks, String json) throws IOException {
    Artifact.Rendered made = run(tasks, png());
    assertThat(made.mimetype()).isEqualTo("application/json");
    assertThat(Json.parseValue(made.blob().body().readAll(10_000)))
        .isEqualTo(Json.parseValue(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void asciiIsAPage() throws IOException {
    Artifact.Rendered made = run("ascii=size:20,reverse:true", png());
    assertThat(made.mimetype()).isEqualTo("text/html");
    assertThat(text(made)).contains("<pre").contains("@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resize",
        "resize=width:10001",
        "resize=heigt:1",
        "crop=dim:[1,2,3]",
        "rotate=deg:360",
        "blur=amount:21",
        "border=color:notacolor",
        "partial_blur=objects:[]",
        "watermark",
        "collage=width:10",
        "quality=value:0",
        "sepia=tone:101",
        "torn_edges=spread:[1]",
        "unknown=x:1"
      })
  void whatATaskDoesNotTakeIsRefused(String tasks) {
    assertThatThrownBy(() -> run(tasks, png()))
        .isInstanceOf(ProcessException.class)
        .hasMessageMatching("(invalid|missing) (parameter|task) `.*`.*");
  }

  @Test
  void damagedAndMislabelledFilesAreRefused() throws IOException {
    byte[] png = file(quarters(), "png");
    byte[] cut = Arrays.copyOf(png, png.length / 2);
    for (FileContent source :
        List.of(
            content("a.png", "image/png", cut),
            content("a.jpg", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8)),
            content("a.png", "image/png", new byte[0]))) {
      assertThatThrownBy(() -> run("resize=width:10", source))
          .isInstanceOf(ProcessException.class)
          .hasMessage("Failed to identify the file, probably corrupted image provided");
    }
    assertThatThrownBy(
            () -> run("resize=width:10", content("a.jp2", "image/jp2", new byte[] {0, 0, 0, 12})))
        .hasMessage("image/jp2 conversions are not supported");
    // A PNG that calls itself a JPEG is converted as what it is.
    assertThat(run("resize=width:10", content("a.jpg", "image/jpeg", png)).mimetype())
        .isEqualTo("image/png");
  }

  @Test
  void aBombIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] png = file(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png");
    // Width and height of the header (PNG, 11.2.2) are made 50,000, and its checksum right.
    for (int at : new int[] {16, 20}) {
      png[at + 2] = (byte) (50_000 >> 8);
      png[at + 3] = (byte) 50_000;
    }
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (crc.getValue() >> 24 - 8 * i);
    }
    assertThatThrownBy(() -> run("resize=width:10", content("b.png", "image/png", png)))
        .isInstanceOf(ProcessException.class)
        .hasMessage("Output size limit exceeded");
    assertThatThrownBy(() -> run("resize=width:10000,height:10000/upscale/upscale", png()))
        .isInstanceOf(ProcessException.class);
  }

  @Test
  void whatWasWrittenWithExifIsReadAgain() throws IOException {
    FileContent turned = content("t.jpg", "image/jpeg", held(6));
    Artifact.Rendered once = run("resize=width:30", turned);
    byte[] bytes = once.blob().body().readAll(1_000_000);
    assertThat(markers(bytes).subList(0, 2)).containsExactly(0xE0, 0xE1);
    FileContent again = content("t.jpg", "image/jpeg", bytes);
    BufferedImage upright = read(run("rotate=deg:exif", again));
    assertThat(upright.getWidth()).isLessThan(upright.getHeight());
  }

  /** A JPEG of 40 × 20 whose camera was held as EXIF says. */
  private static byte[] held(int orientation) throws IOException {
    byte[] jpeg = file(quarters(), "jpg");
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static BufferedImage read(Artifact.Rendered made) throws IOException {
    try (InputStream in = made.blob().body().openStream()) {
      return ImageIO.read(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"output=format:png", "compress", "no_metadata", "rotate=deg:exif"})
  void aPictureThatLosesItsNoteStandsUpright(String tasks) throws IOException {
    BufferedImage image = read(run(tasks, content("t.jpg", "image/jpeg", held(6))));
    assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(20, 40));
  }

  @Test
  void turningByDegreesBeginsUpright() throws IOException {
    BufferedImage image = read(run("rotate=deg:90", content("t.jpg", "image/jpeg", held(6))));
    assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(40, 20));
    assertThat(converted("rotate=exif:false").getWidth()).isEqualTo(40);
  }

  @Test
  void greyIsNotLinearLight() throws IOException {
    for (boolean alpha : new boolean[] {true, false}) {
      WritableRaster raster =
          Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 4, 4, alpha ? 2 : 1, null);
      ColorModel model =
          new ComponentColorModel(
              ColorSpace.getInstance(ColorSpace.CS_GRAY),
              alpha,
              false,
              alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
              DataBuffer.TYPE_BYTE);
      for (int i = 0; i < 16; i++) {
        raster.setPixel(i % 4, i / 4, alpha ? new int[] {128, 255} : new int[] {128});
      }
      byte[] png = file(new BufferedImage(model, raster, false, null), "png");
      int pixel =
          read(run("resize=w:4", content("g.png", "image/png", png))).getRGB(1, 1) & 0xFFFFFF;
      assertThat(String.format("%06x", pixel)).isEqualTo("808080");
    }
  }

  @Test
  void aTinyBlurIsTiny() throws IOException {
    BufferedImage image = converted("blur=amount:0.01");
    assertThat(pixel(image, 19, 2)).isEqualTo("ffff0000");
    int mixed = converted("blur=amount:1").getRGB(19, 2);
    assertThat(mixed >> 16 & 0xFF).isBetween(130, 230);
  }

  @Test
  void truncatedFilesOfEveryFormatAreRefusedOrRead() throws IOException {
    Artifact.Rendered moving = run("animate=delay:100", png(), png(), png());
    byte[] animated = moving.blob().body().readAll(1_000_000);
    for (String format : List.of("jpg", "png", "gif", "bmp", "tiff", "webp")) {
      byte[] whole = run("output=format:" + format, png()).blob().body().readAll(1_000_000);
      for (byte[] bytes : List.of(whole, animated)) {
        for (int cut = 1; cut < bytes.length; cut += Math.max(1, bytes.length / 40)) {
          FileContent source =
              content("c." + format, "image/" + format, Arrays.copyOf(bytes, bytes.length - cut));
          try {
            assertThat(run("resize=width:10", source).blob().size()).isPositive();
          } catch (ProcessException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        }
      }
    }
  }

  @Test
  void framesCountInMemory() throws IOException {
    List<FileContent> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(png());
    }
    byte[] gif =
        run("animate=delay:100,width:2,height:2", many.toArray(FileContent[]::new))
            .blob()
            .body()
            .readAll(1_000_000);
    assertThatThrownBy(
            () ->
                run("resize=width:9000,height:9000,fit:scale", content("m.gif", "image/gif", gif)))
        .isInstanceOf(ProcessException.class)
        .hasMessage("Output size limit exceeded");
  }

  @Test
  void theSizeIsToldWithoutDecoding() throws IOException {
    byte[] png = file(quarters(), "png");
    byte[] header = Arrays.copyOf(png, 60);
    assertThat(text(run("imagesize", content("h.png", "image/png", header))))
        .isEqualTo("{\"width\":40,\"height\":20}");
  }
}
