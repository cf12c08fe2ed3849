package dev.clouddrive.simulator.internal.amazon.drive;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

final class NodeFilterProperties {
  private static final String SPECIAL = "+-&|!(){}[]^'\"~*?:\\ ";

  @Property
  void anyTextIsAFilterOrASyntaxError(@ForAll @StringLength(max = 200) String text) {
    parses(text);
    parses("name:" + text);
    parses("name:\"" + text);
    parses("createdDate:[" + text);
  }

  @Property
  void textOfTheGrammarsOwnCharactersToo(
      @ForAll
          @Chars({'"', '\\', ':', '[', ']', '(', '*', ' ', 'a', 'A', 'N', 'D', 'O', 'R', 'T'})
          @StringLength(max = 60)
          String text) {
    parses(text);
    parses("name:" + text + " AND kind:FILE");
  }

  private static void parses(String text) {
    try {
      assertThat(NodeFilter.parse(text).predicate(node -> false)).isNotNull();
    } catch (NodeFilter.SyntaxException expected) {
      assertThat(expected).hasMessageStartingWith("Invalid filter: ");
    }
  }

  @Property
  void anEscapedNameIsThatName(@ForAll @StringLength(min = 1, max = 60) String name)
      throws Exception {
    StringBuilder escaped = new StringBuilder();
    for (char c : name.toCharArray()) {
      escaped.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    assertThat(NodeFilter.parse("parents:\"p\" AND name:\"" + escaped + "\"").name())
        .contains(name);
    assertThat(NodeFilter.parse("parents:p AND name:" + escaped).name()).contains(name);
  }
}
