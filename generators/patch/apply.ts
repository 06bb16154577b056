import { isMap } from '../json/json.ts';
import type { KubernetesObject } from '../model/object.ts';
import { objectProblems, unknownFields } from '../model/validate.ts';
import { suggestion } from '../problems/nearest.ts';
import { compareText, quote } from '../problems/problem.ts';
import { type Finding, valueAt } from '../resolve/resolved.ts';
import { PatchError, strategicMerge } from './strategic-merge.ts';

/** Patched objects, and what is wrong with the patches. */
export interface Patching {
  objects: KubernetesObject[];
  findings: Finding[];
}

/**
 * The kind by whose merge keys the patch of a service is applied. Kubernetes and Kustomize know none for a Rollout; its pods
 * are those of a Deployment, and whoever patches them expects the same.
 */
const shapeOf = (kind: string): string => (kind === 'Rollout' ? 'Deployment' : kind);

/** Fields that name an object: with another name it would be another object. */
const IDENTITY = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];

/**
 * Applies the `patch:` of a service, by kind, to its objects, and checks the result: fields that the kind
 * does not have are refused, as are values that it does not allow.
 *
 * A patch goes to the object that carries the service's own name, or to all of its kind where none does.
 *
 * @param name the service.
 * @param objects what the model made.
 * @param patches a strategic merge patch for each kind.
 */
export function applyPatches(
  name: string,
  objects: readonly KubernetesObject[],
  patches: Readonly<Record<string, Record<string, unknown>>>,
): Patching {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort(compareText);
  const findings = Object.entries(patches).flatMap(([kind, patch]): Finding[] => {
    if (kinds.includes(kind)) return patchFindings(kind, patch);
    return [
      {
        path: ['patch', kind],
        at: 'key',
        message: `this service has no ${quote(kind)}; ${suggestion(kind, kinds)}`,
      },
    ];
  });
  if (findings.length > 0) return { objects: [...objects], findings };
  const named = new Set(objects.filter(({ metadata }) => metadata.name === name).map(({ kind }) => kind));
  const patched = objects.map((object) => {
    const patch = Object.hasOwn(patches, object.kind) ? patches[object.kind] : undefined;
    const meant = object.metadata.name === name || !named.has(object.kind);
    return patch === undefined || !meant ? { object, findings: [] } : applyPatch(object, patch);
  });
  return {
    objects: patched.map(({ object }) => object),
    findings: patched.flatMap((result) => result.findings),
  };
}

function patchFindings(kind: string, patch: Record<string, unknown>): Finding[] {
  const identity = IDENTITY.filter((path) => valueAt(patch, path) !== undefined);
  const unknown = unknownFields(kind, { kind, ...patch }).filter((path) => !path.at(-1)?.startsWith('$'));
  return [
    ...identity.map((path): Finding => {
      return {
        path: ['patch', kind, ...path],
        at: 'key',
        message: 'names the object and cannot be patched; delete this key',
      };
    }),
    ...unknown.map((path): Finding => {
      return {
        path: ['patch', kind, ...path],
        at: 'key',
        message: `unknown field; a ${kind} has no such field here`,
      };
    }),
  ];
}

function applyPatch(
  object: KubernetesObject,
  patch: Record<string, unknown>,
): { object: KubernetesObject; findings: Finding[] } {
  try {
    const patched = withoutEmpty(strategicMerge(shapeOf(object.kind), object, patch) as KubernetesObject);
    const findings = objectProblems(patched).map(({ path, message }): Finding => {
      const inPatch = knownPart(patch, path);
      return {
        path: ['patch', object.kind, ...inPatch],
        message: `/${path.join('/')} of the ${object.kind} ${message}`,
      };
    });
    return { object: patched, findings };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { object, findings: [{ path: ['patch', object.kind, ...error.path], message: error.message }] };
  }
}

/** Without empty labels and annotations: neither Kustomize nor the API keeps them. */
function withoutEmpty(object: KubernetesObject): KubernetesObject {
  const metadata = { ...object.metadata };
  for (const key of ['labels', 'annotations']) {
    const map = metadata[key];
    if (isMap(map) && Object.keys(map).length === 0) delete metadata[key];
  }
  return { ...object, metadata };
}

/** The part of a path that also leads somewhere in the patch. */
function knownPart(patch: unknown, path: readonly string[]): string[] {
  const known: string[] = [];
  let value = patch;
  for (const step of path) {
    const next = isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (next === undefined) break;
    known.push(step);
    value = next;
  }
  return known;
}
