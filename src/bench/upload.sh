#!/usr/bin/env bash
# Measures an upload in parts beside WireMock standalone and nginx, on this machine, in one run.
# Needs the runnable jar (mvn package -DskipTests), and nginx and curl: apt-get install nginx curl
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/target/clouddrive-simulator.jar
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

wiremock=3.13.2
mvn -q dependency:copy -Dartifact=org.wiremock:wiremock-standalone:$wiremock -DoutputDirectory="$work"

java -Xmx64m -jar "$jar" serve --port 0 --ready-file ready.json >/dev/null &
pids+=($!)
java -jar wiremock-standalone-$wiremock.jar --port 9381 --no-request-journal >/dev/null 2>&1 &
pids+=($!)
until [ -s ready.json ] && curl -sf http://127.0.0.1:9381/__admin/mappings >/dev/null; do sleep 0.2; done
base=$(grep -o '"http":"[^"]*' ready.json | cut -d'"' -f4)
curl -s http://127.0.0.1:9381/__admin/mappings -d '{"request":{"method":"PUT","urlPath":"/part"},"response":{"status":200,"headers":{"ETag":"\"x\""}}}' >/dev/null

parts=16
part=$((64 * 1024 * 1024))
size=$((parts * part))
head -c $size /dev/urandom >big.bin
split -b $part -d -a 2 big.bin part.
mkdir -p html && ln big.bin html/big.bin
cat >nginx.conf <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events {} http { access_log off; sendfile on; server { listen 127.0.0.1:9382; root $work/html; } }
CONF
chmod 755 "$work"
nginx -c "$work/nginx.conf" &
pids+=($!)
sleep 1

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }
post() { curl -s -H 'Content-Type: application/json' "$base/multipart/$1" -d "$2"; }
per_second() { awk -v ns="$1" -v size=$size 'BEGIN { printf "%.0f MB/s\n", size / 1e6 / (ns / 1e9) }'; }

upload() {
  local start id uri etags=
  start=$(post start "{\"apikey\":\"ASimKey0000000000000Az\",\"filename\":\"big.bin\",\"size\":$size}")
  id=$(echo "$start" | field upload_id)
  for n in $(seq 1 $parts); do
    local signed etag
    signed=$(post upload "{\"apikey\":\"ASimKey0000000000000Az\",\"upload_id\":\"$id\",\"part\":$n,\"size\":$part}")
    etag=$(curl -s -o /dev/null -D - -T "part.$(printf '%02d' $((n - 1)))" -H 'Expect:' \
      -H "Authorization: $(echo "$signed" | field Authorization)" -H "x-amz-date: $(echo "$signed" | field x-amz-date)" \
      "$(echo "$signed" | field url)" | tr -d '\r"' | sed -n 's/^ETag: //Ip')
    etags="$etags;$n:$etag"
  done
  post complete "{\"apikey\":\"ASimKey0000000000000Az\",\"upload_id\":\"$id\",\"parts\":\"${etags#;}\"}"
}

wiremock_upload() {
  for n in $(seq 0 $((parts - 1))); do
    curl -s -o /dev/null -T "part.$(printf '%02d' "$n")" -H 'Expect:' http://127.0.0.1:9381/part
  done
}

echo "## 1 GiB in 16 parts, one after the other, the second of two rounds; our heap is 64 MB"
for round in 1 2; do
  began=$(date +%s%N)
  answer=$(upload)
  ours=$(($(date +%s%N) - began))
  began=$(date +%s%N)
  wiremock_upload
  theirs=$(($(date +%s%N) - began))
  began=$(date +%s%N)
  curl -s -o /dev/null http://127.0.0.1:9382/big.bin
  nginx=$(($(date +%s%N) - began))
done
handle=$(echo "$answer" | field handle)
[ -n "$handle" ] || { echo "the upload failed: $answer"; exit 1; }
[ "$(curl -s "$base/api/file/$handle" | md5sum)" = "$(md5sum <big.bin)" ] || { echo "the file differs"; exit 1; }
echo "upload in parts: $(per_second $ours)"
echo "WireMock, the same parts to one stub: $(per_second $theirs)"
echo "nginx, download of the same file: $(per_second $nginx)"
