package dev.clouddrive.simulator.internal.filestack.process.image;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a code in a picture; loaded only when one is asked for, because the library is optional.
 */
final class QrCode {
  private QrCode() {}

  /** Its kind and its text; empty where no code is found. */
  static Optional<Map<String, String>> read(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    try {
      Result result = new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(source)));
      return Optional.of(
          Map.of("type", result.getBarcodeFormat().name(), "data", result.getText()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
