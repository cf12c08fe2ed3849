Feature: When Amazon fails
  A test sets what goes wrong, by the operation's name. Filestack sees it as it would in life: it
  tries again where that helps, and tells the application where it doesn't.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application listens to every event

  @guess
  Scenario: Two failures in a row are not noticed
    Given the operation "drive.content.download" fails with 503, 2 times
    When Alice picks "/Pictures/beach.jpg"
    Then the link gives the bytes of Alice's "/Pictures/beach.jpg"

  @guess
  Scenario: A drive that goes on failing fails the pick, and nothing is told
    Given the operation "drive.content.download" always fails with 503
    When Alice picks "/Pictures/beach.jpg"
    Then the application gets no file, because of "The service is not available at the moment"
    And no webhook is sent

  @guess
  Scenario: A link shows the drive's failure
    Given Alice has picked "/Documents/notes.txt" as a link
    And the operation "drive.nodes.get" always fails with 500
    When somebody opens the link
    Then the answer is 502

  @doc-new
  Scenario: A webhook is sent twice
    Given the operation "webhook.deliver" sends each webhook 2 times, once
    When Alice picks "/Pictures/beach.jpg"
    Then the receiver has got 2 webhooks with the same id
