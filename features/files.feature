Feature: Files live on
  What was picked or stored can be read, described, overwritten and removed.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application listens to every event

  @doc-old
  Scenario: A picked picture is described from its bytes
    Given Alice has picked "/Pictures/beach.jpg"
    Then Filestack says of the file that its "mimetype" is "image/jpeg"
    And Filestack says of the file that its "location" is "S3"
    And Filestack says of the file that its "size" is "88961"

  @doc-old
  Scenario: Overwriting keeps the handle
    Given the application has stored "hello" as "n.txt"
    When the application overwrites the file with "changed"
    Then the file reads "changed"
    And the application is told fp.overwrite once, with
      | filename    | n.txt      |
      | mimetype    | text/plain |
      | size        | 7          |
      | isWriteable | true       |

  @guess
  Scenario: Overwriting a symlink changes the file in the user's drive
    Given Alice has picked "/Documents/notes.txt" as a link
    When the application overwrites the file with "from the web"
    Then Alice's file "/Documents/notes.txt" reads "from the web"
    And the application is told fp.overwrite once, with
      | client | Amazon Cloud Drive |

  @doc-old
  Scenario: Removing works once
    Given the application has stored "hello" as "n.txt"
    When the application removes the file
    Then the answer is 200 with "success"
    And the file is gone
    And the application is told fp.delete once
    When the application removes the file
    Then the answer is 404 with "File not found"
    And the application is told fp.delete once

  @guess
  Scenario: Removing a symlink leaves the file in the user's drive
    Given Alice has picked "/Documents/notes.txt" as a link
    When the application removes the file
    Then the file is gone
    And Alice's drive holds "/Documents/notes.txt" with the bytes of Alice's "/Documents/notes.txt"

  @doc-new
  Scenario Outline: Changing a file needs a policy even where security is off
    Given the application has stored "hello" as "n.txt"
    When somebody <does> the file without a policy
    Then the answer is 403 with "This action has been secured by the developer of this website"
    And the file reads "hello"
    And the application is told fp.delete 0 times
    And the application is told fp.overwrite 0 times

    Examples:
      | does       |
      | removes    |
      | overwrites |
