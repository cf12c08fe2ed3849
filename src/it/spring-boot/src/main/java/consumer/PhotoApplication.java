package consumer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Shows pictures that its users have picked, in a small size, once Filestack has told of them. */
@SpringBootApplication
@RestController
public class PhotoApplication {
  private final List<String> known = new CopyOnWriteArrayList<>();
  private final RestClient filestack;
  private boolean starting = true;

  PhotoApplication(@Value("${filestack.url}") String url) {
    this.filestack = RestClient.create(url);
  }

  public static void main(String[] args) {
    SpringApplication.run(PhotoApplication.class, args);
  }

  /** The first webhook comes too early. */
  @PostMapping("/hook")
  ResponseEntity<Void> hook(@RequestBody Map<String, Object> event) {
    if (starting) {
      starting = false;
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }
    String url = ((Map<?, ?>) event.get("text")).get("url").toString();
    known.add(url.substring(url.lastIndexOf('/') + 1));
    return ResponseEntity.ok().build();
  }

  @GetMapping("/photos")
  List<String> photos() {
    return known;
  }

  @GetMapping("/photos/{handle}")
  ResponseEntity<byte[]> photo(@PathVariable String handle) {
    return filestack.get().uri("/resize=width:100/" + handle).retrieve().toEntity(byte[].class);
  }
}
