package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.cucumber.SimulatorContext;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** Steps of the project's own, beside the simulator's. */
public final class AlbumSteps {
  private final SimulatorContext context;
  private final List<String> album = new ArrayList<>();

  public AlbumSteps(SimulatorContext context) {
    this.context = context;
  }

  @When("Alice picks {string} for the album")
  public void picks(String path) {
    CloudDriveSimulator simulator = context.simulator();
    simulator.app().pick(simulator.account("alice@example.com"), path);
    album.add(path);
  }

  @Then("the album has been told of {int} photo")
  public void told(int count) {
    assertThat(context.simulator().deliveries().all())
        .hasSize(count)
        .allMatch(delivery -> delivery.attempts().size() == 2);
  }

  @Then("the album shows {string} alone")
  public void shows(String path) {
    assertThat(album).containsExactly(path);
  }
}
