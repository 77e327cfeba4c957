// Lets the independent validator judge a folder, file by file, so that a file that it cannot survive costs only that file:
// such a file is counted as invalid. Development only.
//
//   node judge.mjs ORACLE PACKAGES DIR [IG] > oracle.json      ORACLE: its folder, after `npm ci`
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [oracle, packages, folder, ig = '1.10.0'] = process.argv.slice(2);
const load = name => import(pathToFileURL(path.resolve(oracle, 'lib', name)));
const { loadStore } = await load('packages.mjs');
const { Validator } = await load('validator.mjs');
const store = loadStore({ ig, dir: packages });
const validator = new Validator(store, {});
const results = [];
for (const file of fs.readdirSync(folder).filter(f => f.endsWith('.json')).sort()) {
  let issues;
  try {
    issues = validator.validateFile(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')), null);
  } catch (error) {
    issues = [{ severity: 'error', path: '', key: error instanceof SyntaxError ? 'json' : 'crash', message: String(error.message) }];
  }
  results.push({ file, issue: issues.map(i => ({ severity: i.severity, code: i.key, expression: [i.path], diagnostics: i.message })) });
}
console.log(JSON.stringify(results));
