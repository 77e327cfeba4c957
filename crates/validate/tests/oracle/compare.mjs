// Compares our verdicts on mutants with those of an independent validator. Development only: nothing here is built or shipped.
//
//   MUTANTS=DIR RECORD=newest SEED=1 COUNT=300 cargo test --release -p tsugite-validate --test it -- --ignored write_mutants
//   node judge.mjs ORACLE PACKAGES DIR > oracle.json
//   node compare.mjs DIR oracle.json [--record verdicts.txt]
//
// Prints each difference with what either side found first. --record writes the verdicts (+ valid, - not) that the crate's
// test `recorded_verdicts_of_the_oracle_agree` reads.
import fs from 'node:fs';
import path from 'node:path';

const [folder, outcomes, flag, target] = process.argv.slice(2);
const theirs = new Map(JSON.parse(fs.readFileSync(outcomes, 'utf8')).map(o => [path.basename(o.file, '.json'), o.issue.filter(i => i.severity === 'error')]));
let same = 0;
const different = [];
let record = '';
for (const line of fs.readFileSync(path.join(folder, 'ours.tsv'), 'utf8').trim().split('\n')) {
  const [number, verdict, name, why] = line.split('\t');
  const errors = theirs.get(number) ?? [];
  record += errors.length ? '-' : '+';
  if ((verdict === 'fail') === (errors.length > 0)) same++;
  else different.push(`${Number(number)} ${name}\n    ours:   ${why || 'valid'}\n    theirs: ${errors.slice(0, 3).map(e => `[${e.code}] ${e.expression[0]} ${e.diagnostics}`).join(' | ') || 'valid'}`);
}
console.log(different.join('\n'));
console.log(`${same} of ${same + different.length} agree (${(100 * same / (same + different.length)).toFixed(2)} %)`);
if (flag === '--record') fs.writeFileSync(target, '# + valid, - not, by the independent validator; one sign a mutant, in their order.\n' + record.match(/.{1,100}/g).join('\n') + '\n');
