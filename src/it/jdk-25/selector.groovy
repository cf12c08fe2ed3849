if (System.getenv('JAVA_25_HOME') == null) {
    // What a selector prints goes into a file; this is to be seen.
    new PrintStream(new FileOutputStream(FileDescriptor.out))
            .println('SKIPPED jdk-25: there is no JDK 25; install one and set JAVA_25_HOME to it')
    return false
}
return true
