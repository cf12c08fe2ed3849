#!/usr/bin/env bash
# Starting, resetting and the class path, beside WireMock on its Jetty, on this machine, in one run.
# Needs the jars: mvn package -DskipTests
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/target/clouddrive-simulator.jar
thin=$(ls "$PWD"/target/clouddrive-simulator-*.jar | grep -v -e -all -e -sources)
bench=$PWD/src/bench/Embedding.java
pom=$PWD/pom.xml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

wiremock=3.13.2
standalone=wiremock-standalone-$wiremock.jar
mvn -q dependency:copy -Dartifact=org.wiremock:wiremock-standalone:$wiremock -DoutputDirectory="$work"

# What a project gets that names the simulator and nothing else.
mvn -q install:install-file -Dfile="$thin" -DpomFile="$pom" -DlocalRepositoryPath="$work/repository"
cat >pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>bench</groupId><artifactId>embedder</artifactId><version>1</version>
  <repositories><repository><id>bench</id><url>file://$work/repository</url></repository></repositories>
  <dependencies><dependency>
    <groupId>dev.clouddrive</groupId><artifactId>clouddrive-simulator</artifactId><version>0.1.0-SNAPSHOT</version>
  </dependency></dependencies>
</project>
POM
mvn -q -U dependency:copy-dependencies -DoutputDirectory="$work/lib"

size() { du -cb "$@" | awk 'END {printf "%.1f MB", $1 / 1e6}'; }
echo "## Class path"
echo "embedder: $(ls lib | wc -l) jars, $(size lib/*.jar), of which ours $(size "$thin")"
echo "WireMock standalone: 1 jar, $(size $standalone)"

javac -cp "lib/*:$standalone" -d classes "$bench"
run() { java -cp "classes:lib/*:$standalone" Embedding "$@" 2>/dev/null; }
echo "## In one JVM"
for which in simulator wiremock; do
  echo "first start in a JVM, and one answer, $which: $(for _ in 1 2 3 4 5; do run first $which; done | sort -n | sed -n 3p) ms (median of 5)"
done
run warm
run soak 1000

echo "## From the command to the first answer, ms, median of 9"
cold() { # a path to ask for, and the command
  local path=$1 port began
  shift
  for _ in 1 2 3 4 5 6 7 8 9; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    began=$(date +%s%N)
    "$@" --port "$port" >/dev/null 2>&1 &
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.005; done
    curl -sf -o /dev/null "http://127.0.0.1:$port$path"
    echo $((($(date +%s%N) - began) / 1000000))
    kill $! && wait $! || true
  done | sort -n | sed -n 5p
}
echo "serve: $(cold /_simulator/health java -jar "$jar" serve)"
echo "WireMock standalone: $(cold /__admin/health java -jar "$work/$standalone")"
# The options of src/docker/Dockerfile.
java -XX:ArchiveClassesAtExit=simulator.jsa -jar "$jar" demo >/dev/null 2>&1
echo "serve, as the image starts it: $(cold /_simulator/health java -XX:SharedArchiveFile=simulator.jsa -XX:+UseSerialGC -jar "$jar" serve)"
