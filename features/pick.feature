Feature: Picking a file from Amazon Cloud Drive
  A user of an application chooses a file in the picker. Filestack asks for access to their drive on
  Amazon's page, and then copies the file into a storage, or links to it where it is. The application
  gets the file's link at once, and is told by webhook.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application listens to every event

  @seed
  Scenario: The user logs in at Amazon, opens folders and selects a file
    When Alice opens "/" of Amazon Cloud Drive in the picker
    Then the picker sends Alice to Amazon
    And Amazon's page says "Sign in"
    When Alice signs in with the password "password"
    Then Amazon's page says "Allow Filestack to use your Cloud Drive?"
    When Alice allows it
    Then Filestack's page says "Authentication succeeded"
    When Alice opens "/" of Amazon Cloud Drive in the picker
    Then the picker shows "Archives, Documents, Music, Pictures, Videos"
    When Alice opens "/Pictures/" of Amazon Cloud Drive in the picker
    Then the picker shows "beach.jpg, logo.png"
    When Alice selects "/Pictures/beach.jpg" in the picker
    Then the application gets the file "beach.jpg" of type "image/jpeg" from "clouddrive"
    And the link gives the bytes of Alice's "/Pictures/beach.jpg"
    And the application is told fp.upload once

  @seed
  Scenario: A picked file is copied
    When Alice picks "/Pictures/beach.jpg"
    Then the application gets the file "beach.jpg" of type "image/jpeg" from "clouddrive"
    And the link gives the bytes of Alice's "/Pictures/beach.jpg"
    And the application is told fp.upload once, with
      | url       | {api}/api/file/{handle}              |
      | client    | Amazon Cloud Drive                   |
      | type      | image/jpeg                           |
      | filename  | beach.jpg                            |
      | size      | 88961                                |
      | container | filestack-uploads-persist-production |

  @seed
  Scenario: A picked file is linked to: nothing is copied
    When Alice picks "/Pictures/beach.jpg" as a link
    Then the application gets the file "beach.jpg" of type "image/jpeg" from "clouddrive"
    And the link gives the bytes of Alice's "/Pictures/beach.jpg"
    And the application is told fp.upload once, with
      | client   | Amazon Cloud Drive |
      | filename | beach.jpg          |
    And the payload of fp.upload has the keys "url, client, type, filename, size" in this order

  @seed
  Scenario: A copy says where it is
    When Alice picks "/Pictures/beach.jpg"
    Then the payload of fp.upload has the keys "container, url, client, key, type, filename, size" in this order

  @seed
  Scenario: No application brings an OAuth application of its own
    When the portal is asked for an application with OAuth credentials for "clouddrive"
    Then it says "Custom OAuth applications are not available for Amazon Cloud Drive"

  @doc-old
  Scenario: A copy outlives the file in the drive
    Given Alice has the file "/plan.txt" with the text "meet at noon" in Amazon Cloud Drive
    When Alice picks "/plan.txt"
    And Alice removes "/plan.txt" from Amazon Cloud Drive
    And somebody opens the link
    Then the answer is 200
    And the text is "meet at noon"

  @doc-old
  Scenario: A link shows the file as it is now
    Given Alice has the file "/plan.txt" with the text "meet at noon" in Amazon Cloud Drive
    And Alice has picked "/plan.txt" as a link
    When Alice changes the file "/plan.txt" to the text "meet at one"
    And somebody opens the link
    Then the text is "meet at one"
    And Filestack says of the file that its "size" is "11"

  @guess
  Scenario: A link ends with its file
    Given Alice has picked "/Documents/notes.txt" as a link
    When Alice removes "/Documents/notes.txt" from Amazon Cloud Drive
    And somebody opens the link
    Then the answer is 404

  @guess
  Scenario: A link ends with the consent
    Given Alice has picked "/Documents/notes.txt" as a link
    When Alice takes every app off the Amazon account
    And somebody opens the link
    Then the answer is 403

  @client
  Scenario: An expired token is renewed without anybody noticing
    Given Alice has picked "/Documents/notes.txt" as a link
    When 3 hours pass
    And somebody opens the link
    Then the answer is 200

  @guess
  Scenario: A part of the file is enough
    Given Alice has the file "/plan.txt" with the text "meet at noon" in Amazon Cloud Drive
    And Alice has picked "/plan.txt" as a link
    When somebody opens bytes 8 to 11 of the link
    Then the answer is 206
    And the text is "noon"

  @client
  Scenario: The user gives no access
    When Alice picks "/Pictures/beach.jpg" but gives no access to the drive
    Then the application gets no file, because of "access_denied"
    And no webhook is sent

  @guess
  Scenario: The file is gone when it is picked
    When Alice picks "/Pictures/lost.jpg"
    Then the application gets no file, because of "File not found"
    And no webhook is sent

  @issue
  Scenario: Nobody knows the application
    When a page lists Amazon Cloud Drive with the application key "ANoSuchKey00000000000z"
    Then the answer is 404 with "Invalid Application"
    And no webhook is sent

  @seed
  Scenario Outline: Every family of files can be picked
    When Alice picks "<path>"
    Then the application gets the file "<name>" of type "<type>" from "clouddrive"
    And the link gives the bytes of Alice's "<path>"

    Examples:
      | path                   | name        | type                                                                    |
      | /Music/waves.wav       | waves.wav   | audio/wav                                                               |
      | /Videos/kite.mp4       | kite.mp4    | video/mp4                                                               |
      | /Pictures/logo.png     | logo.png    | image/png                                                               |
      | /Documents/notes.txt   | notes.txt   | text/plain                                                              |
      | /Documents/ferry.pdf   | ferry.pdf   | application/pdf                                                         |
      | /Documents/report.docx | report.docx | application/vnd.openxmlformats-officedocument.wordprocessingml.document |
      | /Documents/budget.xlsx | budget.xlsx | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet       |
      | /Archives/backup.zip   | backup.zip  | application/zip                                                         |
