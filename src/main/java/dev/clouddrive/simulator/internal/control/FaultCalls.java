package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.fault.Fault;
import dev.clouddrive.simulator.internal.fault.FaultReader;
import dev.clouddrive.simulator.internal.fault.Faults;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Faults by operation (simulator.md section 5). */
final class FaultCalls {
  private final World world;
  private final Faults faults;
  private final Supplier<List<Operation>> operations;

  FaultCalls(World world, Faults faults, Supplier<List<Operation>> operations) {
    this.world = world;
    this.faults = faults;
    this.operations = operations;
  }

  Response list(Request request) {
    return Response.json(200, faults.all().stream().map(FaultReader::json).toList());
  }

  Response create(Request request) throws IOException {
    List<String> names = new ArrayList<>();
    for (Operation operation : operations.get()) {
      if (!operation.role().hosts().isEmpty()) {
        names.add(operation.name());
      }
    }
    names.add(Faults.WEBHOOK_DELIVER);
    Fault fault = FaultReader.read(world.ids().token("flt_", 16), Bodies.json(request), names);
    try {
      faults.add(fault);
    } catch (IllegalStateException e) {
      throw new ControlException(409, String.valueOf(e.getMessage()));
    }
    return Response.json(201, FaultReader.json(fault));
  }

  Response clear(Request request) {
    faults.clear();
    return Response.of(204);
  }

  Response delete(Request request) {
    String id = request.variable("id");
    if (!faults.remove(id)) {
      throw new ControlException(404, "there is no fault " + id + "; list faults");
    }
    return Response.of(204);
  }
}
