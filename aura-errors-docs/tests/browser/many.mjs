// Writes a lock with many errors, made from the errors of another one: many.mjs LOCK COUNT
import { readFileSync } from "node:fs";

const [file, count] = process.argv.slice(2);
const lock = JSON.parse(readFileSync(file, "utf8"));
const { errors } = lock.taxonomy;
lock.taxonomy.errors = Array.from({ length: +count }, (_, index) => {
  const error = structuredClone(errors[index % errors.length]);
  const name = `${error.name}_${index}`;
  return { ...error, name, code: error.code === null ? null : name };
});
delete lock.taxonomy.fallback;
console.log(JSON.stringify(lock));
