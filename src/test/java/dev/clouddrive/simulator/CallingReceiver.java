package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.http.HttpServer;
import dev.clouddrive.simulator.internal.http.Response;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A receiver that, while it is being called, calls the simulator: to read, and to move the clock.
 */
final class CallingReceiver implements AutoCloseable {
  private final List<Integer> reads = new CopyOnWriteArrayList<>();
  private final List<Integer> moves = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private int calls;

  CallingReceiver(Http simulator) throws BindException {
    server =
        HttpServer.start(
            "127.0.0.1",
            0,
            HttpServer.Limits.DEFAULT,
            request -> {
              reads.add(simulator.get("/_simulator/api/deliveries").status());
              // The first call may come before the clock is moved, and then a move has to wait for
              // it.
              if (calls++ > 0) {
                moves.add(simulator.control("POST", "clock/advance", "{\"by\":\"PT1S\"}").status());
                moves.add(simulator.control("POST", "clock/settle", "").status());
              }
              return Response.of(503);
            });
  }

  String url() {
    return server.url() + "/hook";
  }

  List<Integer> reads() {
    return reads;
  }

  List<Integer> moves() {
    return moves;
  }

  @Override
  public void close() {
    server.close();
  }
}
