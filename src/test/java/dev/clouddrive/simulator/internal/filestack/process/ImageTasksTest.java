package dev.clouddrive.simulator.internal.filestack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels of converted pictures: each quarter of the source has a colour of its own. */
final class ImageTasksTest {

  /** Red and green above, blue and white below; 40 × 20. */
  private static byte[] quarters() throws IOException {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      graphics.setColor(colors[i]);
      graphics.fillRect(i % 2 * 20, i / 2 * 10, 20, 10);
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static BufferedImage converted(String tasks) throws IOException {
    List<Task> chain =
        new ChainParser(key -> false).ofUrl(tasks + "/stoSimHandle00000001", "").tasks();
    Picture picture =
        Picture.decode(new ByteArrayInputStream(quarters()), "image/png", (w, h) -> {});
    return ImageIO.read(
        new ByteArrayInputStream(new ImageTasks(new ImageMemory()).run(picture, chain).content()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resize=width:20                      | 20 | 10 | ff0000 | 00ff00 | 0000ff | ffffff
          crop=dim:[0,0,20,10]                 | 20 | 10 | ff0000 | ff0000 | ff0000 | ff0000
          crop=dim:[20,10,20,10]               | 20 | 10 | ffffff | ffffff | ffffff | ffffff
          crop=dim:[10,5,500,500]              | 30 | 15 | ff0000 | 00ff00 | 0000ff | ffffff
          rotate=deg:90                        | 20 | 40 | 0000ff | ff0000 | ffffff | 00ff00
          rotate=deg:180                       | 40 | 20 | ffffff | 0000ff | 00ff00 | ff0000
          rotate=deg:270                       | 20 | 40 | 00ff00 | ffffff | ff0000 | 0000ff
          resize=w:10,h:10,f:crop,a:left       | 10 | 10 | ff0000 | ff0000 | 0000ff | 0000ff
          resize=w:10,h:10,f:crop,a:[top,right]| 10 | 10 | 00ff00 | 00ff00 | ffffff | ffffff
          resize=w:10,h:10,f:scale             | 10 | 10 | ff0000 | 00ff00 | 0000ff | ffffff
          rotate=deg:45,background:ff00ff      | 42 | 42 | ff00ff | ff00ff | ff00ff | ff00ff
          """)
  void theCornersAreWhereTheyBelong(
      String tasks, int width, int height, String nw, String ne, String sw, String se)
      throws IOException {
    BufferedImage image = converted(tasks);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    assertThat(corner(image, 0, 0)).isEqualTo(nw);
    assertThat(corner(image, width - 1, 0)).isEqualTo(ne);
    assertThat(corner(image, 0, height - 1)).isEqualTo(sw);
    assertThat(corner(image, width - 1, height - 1)).isEqualTo(se);
  }

  private static String corner(BufferedImage image, int x, int y) {
    return String.format("%06x", image.getRGB(x, y) & 0xFFFFFF);
  }

  @Test
  void aTurnedPictureIsTransparentWhereNothingIs() throws IOException {
    assertThat(converted("rotate=deg:45").getRGB(0, 0) >>> 24).isZero();
  }
}
