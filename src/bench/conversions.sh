#!/usr/bin/env bash
# Measures conversions beside ImageMagick, on this machine, in one run.
# Needs the runnable jar (mvn package -DskipTests), and convert, wrk and curl: apt-get install imagemagick wrk curl
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/target/clouddrive-simulator.jar
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

java -Xmx512m -jar "$jar" serve --port 0 --ready-file ready.json >/dev/null &
pids+=($!)
until [ -s ready.json ]; do sleep 0.1; done
base=$(grep -o '"http":"[^"]*' ready.json | cut -d'"' -f4)
key=ASimKey0000000000000Az
store() { curl -s "$base/api/store/S3?key=$key&filename=$1" -H "Content-Type: $2" --data-binary "@$1" | sed -n 's|.*/api/file/\([A-Za-z0-9]*\)".*|\1|p'; }

echo "## A JPEG of 12 megapixels (4000 × 3000) to 400 px, milliseconds, median of 9"
convert -size 4000x3000 plasma:red-blue -attenuate 0.3 +noise Gaussian -quality 92 big.jpg
handle=$(store big.jpg image/jpeg)
median() { sort -n | awk '{a[NR]=$1} END {printf "%.0f\n", a[int((NR + 1) / 2)]}'; }
ours() { for i in $(seq 1 "$1"); do curl -s -o "out$i.jpg" -w '%{time_total}\n' "$base/cache=false/resize=width:400/$handle" | awk '{print $1 * 1000}'; done; }
theirs() { for i in $(seq 1 "$1"); do local began; began=$(date +%s%N); convert big.jpg -resize 400x im.jpg; echo $((($(date +%s%N) - began) / 1000000)); done; }
ours 5 >/dev/null
theirs 2 >/dev/null
echo "simulator $(ours 9 | median)"
echo "ImageMagick $(theirs 9 | median)"
echo "sizes: $(identify -format '%wx%h ' out1.jpg im.jpg)"

echo "## 1,000 small resizes (512 × 384 to 100 px), one after the other and at four connections"
convert big.jpg -resize 512x384 small.jpg
handle=$(store small.jpg image/jpeg)
used() { jcmd "${pids[0]}" GC.run >/dev/null; jcmd "${pids[0]}" GC.heap_info | sed -n 's/.*used \([0-9]*\)K.*/\1/p' | head -n 1; }
url="$base/cache=false/resize=width:100/$handle"
curl -s -o /dev/null "$url?[1-200]"
before=$(used)
began=$(date +%s%N)
curl -s -o /dev/null "$url?[1-1000]"
took=$((($(date +%s%N) - began) / 1000000))
echo "one after the other: $((1000 * 1000 / took)) per second"
echo "four connections: $(wrk -t1 -c4 -d5s "$url" | awk '/Requests\/sec/ {print $2}') per second"
echo "heap after a full collection: $before K before, $(used) K after"
