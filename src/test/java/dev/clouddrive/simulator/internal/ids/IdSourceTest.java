package dev.clouddrive.simulator.internal.ids;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdSourceTest {

  @Test
  void theSameSeedGivesTheSameIds() {
    IdSource one = new IdSource(7);
    IdSource other = new IdSource(7);
    assertThat(one.handle()).isEqualTo(other.handle());
    assertThat(one.uuid()).isEqualTo(other.uuid());
    assertThat(new IdSource(8).handle()).isNotEqualTo(new IdSource(7).handle());
  }

  @Test
  void aSavedStateGoesOnWithTheSameIds() {
    IdSource source = new IdSource(1);
    source.nodeId();
    long state = source.state();
    String next = source.nodeId();
    IdSource restored = new IdSource(99);
    restored.restore(state);
    assertThat(restored.nodeId()).isEqualTo(next);
  }

  @Test
  void idsHaveTheVendorsShapes() {
    IdSource ids = new IdSource(3);
    assertThat(ids.nodeId()).matches("[A-Za-z0-9_-]{22}");
    assertThat(ids.eTag()).matches("[A-Za-z0-9_-]{11}");
    assertThat(ids.handle()).matches("[A-Za-z0-9]{20}");
    assertThat(ids.apiKey()).matches("A[A-Za-z0-9]{20}z");
    assertThat(ids.hex(32)).matches("[0-9a-f]{32}");
    assertThat(ids.uuid().version()).isEqualTo(4);
  }
}
