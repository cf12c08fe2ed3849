package dev.clouddrive.simulator.internal.filestack.process.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Node;

/**
 * How a frame of a GIF is shown (GIF89a, 20 and 23).
 *
 * @param disposal what becomes of it, in the words of {@code javax_imageio_gif_image_1.0}
 */
record GifMetadata(int left, int top, int delayMillis, String disposal) {
  private static final String FRAME = "javax_imageio_gif_image_1.0";

  /** Has no attributes and no children. */
  private static final Node NONE = new IIOMetadataNode();

  private static final String STREAM = "javax_imageio_gif_stream_1.0";

  static GifMetadata of(ImageReader reader, int index) throws IOException {
    Node root = reader.getImageMetadata(index).getAsTree(FRAME);
    Node place = child(root, "ImageDescriptor");
    Node control = child(root, "GraphicControlExtension");
    return new GifMetadata(
        number(place, "imageLeftPosition"),
        number(place, "imageTopPosition"),
        number(control, "delayTime") * 10,
        text(control, "disposalMethod"));
  }

  /** Width and height of the whole. */
  static int[] screen(ImageReader reader) throws IOException {
    IIOMetadata stream = reader.getStreamMetadata();
    if (stream != null) {
      Node screen = child(stream.getAsTree(STREAM), "LogicalScreenDescriptor");
      int width = number(screen, "logicalScreenWidth");
      int height = number(screen, "logicalScreenHeight");
      if (width > 0 && height > 0) {
        return new int[] {width, height};
      }
    }
    return new int[] {reader.getWidth(0), reader.getHeight(0)};
  }

  /** How often it is shown; 0 for ever, 1 where it doesn't say. */
  static int loops(ImageReader reader) throws IOException {
    Node extensions = child(reader.getImageMetadata(0).getAsTree(FRAME), "ApplicationExtensions");
    if (extensions instanceof IIOMetadataNode node
        && child(node, "ApplicationExtension") instanceof IIOMetadataNode extension
        && extension.getUserObject() instanceof byte[] data
        && data.length >= 3) {
      return (data[1] & 0xFF) | (data[2] & 0xFF) << 8;
    }
    return 1;
  }

  /** The metadata of a frame that is to be written. */
  static void write(IIOMetadata metadata, int delayMillis, boolean first, int loops)
      throws IOException {
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FRAME);
    IIOMetadataNode control = made(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "restoreToBackgroundColor");
    control.setAttribute("userInputFlag", "FALSE");
    if (control.getAttribute("transparentColorFlag").isEmpty()) {
      control.setAttribute("transparentColorFlag", "FALSE");
      control.setAttribute("transparentColorIndex", "0");
    }
    control.setAttribute("delayTime", Integer.toString(Math.min(65_535, delayMillis / 10)));
    if (first && loops != 1) {
      IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
      extension.setAttribute("applicationID", "NETSCAPE");
      extension.setAttribute("authenticationCode", "2.0");
      extension.setUserObject(new byte[] {1, (byte) loops, (byte) (loops >> 8)});
      made(root, "ApplicationExtensions").appendChild(extension);
    }
    metadata.setFromTree(FRAME, root);
  }

  private static IIOMetadataNode made(IIOMetadataNode root, String name) {
    Node existing = child(root, name);
    if (existing != NONE && existing instanceof IIOMetadataNode node) {
      return node;
    }
    IIOMetadataNode node = new IIOMetadataNode(name);
    root.appendChild(node);
    return node;
  }

  private static Node child(Node node, String name) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(name)) {
        return child;
      }
    }
    return NONE;
  }

  private static String text(Node node, String attribute) {
    Node value = node.getAttributes() == null ? null : node.getAttributes().getNamedItem(attribute);
    return value == null ? "" : value.getNodeValue();
  }

  private static int number(Node node, String attribute) {
    String text = text(node, attribute);
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }
}
