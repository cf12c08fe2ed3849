#!/usr/bin/env bash
# Measures the drive beside WireMock standalone and nginx, on this machine, in one run.
# Needs the runnable jar (mvn package -DskipTests), and wrk, nginx and curl: apt-get install wrk nginx curl
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/target/clouddrive-simulator.jar
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

wiremock=3.13.2
mvn -q dependency:copy -Dartifact=org.wiremock:wiremock-standalone:$wiremock -DoutputDirectory="$work"

java -jar "$jar" serve --port 0 --ready-file ready.json >/dev/null &
pids+=($!)
java -jar wiremock-standalone-$wiremock.jar --port 9381 --no-request-journal >/dev/null 2>&1 &
pids+=($!)
until [ -s ready.json ] && curl -sf http://127.0.0.1:9381/__admin/mappings >/dev/null; do sleep 0.2; done
base=$(grep -o '"http":"[^"]*' ready.json | cut -d'"' -f4)
api=$base/_simulator/api

field() { grep -o "\"$1\":\"[^\"]*" | head -n 1 | cut -d'"' -f4; }
token=$(curl -s -X POST "$api/accounts/alice@example.com/tokens" -d '{}' | field access_token)
auth="Authorization: Bearer $token"
root=$(curl -s -H "$auth" "$base/drive/v1/nodes?filters=isRoot:true" | field id)

rate() { wrk -t1 -c16 -d"$1" -H "$auth" "$2" | awk '/Requests\/sec/ {print $2}'; }

echo "## Metadata, requests per second (wrk -t1 -c16, 5 s after 5 s of warm-up)"
curl -s -H "$auth" "$base/drive/v1/nodes/$root" >node.json
curl -s http://127.0.0.1:9381/__admin/mappings -d "{\"request\":{\"method\":\"GET\",\"urlPath\":\"/node\"},\"response\":{\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":$(sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/"/' node.json)}}" >/dev/null
for name in "get $base/drive/v1/nodes/$root" "list $base/drive/v1/nodes?filters=parents:$root" "WireMock-stub http://127.0.0.1:9381/node"; do
  set -- $name
  rate 5s "$2" >/dev/null
  echo "$1 $(rate 5s "$2")"
done

echo "## Content, MB/s of a file of 1 GiB (curl, the second of two)"
head -c 1073741824 /dev/urandom >big.bin
mkdir -p html && ln big.bin html/big.bin
cat >nginx.conf <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events {} http { access_log off; sendfile on; server { listen 127.0.0.1:9382; root $work/html; } }
CONF
chmod 755 "$work"
nginx -c "$work/nginx.conf" &
pids+=($!)
sleep 1
speed() { curl -s -o /dev/null -w "%{$1}\n" "${@:2}" | awk '{printf "%.0f\n", $1 / 1e6}'; }
curl -s -T big.bin "$api/accounts/alice@example.com/files/big.bin" >/dev/null
id=$(curl -s -H "$auth" "$base/drive/v1/nodes?filters=name:big.bin" | field id)
for round in 1 2; do
  download=$(speed speed_download -H "$auth" "$base/cdproxy/nodes/$id/content")
  nginx=$(speed speed_download http://127.0.0.1:9382/big.bin)
  upload=$(speed speed_upload -H "$auth" -F "metadata={\"name\":\"up$round.bin\",\"kind\":\"FILE\"}" -F content=@big.bin "$base/cdproxy/nodes?suppress=deduplication")
done
echo "download $download"
echo "nginx-download $nginx"
echo "upload $upload"

echo "## A page of 200 of a folder, a node, and a name in it, mean ms of 2,000 requests at one connection"
curl -s -X POST "$api/accounts" -d '{"email":"scale@example.com","quotaBytes":1099511627776}' >/dev/null
token=$(curl -s -X POST "$api/accounts/scale@example.com/tokens" -d '{"expiresIn":86400}' | field access_token)
auth="Authorization: Bearer $token"
latency() { wrk -t1 -c1 -d2s --latency -H "$auth" "$1" | awk '/Latency  / {print $2}' | head -n 1; }
have=0
for count in 1000 100000 1000000; do
  began=$(date +%s%N)
  curl -s "$api/accounts/scale@example.com/generate" -d "{\"folder\":\"/bulk$count\",\"count\":$((count - have))}" >/dev/null
  took=$((($(date +%s%N) - began) / 1000000))
  have=$count
  folder=$(curl -s -H "$auth" "$base/drive/v1/nodes?filters=name:bulk$count" | field id)
  node=$(curl -s -H "$auth" "$base/drive/v1/nodes?filters=parents:$folder&limit=1" | grep -o '"data":\[{"id":"[^"]*' | cut -d'"' -f6)
  latency "$base/drive/v1/nodes?filters=parents:$folder" >/dev/null
  echo "$count nodes: page $(latency "$base/drive/v1/nodes?filters=parents:$folder")," \
    "get $(latency "$base/drive/v1/nodes/$node")," \
    "parent+name $(latency "$base/drive/v1/nodes?filters=parents:$folder%20AND%20name:file-0000001.bin")," \
    "generated in $took ms"
done
jcmd "${pids[0]}" GC.run >/dev/null
heap=$(jcmd "${pids[0]}" GC.heap_info | awk '/used/ {print; exit}')
echo "heap after a full collection: $heap"
