Feature: Converting a picture
  A conversion is a part of a link: whoever opens it gets the converted picture. The application is
  told of each conversion that was computed, and where the original is.

  Background:
    Given it is 2015-10-07T22:41:05Z
    And Alice has picked "/Pictures/beach.jpg"

  @seed
  Scenario: The original is a copy at Filestack
    Given the application listens to fp.converse
    When a page asks for the conversion "resize=width:400,height:400"
    Then the answer is a picture of 400 × 300 pixels in "image/jpeg"
    And the application is told fp.converse once, with
      | url           | /resize=width:400,height:400/{handle} |
      | link.handle   | {handle}                              |
      | link.filename | beach.jpg                             |
      | link.mimetype | image/jpeg                            |
      | link.provider | internal                              |
      | link.size     | 88961                                 |

  @seed
  Scenario: The original is in the user's drive
    Given Alice has picked "/Pictures/beach.jpg" as a link
    And the application listens to fp.converse
    When a page asks for the conversion "resize=width:400,height:400"
    Then the answer is a picture of 400 × 300 pixels in "image/jpeg"
    And the application is told fp.converse once, with
      | link.provider | Amazon Cloud Drive              |
      | link.path     | /Clouddrive/Pictures/beach.jpg  |

  @client
  Scenario Outline: Tasks are computed one after the other
    When a page asks for the conversion "<tasks>"
    Then the answer is a picture of <width> × <height> pixels in "<type>"

    Examples:
      | tasks                                     | width | height | type       |
      | resize=width:512                          | 512   | 384    | image/jpeg |
      | resize=height:384                         | 512   | 384    | image/jpeg |
      | resize=w:200,h:200,f:crop                 | 200   | 200    | image/jpeg |
      | resize=width:200,height:200,fit:scale     | 200   | 200    | image/jpeg |
      | resize=width:5000,height:5000,fit:max     | 1024  | 768    | image/jpeg |
      | crop=dim:[10,20,300,200]                  | 300   | 200    | image/jpeg |
      | rotate=deg:90                             | 768   | 1024   | image/jpeg |
      | rotate=deg:45                             | 1267  | 1267   | image/jpeg |
      | rotate=deg:exif                           | 1024  | 768    | image/jpeg |
      | output=format:png                         | 1024  | 768    | image/png  |
      | resize=width:100/rotate=deg:90/output=f:png | 75  | 100    | image/png  |
      | crop=dim:[0,0,512,768]/resize=width:256   | 256   | 384    | image/jpeg |

  @doc-old
  Scenario Outline: The old conversion
    When a page asks for the old conversion "<query>"
    Then the answer is a picture of <width> × <height> pixels in "<type>"

    Examples:
      | query                                 | width | height | type       |
      | w=400&h=400                           | 400   | 300    | image/jpeg |
      | w=200                                 | 200   | 150    | image/jpeg |
      | w=200&h=200&fit=crop                  | 200   | 200    | image/jpeg |
      | crop=0,0,100,50&w=512                 | 100   | 50     | image/jpeg |
      | crop=0,0,100,50&w=512&crop_first=true | 512   | 256    | image/jpeg |
      | rotate=90&format=png                  | 768   | 1024   | image/png  |

  @guess
  Scenario: A computed conversion is told once
    Given the application listens to fp.converse
    When a page asks for the conversion "resize=width:40"
    And a page asks for the conversion "resize=w:40"
    Then the application is told fp.converse once

  @issue
  Scenario Outline: What can't be converted is refused, and nothing is told
    Given the application listens to fp.converse
    When a page asks for the conversion "<tasks>"
    Then the answer is 400 with "<words>"
    And no webhook is sent

    Examples:
      | tasks                        | words                                        |
      | resize=width:500,heigt:500   | invalid parameter `heigt` for `resize` task  |
      | resize=width:wide            | invalid parameter `width` for `resize` task  |
      | resize=width:10001           | invalid parameter `width` for `resize` task  |
      | crop=dim:[1,2,3]             | invalid parameter `dim` for `crop` task      |
      | output=format:exe            | invalid parameter `format` for `output` task |
      | shrink=width:5               | invalid task `shrink`                        |

  @issue
  Scenario: A text is no picture
    Given Alice has picked "/Documents/notes.txt"
    When a page asks for the conversion "resize=width:40"
    Then the answer is 400 with "text/plain conversions are not supported"

  @guess
  Scenario: A damaged picture is refused
    Given Alice has the file "/broken.jpg" with the text "not a picture" in Amazon Cloud Drive
    And Alice has picked "/broken.jpg"
    When a page asks for the conversion "resize=width:40"
    Then the answer is 400 with "Failed to identify the file, probably corrupted image provided"

  @seed
  Scenario: The original is in the customer's own bucket
    Given the application listens to fp.converse
    And the application has stored "hello" as "n.txt" in the container "my-bucket" of s3 under "in/n.txt"
    When a page asks for the conversion "zip" of the file
    Then no webhook is sent
    Given Alice has picked "/Pictures/logo.png" into the container "my-bucket" of s3
    When a page asks for the conversion "resize=width:40"
    Then the application is told fp.converse once, with
      | link.provider | amazon |

  @guess
  Scenario: A chain that stores its result tells of both
    Given the application listens to every event
    When a page asks for the conversion "resize=width:40/store=filename:small.jpg"
    Then the answer is 200 with "small.jpg"
    And the application is told fp.converse once, with
      | url           | /resize=width:40/store=filename:small.jpg/{handle} |
      | link.provider | internal                                           |
    And the application is told fp.upload once, with
      | filename | small.jpg          |
      | client   | Amazon Cloud Drive |

  @doc-new
  Scenario: A video is converted by a job
    Given Alice has picked "/Videos/kite.mp4"
    And the application listens to fp.video_converse
    And this machine has "ffmpeg"
    When a page asks for the conversion "video_convert=preset:webm"
    Then the answer is 200 with "started"
    When a page asks for the conversion "video_convert=preset:webm"
    Then the answer is 200 with "pending"
    And no webhook is sent
    When 30 seconds pass
    And a page asks for the conversion "video_convert=preset:webm"
    Then the answer is 200 with "completed"
    And the application is told fp.video_converse once
