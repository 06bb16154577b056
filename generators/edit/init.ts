import type { Json } from '../json/json.ts';
import { ProblemsError } from '../problems/problem.ts';
import { readInput } from '../read/file.ts';
import { type Layer, parseLayer, readLayer } from '../read/layer.ts';
import { listInputs } from '../read/list.ts';
import { valueAt } from '../resolve/resolved.ts';
import type { FileEdit } from './apply.ts';
import { type Edit, editYaml } from './yaml-edit.ts';

/** Whose repository it is. */
export interface Identity {
  /** Name of the application; namespaces and the Gateway are called after it. */
  name: string;
  /** Address of the repository, from which Argo CD clones it. */
  repository: string;
  /** Domain below which the hosts are. */
  domain: string;
}

/** A key of a platform, and what becomes of a text there. */
type Renaming = readonly [path: readonly string[], rename: (text: string) => string];

/**
 * Makes a repository somebody's own: the name of the application, its domain and the address of the repository are
 * replaced in the platforms of all environments, wherever they are part of a value.
 *
 * @param root the repository.
 * @param identity what it is to be called.
 * @param clear true also takes the services away, the secret store, what is fetched from it, and who is told of alerts.
 * @returns the changed files; none when all is so already.
 * @throws ProblemsError when an input is wrong, or would be.
 */
export function init(root: string, identity: Identity, clear: boolean): FileEdit[] {
  const { files, problems } = listInputs(root);
  const readings = files
    .filter(({ kind }) => kind === 'platform')
    .map(({ file, environment }) => readLayer(root, file, environment, 'platform'));
  problems.push(...readings.flatMap((reading) => reading.problems));
  if (problems.length > 0) throw new ProblemsError(problems);
  const platforms = readings.flatMap(({ layer }) => layer ?? []);
  const renamings = renamingsFor(platforms, identity);
  const edits = platforms.map((layer) => editPlatform(layer, renamings, clear));
  const services = clear ? files.filter(({ kind }) => kind === 'service') : [];
  return [
    ...edits.filter(({ before, after }) => before !== after),
    ...services.map(({ file }) => ({ file, before: readInput(root, file).text, after: undefined })),
  ];
}

function renamingsFor(platforms: readonly Layer[], { name, repository, domain }: Identity): Renaming[] {
  const base = platforms.find(({ environment }) => environment === 'base');
  const said = (key: string) => String(valueAt(base?.value, [key]) ?? '');
  const called = startsAs(said('name'), name);
  const below = endsAs(said('domain'), domain);
  const at = (url: string) => url.replace(new URL(url).hostname, below);
  return [
    [['name'], () => name],
    [['domain'], below],
    [['argocd', 'repository'], () => repository],
    [['argocd', 'instance', 'url'], at],
    [['monitoring', 'grafana'], at],
    [['monitoring', 'alertmanager'], at],
    [['namespace'], called],
    [['routing', 'gateway', 'name'], called],
    [['routing', 'gateway', 'tls', 'secret'], called],
    [['routing', 'ingress', 'tls', 'secret'], called],
    [['monitoring', 'logs', 's3', 'bucket'], called],
  ];
}

/** Replaces a word where it is a whole text, or stands before a `-`. */
const startsAs = (old: string, word: string) => (text: string) =>
  text === old || text.startsWith(`${old}-`) ? word + text.slice(old.length) : text;

/** Replaces a domain where it is a whole text, or stands behind a dot. */
const endsAs = (old: string, domain: string) => (text: string) =>
  text === old || text.endsWith(`.${old}`) ? text.slice(0, text.length - old.length) + domain : text;

function editPlatform(
  { file, environment, text, value }: Layer,
  renamings: readonly Renaming[],
  clear: boolean,
): FileEdit {
  const edits = renamings.flatMap(([path, rename]): Edit[] => {
    const said: Json | undefined = valueAt(value, path);
    return typeof said === 'string' && rename(said) !== said ? [{ path, value: rename(said) }] : [];
  });
  if (clear)
    for (const path of [['secretStore'], ['monitoring', 'secrets'], ['monitoring', 'alerting']])
      if (valueAt(value, path) !== undefined) edits.push({ path, value: undefined });
  const after = editYaml(text, edits);
  const { problems } = parseLayer(file, environment, 'platform', after);
  if (problems.length > 0) throw new ProblemsError(problems);
  return { file, before: text, after };
}
