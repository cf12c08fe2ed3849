Feature: Storing files
  An application puts files into a storage through the Store API, by URL or in parts. Each becomes a
  handle, and the application is told by webhook.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And the application listens to every event

  @doc-old
  Scenario: Raw bytes go to Filestack's own storage
    When the application stores "hello" as "n.txt"
    Then the file reads "hello"
    And the application is told fp.upload once, with
      | client    | REST                                 |
      | filename  | n.txt                                |
      | type      | text/plain                           |
      | size      | 5                                    |
      | container | filestack-uploads-persist-production |

  @doc-old
  Scenario: An exact path in a container of the customer's own
    When the application stores "hello" as "n.txt" in the container "my-bucket" of s3 under "/myfiles/1234.txt"
    Then the container "my-bucket" of s3 holds "myfiles/1234.txt"
    And the application is told fp.upload once, with
      | container | my-bucket        |
      | key       | myfiles/1234.txt |

  @doc-new
  Scenario Outline: A file on its way to another storage is told of when it arrives
    When the application stores "hello" as "n.txt" in the container "mine" of <location> under "in/x.txt"
    Then the file reads "hello"
    And no webhook is sent
    When 5 seconds pass
    Then the application is told fp.upload once, with
      | container | mine     |
      | key       | in/x.txt |

    Examples:
      | location  |
      | gcs       |
      | azure     |
      | rackspace |
      | dropbox   |

  @doc-old
  Scenario: A file is stored from a URL
    Given a web page "/report.txt" that reads "from afar"
    When the application stores what is at the web page
    Then the file reads "from afar"
    And the application is told fp.upload once, with
      | filename | report.txt |

  @guess
  Scenario Outline: A URL that may not be fetched stores nothing
    When the application stores what is at "<url>"
    Then the answer is 400 with "The URL could not be fetched"
    And no webhook is sent

    Examples:
      | url                                             |
      | http://169.254.169.254/latest/meta-data         |
      | http://10.1.2.3/x                               |
      | http://www.filestackapi.com/_simulator/api/apps |

  @client
  Scenario: A file is uploaded in parts
    When an SDK uploads 6291456 bytes as "large.bin" in parts of 5242880 bytes
    Then the file has 6291456 bytes
    And the application is told fp.upload once, with
      | client   | Computer  |
      | filename | large.bin |
      | size     | 6291456   |

  @guess
  Scenario: An upload that is never completed is gone after a day
    When an SDK begins to upload 5 bytes as "n.txt"
    Then 1 upload is under way
    When 24 hours pass
    Then 0 uploads are under way
    And no webhook is sent
