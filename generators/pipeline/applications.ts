import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Refusal, UnknownSubjectError } from '../problems/refusal.ts';

/** An Application of Argo CD, and the service or part of the platform it stands for. */
export interface Application {
  name: string;
  namespace: string;
  unit: string;
}

/** Name of the folder in which the Applications of all environments are generated. */
const FOLDER = 'argocd';

/**
 * The Applications of an environment, as they are generated.
 *
 * @param root the repository.
 * @throws Refusal when there are none.
 */
export function applicationsOf(root: string, environment: string): Application[] {
  const known = readdirSync(join(root, 'environments'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && entry.name !== 'base' ? [entry.name] : [],
  );
  if (!known.includes(environment)) throw new UnknownSubjectError('environment', environment, known);
  const folder = `${FOLDER}/${environment}`;
  const applications = filesOf(join(root, folder)).flatMap((file) =>
    readApplication(join(root, folder, file), file.replace(/\.yaml$/, '').replaceAll('.', '/')),
  );
  if (applications.length > 0) return applications;
  throw new Refusal(`there is no Application in ${folder}/; say argocd in environments/base/platform.yaml`);
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  } catch {
    return [];
  }
}

function readApplication(path: string, unit: string): Application[] {
  const { kind, metadata } = parse(readFileSync(path, 'utf8')) as {
    kind?: string;
    metadata?: { name?: string; namespace?: string };
  };
  if (kind !== 'Application' || metadata?.name === undefined) return [];
  return [{ name: metadata.name, namespace: metadata.namespace ?? 'argocd', unit }];
}
