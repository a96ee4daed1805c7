// Builds and searches an HNSW graph over raw float files: what the in-process index is compared with.
// node hnsw.js <folder> <dimensions> <wanted> <ef,...>; prints one JSON object an ef.
const fs = require('fs');
const path = require('path');

const [folder, dimensions, wanted, efs] = process.argv.slice(2);
const width = Number(dimensions);
const count = Number(wanted);
const m = 16;
const efConstruction = 200;

function read(name) {
  const bytes = fs.readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

function open(base) {
  const { HierarchicalNSW } = require('hnswlib-node');
  const index = new HierarchicalNSW('ip', width);
  index.initIndex(base.length / width, m, efConstruction, 1);
  for (let i = 0; i < base.length / width; i++) {
    index.addPoint(Array.from(base.subarray(i * width, (i + 1) * width)), i);
  }
  return {
    tune: (ef) => index.setEf(ef),
    search: (query) => index.searchKnn(query, count).neighbors,
    prepare: (query) => Array.from(query),
  };
}

const base = read('base.f32');
const queries = read('queries.f32');
const started = process.hrtime.bigint();
const index = open(base);
const buildSeconds = Number(process.hrtime.bigint() - started) / 1e9;
const prepared = [];
for (let i = 0; i < queries.length; i += width) {
  prepared.push(index.prepare(queries.subarray(i, i + width)));
}
for (const ef of efs.split(',').map(Number)) {
  index.tune(ef);
  prepared.slice(0, 200).forEach((query) => index.search(query));
  const microseconds = [];
  const answers = [];
  for (const query of prepared) {
    const start = process.hrtime.bigint();
    answers.push(index.search(query));
    microseconds.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  console.log(JSON.stringify({ ef, buildSeconds, microseconds, answers }));
}
