@client
Feature: An app in a customer's Amazon Cloud Drive
  An app that the customer has let in lists, reads and changes their drive by Amazon's API: files and
  folders have names that are unique without regard to case, whatever is removed goes to the trash
  first, and what changed since the last look can be asked for.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And an app has tokens of Bob for "clouddrive:read_all clouddrive:write"

  Scenario: A folder is made and found, in any case
    When the app makes the folder "Reports"
    Then the answer is 201
    And the app finds 1 node with 'kind:FOLDER AND name:REPORTS'

  Scenario: A name is given once
    Given the app has made the folder "Reports"
    When the app makes the folder "reports"
    Then the answer is 409 with "NAME_ALREADY_EXISTS"

  Scenario: A file is uploaded with its digest
    When the app uploads "notes.txt" with the text "hello"
    Then the answer is 201 with "5d41402abc4b2a76b9719d911017c592"
    And Bob's drive holds these files:
      | /notes.txt |

  Scenario: The same content twice is a duplicate
    Given the app has uploaded "notes.txt" with the text "hello"
    When the app uploads "copy.txt" with the text "hello"
    Then the answer is 409 with "MD5_DUPLICATE"

  Scenario: A file is renamed
    Given the app has uploaded "notes.txt" with the text "hello"
    When the app renames "notes.txt" to "plans.txt"
    Then Bob's drive holds these files:
      | /plans.txt |

  Scenario: A file is moved into a folder
    Given the app has made the folder "Reports"
    And the app has uploaded "notes.txt" with the text "hello"
    When the app moves "notes.txt" into "Reports"
    Then Bob's drive holds these files:
      | /Reports/notes.txt |

  Scenario: What is trashed leaves the lists and its name is free
    Given the app has uploaded "notes.txt" with the text "hello"
    When the app trashes "notes.txt"
    Then the app finds 0 nodes with 'name:notes.txt'
    And the app finds 1 node with 'name:notes.txt AND status:TRASH'
    When the app uploads "notes.txt" with the text "once more"
    Then the answer is 201

  Scenario: Purging is not for apps
    Given the app has uploaded "notes.txt" with the text "hello"
    When the app purges "notes.txt"
    Then the answer is 403 with "Insufficient permissions granted for operation: purgeNode"

  Scenario: Changes are told since a checkpoint
    Given the app has asked for all changes
    When the app uploads "notes.txt" with the text "hello"
    Then the app is told of a change of "notes.txt"
    And the app is told of no more changes
