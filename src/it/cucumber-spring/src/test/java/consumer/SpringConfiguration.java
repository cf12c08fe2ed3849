package consumer;

import io.cucumber.spring.CucumberContextConfiguration;
import org.springframework.test.context.ContextConfiguration;

@CucumberContextConfiguration
@ContextConfiguration(classes = SpringConfiguration.Beans.class)
public class SpringConfiguration {
  static class Beans {}
}
