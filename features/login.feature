@seed
Feature: Login with Amazon
  A customer of Amazon Cloud Drive lets an application use their drive. They sign in on Amazon's own
  page, agree to what the application asks for, and the application gets tokens: one that opens the
  drive for an hour, and one that renews it.

  Background:
    Given it is 2015-10-07T22:41:05Z

  Scenario: A customer signs in and allows the app to read and write
    When an app sends Alice to Amazon for "clouddrive:read_all clouddrive:write"
    Then Amazon's page says "Sign in"
    When Alice signs in with the password "password"
    Then Amazon's page says "Allow Simulated App to use your Cloud Drive?"
    When Alice allows it
    Then the app gets a code and its state back
    When the app exchanges the code
    Then the app gets a bearer token for 3600 seconds and a refresh token
    And the token lists the folders "Archives, Documents, Music, Pictures, Videos"

  Scenario: A wrong password leads nowhere
    When an app sends Alice to Amazon for "clouddrive:read_all"
    And Alice signs in with the password "guess"
    Then Amazon's page says "Your password is incorrect"

  Scenario: The customer says no
    When an app sends Alice to Amazon for "clouddrive:read_all"
    And Alice signs in with the password "password"
    And Alice cancels
    Then the app gets the error "access_denied" back

  Scenario: Consent is remembered
    Given an app has tokens of Alice for "clouddrive:read_all"
    When an app sends Alice to Amazon for "clouddrive:read_all"
    Then the app gets a code and its state back

  Scenario: A return URL that is not registered gets a page, never a redirect
    When an app sends Alice to Amazon with the return URL "https://elsewhere.example/callback"
    Then no redirect leaves Amazon
    And Amazon's page says "An error occurred when we tried to process your request"

  Scenario: An unknown scope is told to the app
    When an app sends Alice to Amazon for "clouddrive:everything"
    Then the app gets the error "invalid_scope" back

  Scenario: A code is good once
    Given an app has tokens of Alice for "clouddrive:read_all"
    When the app exchanges the code
    Then the answer is 400 with "invalid_grant"

  Scenario Outline: A code is good for five minutes
    When an app sends Alice to Amazon for "clouddrive:read_all"
    And Alice signs in with the password "password"
    And Alice allows it
    And <time> pass
    And the app exchanges the code
    Then the answer is <status>

    Examples:
      | time        | status |
      | 299 seconds | 200    |
      | 300 seconds | 400    |

  Scenario: A token expires after an hour and is renewed
    Given an app has tokens of Alice for "clouddrive:read_all"
    When 1 hour passes
    And the app lists the drive
    Then the answer is 401 with "Token has expired"
    When the app refreshes its tokens
    And the app lists the drive
    Then the answer is 200

  Scenario: A customer takes the app off their account
    Given an app has tokens of Alice for "clouddrive:read_all"
    When Alice takes every app off the Amazon account
    And the app refreshes its tokens
    Then the answer is 400 with "invalid_grant"

  Scenario: A token to read doesn't write
    Given an app has tokens of Alice for "clouddrive:read_all"
    When the app makes the folder "New"
    Then the answer is 403 with "Insufficient permissions granted for operation: createNode"
