package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Dispatch;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.Interceptor;
import dev.clouddrive.simulator.internal.http.OperationCatalogue;
import dev.clouddrive.simulator.internal.http.Overlay;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.world.World;
import java.util.Arrays;

/** The way of every request, from outside or from within: stubs, operation, handler, journal. */
final class Pipeline implements HttpFunction {
  private final World world;
  private final Journal journal;
  private final Overlay overlay;
  private final Runnable keep;
  private volatile Dispatch dispatch;

  /**
   * @param keep waits until what has changed is kept, where it is
   */
  Pipeline(World world, Journal journal, Overlay overlay, Runnable keep) {
    this.keep = keep;
    this.world = world;
    this.journal = journal;
    this.overlay = overlay;
    this.dispatch = Dispatch.NONE;
  }

  /** Opens the way: before, every request finds nothing. */
  void serve(OperationCatalogue catalogue, Interceptor interceptor) {
    dispatch = new Dispatch(catalogue, interceptor);
  }

  @Override
  public Response handle(Request request) {
    long started = System.nanoTime();
    CapturedBody captured = new CapturedBody(request.body(), Journal.BODY_BYTES);
    Dispatch.Answer answer = answer(request.withBody(captured));
    journal.add(
        new Journal.Entry(
            0,
            world.now(),
            answer.operation(),
            request.method(),
            url(request),
            request.isInternal(),
            answer.response().status(),
            (System.nanoTime() - started) / 1_000,
            request.headers(),
            captured.captured(),
            answer.response().headers(),
            excerpt(answer.response().body())));
    return request.isInternal() ? answer.response() : kept(request, answer.response());
  }

  /** Nobody is told of what could still be lost. */
  private Response kept(Request request, Response response) {
    try {
      keep.run();
      return response;
    } catch (IllegalStateException e) {
      return dispatch.failed(request);
    }
  }

  private Dispatch.Answer answer(Request request) {
    String path = request.rawPath();
    if (path.startsWith("/_simulator") || path.startsWith("/__admin")) {
      return dispatch.answer(request);
    }
    Overlay.Outcome stubbed = overlay.answer(request);
    return stubbed
        .answered()
        .map(response -> dispatch.stubbed(request, response))
        .orElseGet(() -> dispatch.answer(stubbed.request()));
  }

  private static String url(Request request) {
    return request.origin()
        + request.rawPath()
        + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
  }

  private static byte[] excerpt(Body body) {
    if (!(body instanceof Body.Bytes bytes)) {
      return new byte[0];
    }
    return bytes.content().length <= Journal.BODY_BYTES
        ? bytes.content()
        : Arrays.copyOf(bytes.content(), Journal.BODY_BYTES);
  }
}
