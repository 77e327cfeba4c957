#!/usr/bin/env bash
# Every Bundle made of the samples passes an independent validator with no error, and there are as many as there must be.
#
#   tests/conformance.sh TSUGITE SHARED WORK
#
# TSUGITE: the binary. SHARED: the folder that holds oracle/, fhir-packages/ and samples/. WORK: a folder to work in (emptied).
# Last line: `N passed, N failed`.
set -u

if [ $# -ne 3 ]; then
  echo "usage: $0 TSUGITE SHARED WORK" >&2
  exit 2
fi
tsugite=$1 shared=$2 work=$3
root=$(cd "$(dirname "$0")/.." && pwd)
passed=0 failed=0

check() { # what, then a command that must succeed
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1)) && echo "ok      $what"
  else
    failed=$((failed + 1)) && echo "FAILED  $what"
  fi
}

# That something is held is no failure here: the counts below say how much must be built.
convert() { # input, output, further inputs and options
  local input=$1 out=$2
  shift 2
  "$tsugite" --home "$work/home" --lang en --quiet convert "$input" "$@" --out "$out" --as-of 2026-11-22 --fail-on none >"$out.log" 2>&1 ||
    { cat "$out.log" && false; }
}

bundles() { # output, kind
  find "$1/bundles/$2" -name '*.json' 2>/dev/null | wc -l
}

at_least() { # number, output, kind
  local found
  found=$(bundles "$2" "$3")
  echo "        $found $3 bundles"
  [ "$found" -ge "$1" ]
}

sums_close() { # report.json
  node -e '
    const { records } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const closes = t => t.total === t.reported + t.superseded + t.retracted + t.held + t.not_carried;
    const kinds = Object.values(records.by_kind);
    const total = kinds.reduce((sum, t) => sum + t.total, 0);
    process.exit(records.total > 0 && closes(records) && kinds.every(closes) && total === records.total ? 0 : 1);
  ' "$1"
}

validated() { # output
  (cd "$work/oracle" && node validate.mjs --quiet --packages "$shared/fhir-packages" "$1/bundles") | tail -n 20
  return "${PIPESTATUS[0]}"
}

# What is held of a storage and why, counted: `storage, what, kind, rule, count`.
held_of() { # storage's name
  node -e '
    const [name, file] = process.argv.slice(1);
    const counts = {};
    for (const line of require("fs").readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const { what, kind = "", rule } = JSON.parse(line);
      const row = [name, what, kind, rule].join("\t");
      counts[row] = (counts[row] ?? 0) + 1;
    }
    for (const row of Object.keys(counts).sort()) console.log(`${row}\t${counts[row]}`);
  ' "$1" "$work/$1/held.ndjson"
}

held_as_expected() {
  { printf 'storage\twhat\tkind\trule\tcount\n' && held_of generated && held_of lifecycle && held_of clinic; } >"$work/held.tsv"
  if [ "${SNAPSHOTS:-}" = overwrite ]; then cp "$work/held.tsv" "$root/tests/conformance-held.tsv"; fi
  diff -u "$root/tests/conformance-held.tsv" "$work/held.tsv"
}

shared=$(cd "$shared" && pwd) || exit 2
tsugite=$(cd "$(dirname "$tsugite")" && pwd)/$(basename "$tsugite")
rm -rf "$work" && mkdir -p "$work/home" || exit 2
work=$(cd "$work" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || { echo "node and npm are needed" >&2 && exit 2; }
cp -R "$shared/oracle" "$work/oracle" && (cd "$work/oracle" && npm ci --no-audit --no-fund --silent) ||
  { echo "the validator could not be installed" >&2 && exit 2; }

generated=$shared/samples/ssmix2/dev/generated
lifecycle=$shared/samples/ssmix2/dev/lifecycle/storage
institution=(--institution 1319999999)

for name in generated lifecycle clinic trial; do
  options=("${institution[@]}")
  case $name in
    generated) storage=$generated ;;
    lifecycle) storage=$lifecycle ;;
    clinic) storage=$root/samples/clinic/ssmix2 ;;
    trial) storage=$generated options=() ;;
  esac
  check "$name: converts" convert "$storage" "$work/$name" ${options[@]+"${options[@]}"}
  check "$name: the sums of its records close" sums_close "$work/$name/report.json"
  check "$name: no error in any Bundle" validated "$work/$name"
done

check "what is held, and why, is what tests/conformance-held.tsv says" held_as_expected

check "generated: laboratory reports" at_least 90 "$work/generated" lab
check "generated: problem lists" at_least 25 "$work/generated" condition
check "generated: allergy lists" at_least 15 "$work/generated" allergy

check "generated: converts again on one thread" convert "$generated" "$work/again" "${institution[@]}" --jobs 1
check "generated: the same bytes again" diff -rq "$work/generated/bundles" "$work/again/bundles"

# The other half of the clinic, its documents, and the public samples of other formats: with the official masters, as a clinic has them.
check "the official masters are taken in" "$tsugite" --home "$work/home" --lang en --quiet master add "$shared"/masters/*.zip "$shared"/masters/*.xlsx
clinic=$root/samples/clinic
documents=("$clinic/letters" "$clinic/checkups" "$clinic/qr")
for name in documents files uke lab-csv jahis-qr jahis-techo mml hc08 checkup-csv; do
  case $name in
    documents) inputs=("$clinic/ssmix2" "${documents[@]}" --config "$clinic/tsugite.toml") ;;
    files) inputs=("$clinic/uke" "$clinic/lab" "$clinic/lists" --config "$clinic/tsugite-files.toml") ;;
    *) inputs=("$shared/samples/$name/dev" --config "$root/tests/conformance.toml") ;;
  esac
  check "$name: converts" convert "${inputs[0]}" "$work/$name" "${inputs[@]:1}"
  check "$name: the sums of its records close" sums_close "$work/$name/report.json"
  # Some of these samples lack what a Bundle needs, and say so.
  if [ -n "$(find "$work/$name/bundles" -name '*.json' 2>/dev/null)" ]; then check "$name: no error in any Bundle" validated "$work/$name"; fi
done
# The smallest and the fullest documents of `cargo test -p tsugite-clins`, where it was asked to hand them over.
if [ -d "${TSUGITE_TEST_DOCUMENTS:-}" ]; then check "the documents of the tests: no error in any Bundle" validated "$TSUGITE_TEST_DOCUMENTS"; fi
check "documents: referrals" at_least 2 "$work/documents" referral
check "documents: a discharge summary" at_least 1 "$work/documents" discharge
check "documents: health checks" at_least 3 "$work/documents" checkup
check "files: problem lists" at_least 7 "$work/files" condition
check "files: laboratory reports" at_least 6 "$work/files" lab
check "uke: problem lists" at_least 3 "$work/uke" condition

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
