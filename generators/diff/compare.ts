import { deepEqual } from '../json/equal.ts';
import type { Json, JsonMap } from '../json/json.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { Untraced } from './change.ts';
import { classify } from './classify.ts';
import { isChecksum } from './rules/restarts.ts';
import type { Subject } from './rules/rule.ts';
import { type ValueChange, valueChanges } from './values.ts';

/** The objects of a service in one environment, in two states. */
export interface Pair {
  environment: string;
  service: string;
  before: readonly KubernetesObject[];
  after: readonly KubernetesObject[];
  /** True where one of the states does not have the service at all. */
  whole: boolean;
}

/** Everything in which the two states differ, classified. */
export function compareObjects({ environment, service, before, after, whole }: Pair): Untraced[] {
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  const changes = ids.flatMap((id) =>
    objectChanges(old.get(id), now.get(id), { before, after }).map((subject): Untraced => {
      const { apiVersion, kind, metadata } = subject.now;
      const { action, path } = subject;
      const object = { apiVersion, kind, name: metadata.name };
      const { called } = subject;
      const values = {
        before: subject.before,
        after: subject.after,
        ...(called === undefined ? {} : { called }),
      };
      return {
        environment,
        service,
        object,
        action,
        path,
        ...values,
        ...classify(subject),
        implied: false,
        whole,
      };
    }),
  );
  return changes.map((change) => ({ ...change, implied: isImplied(change, changes) }));
}

/** The group of an `apiVersion`. */
const groupOf = ({ apiVersion }: KubernetesObject): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';

/** The Namespace is the same object before and after, though an overlay may give it another name. */
function byId(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  const map = new Map<string, KubernetesObject>();
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace').length;
  for (const object of objects) {
    const name = object.kind === 'Namespace' && namespaces === 1 ? '' : object.metadata.name;
    const id = `${groupOf(object)}/${object.kind}/${name}`;
    let key = id;
    for (let count = 2; map.has(key); count++) key = `${id}/${count}`;
    map.set(key, object);
  }
  return map;
}

function objectChanges(
  old: KubernetesObject | undefined,
  now: KubernetesObject | undefined,
  around: Subject['around'],
): Subject[] {
  const either = now ?? old;
  if (either === undefined || deepEqual(old, now)) return [];
  const about = { kind: either.kind, group: groupOf(either), old: old ?? either, now: either, around };
  if (old === undefined || now === undefined) {
    const action = old === undefined ? 'add' : 'remove';
    return [{ ...about, action, path: [], before: asJson(old), after: asJson(now) }];
  }
  return placed(valueChanges(old.kind, asMap(old), asMap(now)), old, now).map((change) => ({
    ...about,
    action: 'change',
    ...change,
  }));
}

/** Helm gives objects their namespace when it installs them: where one side has none, nothing is known of a difference. */
function placed(changes: ValueChange[], old: KubernetesObject, now: KubernetesObject): ValueChange[] {
  if (old.metadata.namespace !== undefined && now.metadata.namespace !== undefined) return changes;
  return changes.filter(({ path }) => path.join('/') !== 'metadata/namespace');
}

const asMap = (object: KubernetesObject): JsonMap => object as unknown as JsonMap;
const asJson = (object: KubernetesObject | undefined): Json | undefined =>
  object as unknown as Json | undefined;

const VERSION = 'app.kubernetes.io/version';
const TEMPLATE = ['spec', 'template', 'metadata'];

/**
 * True for a change of a pod template that only follows another change, which replaces the pods as well: the checksum
 * of files beside the files, the label of the version beside the image.
 */
function isImplied({ path, object }: Untraced, all: readonly Untraced[]): boolean {
  if (!TEMPLATE.every((step, index) => path[index] === step)) return false;
  const [, , , map = '', key = ''] = path;
  if (map === 'annotations' && isChecksum(key)) return all.some((other) => other.object.kind === 'ConfigMap');
  if (map !== 'labels' || (key !== VERSION && key !== 'helm.sh/chart')) return false;
  return all.some((other) => other.path.at(-1) === 'image' && other.object.name === object.name);
}
