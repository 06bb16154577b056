import { quote } from '../../problems/problem.ts';
import { fileKey } from '../names.ts';
import type { Finding } from '../resolved.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** A ConfigMap holds 1 MiB; some room is left for its own fields. */
const MAX_FILES_BYTES = 1_000_000;

export const filesFit: ServiceRule = ({ service }) => {
  const files = Object.entries(service.files ?? {});
  const bytes = files.reduce((sum, [path, content]) => sum + path.length + Buffer.byteLength(content), 0);
  return findingIf(bytes > MAX_FILES_BYTES, () => ({
    path: ['files'],
    at: 'key',
    message: `all files together have ${bytes} bytes; expected at most ${MAX_FILES_BYTES}, what a ConfigMap holds`,
  }));
};

/** Every file and folder has a place of its own. */
export const mountsAreDistinct: ServiceRule = ({ service }) => {
  const findings: Finding[] = [];
  const keys = new Map<string, string>();
  for (const path of Object.keys(service.files ?? {})) {
    const other = keys.get(fileKey(path));
    if (other !== undefined) {
      findings.push({
        path: ['files', path],
        at: 'key',
        message: `gets the same key in the ConfigMap as ${quote(other)}; rename one`,
      });
    }
    keys.set(fileKey(path), path);
  }
  const places = new Map<string, string>(
    Object.keys(service.files ?? {}).map((path) => [path, `file ${path}`]),
  );
  for (const key of ['volumes', 'storage'] as const) {
    for (const [name, { path }] of Object.entries(service[key] ?? {})) {
      const other = places.get(path);
      if (other !== undefined) {
        findings.push({
          path: [key, name, 'path'],
          message: `${quote(path)} is the place of ${other} already`,
        });
      }
      places.set(path, `${key === 'volumes' ? 'volume' : key} ${name}`);
    }
  }
  return findings;
};
