import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from 'yaml';
import { WAVE } from '../argocd/application.ts';
import { Refusal, UnknownSubjectError } from '../problems/refusal.ts';

/** An Application of Argo CD, and the service, part of the platform or chart it stands for. */
export interface Application {
  name: string;
  namespace: string;
  unit: string;
}

/** An Application, and when Argo CD would take its turn. */
interface InTurn {
  application: Application;
  wave: number;
}

/** Folder in which the Applications of all environments are generated. */
const FOLDER = 'argocd';

/**
 * The Applications of an environment, as they are generated, in the order in which they need each other: the root, from
 * which the others come, then projects, charts and parts of the platform by their waves, then services.
 *
 * @param root the repository.
 * @throws Refusal when there are none.
 * @throws UnknownSubjectError when there is no such environment.
 */
export function applicationsOf(root: string, environment: string): Application[] {
  const known = readdirSync(join(root, 'environments'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && entry.name !== 'base' ? [entry.name] : [],
  );
  if (!known.includes(environment)) throw new UnknownSubjectError('environment', environment, known);
  const files = [
    ...filesOf(root, `${FOLDER}/roots`).filter((file) => file.endsWith(`/${environment}.yaml`)),
    ...filesOf(root, `${FOLDER}/${environment}`),
  ];
  const applications = files.flatMap((file) => readApplication(root, file));
  if (applications.length === 0)
    throw new Refusal(
      `there is no Application in ${FOLDER}/${environment}/; say argocd in environments/base/platform.yaml`,
    );
  return ['root', 'shared', 'service'].flatMap((rank) =>
    applications
      .filter(({ application }) => rankOf(application.unit) === rank)
      .sort((a, b) => (rank === 'shared' ? a.wave - b.wave : 0))
      .map(({ application }) => application),
  );
}

/** What the root stands for: no service, part of the platform or chart. */
const ROOT_UNIT = '/';

/** Names of services have no slash. */
const rankOf = (unit: string): string =>
  unit === ROOT_UNIT ? 'root' : unit.includes('/') ? 'shared' : 'service';

function filesOf(root: string, folder: string): string[] {
  try {
    const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.yaml'));
    return files.sort().map((file) => `${folder}/${file}`);
  } catch {
    return [];
  }
}

function readApplication(root: string, file: string): InTurn[] {
  const { kind, metadata } = parse(readFileSync(join(root, file), 'utf8')) as {
    kind?: string;
    metadata?: { name?: string; namespace?: string; annotations?: Record<string, string> };
  };
  if (kind !== 'Application' || metadata?.name === undefined) return [];
  const name = posix.basename(file, '.yaml').replaceAll('.', '/');
  const unit = file.startsWith(`${FOLDER}/roots/`) ? ROOT_UNIT : name;
  const wave = Number(metadata.annotations?.[WAVE] ?? 0);
  return [{ application: { name: metadata.name, namespace: metadata.namespace ?? 'argocd', unit }, wave }];
}
