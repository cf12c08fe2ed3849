Feature: Saving a file into Amazon Cloud Drive
  The other way round: a user saves a file of the application into their drive. The file arrives
  there through Amazon's own API, and the application gets a link to it where it is.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And Alice has picked "/Pictures/beach.jpg"
    And the application listens to every event

  @seed
  Scenario: The user logs in at Amazon, opens a folder and saves the file there
    When Bob opens "/" of Amazon Cloud Drive in the save dialog
    Then the save dialog sends Bob to Amazon
    When Bob signs in with the password "password"
    And Bob allows it
    Then Filestack's page says "Authentication succeeded"
    When Bob opens "/" of Amazon Cloud Drive in the save dialog
    Then the save dialog shows ""
    When Bob saves it there as "newFiletest.jpg"
    Then Bob's drive holds "/newFiletest.jpg" with the bytes of Alice's "/Pictures/beach.jpg"
    And the application is told fp.export once

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

  @client
  Scenario: Each user of the save dialog has a session of their own
    When Bob opens "/" of Amazon Cloud Drive in the save dialog
    Then the save dialog sends Bob to Amazon
    When Bob signs in with the password "password"
    And Bob allows it
    And Alice opens "/Pictures" of Amazon Cloud Drive in the save dialog
    Then the save dialog sends Alice to Amazon
    And Amazon's page says "Sign in"
    When Alice signs in with the password "password"
    Then Filestack's page says "Authentication succeeded"
    When Alice opens "/Pictures" of Amazon Cloud Drive in the save dialog
    Then the save dialog shows "beach.jpg, logo.png"
    When Alice saves it there as "copy.jpg"
    Then Alice's drive holds "/Pictures/copy.jpg" with the bytes of Alice's "/Pictures/beach.jpg"
    When Bob opens "/" of Amazon Cloud Drive in the save dialog
    Then the save dialog shows ""

  @guess
  Scenario: A name without an extension gets the file's
    When Bob saves the file as "holiday" in "/"
    Then the application gets the saved file "holiday.jpg" at "Amazon Cloud Drive"

  @client
  Scenario: A taken name is overwritten
    Given Bob has the file "/newFiletest.jpg" with the text "old" in Amazon Cloud Drive
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then Bob's drive holds "/newFiletest.jpg" with the bytes of Alice's "/Pictures/beach.jpg"
    And Bob's drive holds these files:
      | /newFiletest.jpg |
    And the application is told fp.export once

  @guess
  Scenario: A folder that is not there gets no file
    When Bob saves the file as "newFiletest.jpg" in "/Nowhere"
    Then saving fails with "Folder not found"
    And Bob's drive holds no file "/Nowhere/newFiletest.jpg"
    And no webhook is sent

  @guess
  Scenario: A taken name is changed
    Given the option "export.onConflict" is "rename"
    And Bob has the file "/newFiletest.jpg" with the text "old" in Amazon Cloud Drive
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then the application gets the saved file "newFiletest (1).jpg" at "Amazon Cloud Drive"
    And Bob's drive holds these files:
      | /newFiletest (1).jpg |
      | /newFiletest.jpg     |
    And the application is told fp.export once, with
      | filename | newFiletest (1).jpg |

  @guess
  Scenario: A taken name is refused
    Given the option "export.onConflict" is "fail"
    And Bob has the file "/newFiletest.jpg" with the text "old" in Amazon Cloud Drive
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then saving fails with "A file with this name exists already"
    And no webhook is sent

  @guess
  Scenario: The user gives no access
    When Bob saves the file as "newFiletest.jpg" but gives no access to the drive
    Then saving fails with "the user did not give access to the drive"
    And Bob's drive holds no file "/newFiletest.jpg"
    And no webhook is sent

  @guess
  Scenario: The drive is full
    Given Bob's drive has room for 1000 bytes in all
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then saving fails with "The service refused the request"
    And Bob's drive holds no file "/newFiletest.jpg"
    And no webhook is sent

  @guess
  Scenario: The drive fails while the file arrives
    Given the operation "drive.content.upload" always fails with 503
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then saving fails with "The service is not available at the moment"
    And Bob's drive holds no file "/newFiletest.jpg"
    And no webhook is sent

  @guess
  Scenario: Two failures of the drive are not noticed
    Given the operation "drive.content.upload" fails with 503, 2 times
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then the application gets the saved file "newFiletest.jpg" at "Amazon Cloud Drive"
    And the application is told fp.export once

  @guess
  Scenario: The user closes the dialog
    When a page opens the save dialog
    Then the answer is 200
    And the application is told fp.dialog once
    And the application is told fp.export 0 times

  @doc-old
  Scenario: The saved file's link shows what is in the drive
    Given Bob has saved the file as "newFiletest.jpg" in "/"
    When Bob changes the file "/newFiletest.jpg" to the text "now text"
    And somebody opens the saved file
    Then the text is "now text"

  @doc-new
  Scenario Outline: The payload of an export in each flavour
    Given the option "webhook.flavour" is "<flavour>"
    When Bob saves the file as "newFiletest.jpg" in "/"
    Then the application is told fp.export once, with
      | source   | {api}/api/file/{handle} |
      | client   | Amazon Cloud Drive      |
      | filename | newFiletest.jpg         |
    And the payload of fp.export has the keys "<keys>" in this order

    Examples:
      | flavour         | keys                              |
      | classic         | source, client, filename, created |
      | production-2025 | source, client, filename, created |
