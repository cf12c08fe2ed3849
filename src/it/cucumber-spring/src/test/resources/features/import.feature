Feature: Photos come in

  Background:
    Given it is 2015-10-07T22:41:05Z

  Scenario: A picked photo is in the album
    Given the application listens to fp.upload
    And the receiver answers 503 and 200
    When Alice picks "/Pictures/beach.jpg" for the album
    And 5 minutes pass
    Then the album has been told of 1 photo

  Scenario Outline: Each runs in a world of its own
    When Alice picks "<file>" for the album
    Then the album shows "<file>" alone

    Examples:
      | file                  |
      | /Pictures/beach.jpg   |
      | /Pictures/logo.png    |
      | /Documents/notes.txt  |
      | /Documents/ferry.pdf  |
      | /Music/waves.wav      |
      | /Archives/backup.zip  |
