Feature: Security policies
  A secured application lets in who shows a policy that its server has signed.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application has stored "hello" as "n.txt"
    And the application's security is on

  @doc-old
  Scenario: Without a policy nothing is given out
    When the file is read without a policy
    Then the answer is 403 with "This action has been secured by the developer of this website"

  @doc-old
  Scenario: A policy is good for its calls
    When the file is read with the policy '{"expiry":1893456000,"call":["read"]}'
    Then the answer is 200
    When the file is read with the policy '{"expiry":1893456000,"call":["convert"]}'
    Then the answer is 403 with "This call is not allowed by the policy"

  @doc-old
  Scenario: A policy ends on the virtual clock
    When the file is read with the policy '{"expiry":1444257666}'
    Then the answer is 200
    When 1 second passes
    And the file is read with the policy '{"expiry":1444257666}'
    Then the answer is 403 with "The signature has expired"

  @doc-old
  Scenario: A policy for another handle doesn't do
    When the file is read with the policy '{"expiry":1893456000,"handle":"anotherHandle0000001"}'
    Then the answer is 403 with "This handle is not allowed by the policy"

  @doc-old
  Scenario: A policy that somebody else has signed doesn't do
    When the file is read with the policy '{"expiry":1893456000}' of another application
    Then the answer is 403 with "The signature is invalid"

  @doc-old
  Scenario Outline: A store has to keep within the policy
    When the application stores "hello" under "<path>" with the policy '<policy>'
    Then the answer is <status>

    Examples:
      | path        | policy                                        | status |
      | /mine/a.txt | {"expiry":1893456000,"path":"/mine/.*"}       | 200    |
      | /our/a.txt  | {"expiry":1893456000,"path":"/mine/.*"}       | 403    |
      | /a.txt      | {"expiry":1893456000,"maxSize":4}             | 403    |
      | /a.txt      | {"expiry":1893456000,"minSize":6}             | 403    |
      | /a.txt      | {"expiry":1893456000,"call":["pick"]}         | 403    |
      | /a.txt      | {"expiry":1893456000,"call":["pick","store"]} | 200    |
