Feature: Opening a dialog
  The pages of the old SDK open the picker in a frame or a window. The application is told which
  dialog it was, and what was asked of it.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application listens to every event

  @seed
  Scenario: The pick dialog is opened
    When a page opens the open dialog with
      | id | 1444256999123 |
    Then the answer is 200
    And the application is told fp.dialog once, with
      | dialogType  | open                   |
      | id          | 1444256999123          |
      | mobile      | false                  |
      | maxSize     | 0                      |
      | app.apikey  | ASimKey0000000000000Az |
      | app.upsell  | false                  |
      | extensions  | null                   |
      | mimetypes   | [*/*]                  |
      | recent_path | /                      |
    And the payload of fp.dialog has the keys "mimetypes, iframe, language, id, mobile, app, dialogType, auth, welcome_header, welcome_subheader, help_text, recent_path, extensions, maxSize, signature, policy, custom_providers, intra" in this order

  @client
  Scenario: Kinds of files, size and language are told
    When a page opens the open dialog with
      | m        | image/*,text/plain |
      | maxSize  | 1048576            |
      | language | de                 |
      | iframe   | true               |
    Then the application is told fp.dialog once, with
      | mimetypes | [image/*, text/plain] |
      | maxSize   | 1048576               |
      | language  | de                    |
      | iframe    | true                  |

  @client
  Scenario: Extensions take the place of media types
    When a page opens the open dialog with
      | ext | .jpg,.png |
    Then the application is told fp.dialog once, with
      | mimetypes  | null         |
      | extensions | [.jpg, .png] |

  @guess
  Scenario Outline: Every dialog is told of by its type
    When a page opens the <dialog> dialog
    Then the answer is 200
    And the application is told fp.dialog once, with
      | dialogType | <type> |

    Examples:
      | dialog  | type   |
      | open    | open   |
      | save    | saveas |
      | folder  | folder |
      | process | open   |

  @guess
  Scenario: Nobody is told of an application that is unknown
    When a page opens the open dialog with
      | key | ANoSuchKey00000000000z |
    Then the answer is 403 with "Invalid Application"
    And no webhook is sent
