if (System.getenv('JAVA_25_HOME') == null) {
    println 'SKIPPED jdk-25: no JDK 25; install one and set JAVA_25_HOME to it'
    return false
}
return true
