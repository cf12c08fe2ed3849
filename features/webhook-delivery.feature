Feature: Delivering webhooks
  Filestack posts each event to every URL that the application has set up. A receiver that answers
  200, 201 or 204 has got it. If it does not, Filestack tries again three times: after 5 minutes,
  1 hour and 12 hours, and then gives up.

  Background:
    Given it is 2015-10-07T22:41:05Z

  @seed
  Scenario: The receiver is there
    Given the application listens to fp.upload
    When Alice picks "/Pictures/beach.jpg"
    Then the application is told fp.upload once
    And fp.upload was attempted after "PT0S"
    And the delivery of fp.upload is delivered

  @seed
  Scenario: The receiver fails: three retries, after 5 minutes, 1 hour and 12 hours
    Given the application listens to fp.upload
    And the receiver answers 503 from now on
    When Alice picks "/Pictures/beach.jpg"
    And 12 hours pass
    Then fp.upload was attempted after "PT0S, PT5M, PT1H, PT12H"
    And every attempt brought the same bytes, signed with the entry's secret
    And the delivery of fp.upload is failed
    When 7 days pass
    Then fp.upload was attempted after "PT0S, PT5M, PT1H, PT12H"

  @seed
  Scenario: A success in between ends the retries
    Given the application listens to fp.upload
    And the receiver answers 503, 503 and 200
    When Alice picks "/Pictures/beach.jpg"
    And 12 hours pass
    Then fp.upload was attempted after "PT0S, PT5M, PT1H"
    And the delivery of fp.upload is delivered

  @guess
  Scenario: Before its time no retry is made
    Given the application listens to fp.upload
    And the receiver answers 503 from now on
    When Alice picks "/Pictures/beach.jpg"
    And 299 seconds pass
    Then fp.upload was attempted after "PT0S"
    And the delivery of fp.upload is pending
    When 1 second passes
    Then fp.upload was attempted after "PT0S, PT5M"

  @guess
  Scenario: A receiver that is down
    Given the application listens to fp.upload
    And the receiver is down
    When Alice picks "/Pictures/beach.jpg"
    And 12 hours pass
    Then fp.upload was attempted after "PT0S, PT5M, PT1H, PT12H"
    And the delivery of fp.upload is failed

  @guess
  Scenario Outline: Which answers count
    Given the application listens to fp.upload
    And the receiver answers <status> from now on
    When Alice picks "/Pictures/beach.jpg"
    Then the delivery of fp.upload is <outcome>

    Examples:
      | status | outcome   |
      | 200    | delivered |
      | 201    | delivered |
      | 204    | delivered |
      | 202    | pending   |
      | 302    | pending   |
      | 404    | pending   |
      | 500    | pending   |

  @seed
  Scenario: Several URLs each get the event
    Given the application listens to fp.upload
    And the application listens to fp.upload at one more URL
    And the application listens to fp.upload at one more URL
    When Alice picks "/Pictures/beach.jpg"
    Then each of the 3 receivers got one webhook with the same id

  @seed
  Scenario: "All" makes one entry for each event type
    Given the application listens to every event
    Then the portal shows 9 entries for the URL, one for each event type

  @seed
  Scenario: Each entry of "All" is removed by itself
    Given the application listens to every event
    When the entry for fp.upload is removed from the portal
    And Alice picks "/Pictures/beach.jpg"
    And Bob saves the file as "newFiletest.jpg" in "/"
    Then the application is told fp.upload 0 times
    And the application is told fp.export once

  @guess
  Scenario: An event that nobody listens to is not sent
    Given the application listens to fp.delete
    When Alice picks "/Pictures/beach.jpg"
    Then no webhook is sent

  @doc-new
  Scenario: The retries of the documentation of 2018
    Given the payloads and retries are those of "docs-2018"
    And the application listens to fp.upload
    And the receiver answers 503 from now on
    When Alice picks "/Pictures/beach.jpg"
    And 12 hours pass
    Then fp.upload was attempted after "PT0S, PT5M, PT30M, PT12H"
    And the application is told fp.upload once, with
      | status | Stored |

  @plugin
  Scenario: The retries of production
    Given the payloads and retries are those of "production-2025"
    And the application listens to fp.upload
    And the receiver answers 503 from now on
    When Alice picks "/Pictures/beach.jpg"
    And 12 hours pass
    Then fp.upload was attempted after "PT0S, PT10S, PT1M10S, PT6M10S, PT21M10S, PT1H21M10S"
