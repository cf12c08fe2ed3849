package dev.clouddrive.simulator;

/** An era of Filestack: payload flavour, retry schedule and signing together. */
public enum Profile {
  /**
   * The seed page's, of about 2015 to 2017:
   *
   * <ul>
   *   <li>payloads begin with {@code action}; URLs are on the File API;
   *   <li>retries after 5 minutes, 1 hour and 12 hours, counted from the first attempt.
   * </ul>
   */
  CLASSIC("classic"),
  /**
   * The documentation of 2018:
   *
   * <ul>
   *   <li>payloads begin with {@code id}; URLs are on the CDN; uploads have a {@code status};
   *   <li>retries after 5 minutes, 30 minutes and 12 hours.
   * </ul>
   */
  DOCS_2018("docs-2018"),
  /**
   * What the vendor's plugin of 2025 tells of production:
   *
   * <ul>
   *   <li>payloads as in {@link #DOCS_2018};
   *   <li>five retries, after waits of 10 s, 60 s, 5 min, 15 min and 1 h.
   * </ul>
   */
  PRODUCTION_2025("production-2025");

  private final String id;

  Profile(String id) {
    this.id = id;
  }

  /** Its name in world files and on the command line. */
  public String id() {
    return id;
  }
}
