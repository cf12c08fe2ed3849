package dev.clouddrive.simulator.internal.filestack.process.code;

import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.handler.DoNothingCSSParseExceptionCallback;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.DoNothingCSSParseErrorHandler;
import com.helger.css.writer.CSSWriter;
import com.helger.css.writer.CSSWriterSettings;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;

/** Loaded only when a style sheet is met, because the library is optional. */
final class StyleSheet {
  private StyleSheet() {}

  static String minified(String css) throws ProcessException {
    CascadingStyleSheet sheet =
        CSSReader.readFromStringReader(
            css,
            new CSSReaderSettings()
                .setCustomErrorHandler(new DoNothingCSSParseErrorHandler())
                .setCustomExceptionHandler(new DoNothingCSSParseExceptionCallback()));
    if (sheet == null) {
      throw ProcessException.provider("the style sheet can't be read");
    }
    return new CSSWriter(new CSSWriterSettings(true))
        .setWriteHeaderText(false)
        .getCSSAsString(sheet);
  }
}
