// How long the independent validator takes: loading, then each file (the fastest of five). Development only.
//
//   node time.mjs ORACLE PACKAGES FILE…
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [oracle, packages, ...files] = process.argv.slice(2);
const load = name => import(pathToFileURL(path.resolve(oracle, 'lib', name)));
const { loadStore } = await load('packages.mjs');
const { Validator } = await load('validator.mjs');
const start = performance.now();
const validator = new Validator(loadStore({ dir: packages }), {});
console.log(`oracle: packages loaded in ${(performance.now() - start).toFixed(0)} ms`);
for (const file of files) {
  const text = fs.readFileSync(file, 'utf8');
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    validator.validateFile(JSON.parse(text), null);
    return performance.now() - begin;
  });
  console.log(`oracle: ${path.basename(file)} in ${Math.min(...times).toFixed(1)} ms (first time ${times[0].toFixed(0)} ms)`);
}
