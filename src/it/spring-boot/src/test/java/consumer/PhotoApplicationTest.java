package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.junit.CloudDriveExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PhotoApplicationTest {
  @RegisterExtension
  static final CloudDriveExtension cloudDrive =
      CloudDriveExtension.of(CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z"));

  @DynamicPropertySource
  static void filestack(DynamicPropertyRegistry registry) {
    registry.add("filestack.url", () -> cloudDrive.simulator().baseUrl());
  }

  @Autowired TestRestTemplate application;

  @Test
  void aPhotoIsShownOnceItsWebhookHasArrived(CloudDriveSimulator simulator, FilestackApp app) {
    app.webhooks().subscribe(application.getRootUri() + "/hook", EventType.UPLOAD);
    String handle = app.pick(simulator.account(), "/Pictures/beach.jpg").file().handle();
    assertThat(application.getForObject("/photos", String[].class)).isEmpty();
    simulator.clock().advance(Duration.ofMinutes(5));
    assertThat(application.getForObject("/photos", String[].class)).containsExactly(handle);
    ResponseEntity<byte[]> photo = application.getForEntity("/photos/" + handle, byte[].class);
    assertThat(photo.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_JPEG);
    assertThat(photo.getBody()).hasSizeLessThan(20_000);
  }
}
