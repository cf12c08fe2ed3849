@doc-old
Feature: Login with Amazon for other kinds of apps
  Not every app keeps a secret on a server: one in a browser gets its token in the address, or proves
  by a code of its own making that it is the one who began.

  Background:
    Given it is 2015-10-07T22:41:05Z

  Scenario: An app in a page gets a token in the fragment
    When an app in a page sends Alice to Amazon for "clouddrive:read_all"
    And Alice signs in with the password "password"
    And Alice allows it
    Then the page gets an access token in the fragment and no refresh token

  Scenario Outline: A code can be bound to who asked for it
    When an app sends Alice to Amazon with the "<method>" challenge "<challenge>"
    And Alice signs in with the password "password"
    And Alice allows it
    And the app exchanges the code with the verifier "<verifier>" and no secret
    Then the answer is <status>

    Examples: The vector of RFC 7636
      | method | challenge                                   | verifier                                    | status |
      | S256   | E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM | dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk | 200    |
      | S256   | E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM | somebody-elses-verifier                     | 400    |
      | plain  | the-verifier-itself                         | the-verifier-itself                         | 200    |
