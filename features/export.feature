Feature: Saving a file into Amazon Cloud Drive
  The other way round: a user saves a file of the application into their drive. The file arrives
  there through Amazon's own API, and the application gets a link to it where it is.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And Alice has picked "/Pictures/beach.jpg"
    And the application listens to every event

  @seed
  Scenario: A file is saved under a new name
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then Bob's drive holds "/newFiletest.jpg" with the bytes of Alice's "/Pictures/beach.jpg"
    And the application gets the saved file "newFiletest.jpg" at "Amazon Cloud Drive"
    And the application is told fp.export once, with
      | source   | {api}/api/file/{handle} |
      | client   | Amazon Cloud Drive      |
      | filename | newFiletest.jpg         |
    And the payload of fp.export has the keys "source, client, filename, created" in this order
    And the application is told fp.upload 0 times

  Scenario: A name without an extension gets the file's
    When Bob saves the file as "holiday" in "/"
    Then the application gets the saved file "holiday.jpg" at "Amazon Cloud Drive"

  Scenario: A taken name is overwritten
    Given Bob has the file "/newFiletest.jpg" with the text "old" in Amazon Cloud Drive
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then Bob's drive holds "/newFiletest.jpg" with the bytes of Alice's "/Pictures/beach.jpg"
    And Bob's drive holds these files:
      | /newFiletest.jpg |
    And the application is told fp.export once

  Scenario: A folder that is not there gets no file
    When Bob saves the file as "newFiletest.jpg" in "/Nowhere"
    Then saving fails with "Folder not found"
    And Bob's drive holds no file "/Nowhere/newFiletest.jpg"
    And no webhook is sent
