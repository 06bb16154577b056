import { KINDS } from './kinds.ts';
import type { KubernetesObject } from './object.ts';

/** Something that kubernetes-models refuses in an object. */
export interface ObjectProblem {
  /** Keys and list indexes from the top of the object. */
  path: string[];
  message: string;
}

/**
 * Validates an object against the OpenAPI schema of its kind, as kubernetes-models carries it. Unknown
 * fields pass: see `unknownFields`.
 *
 * @throws Error when the kind is not registered.
 */
export function objectProblems(object: KubernetesObject): ObjectProblem[] {
  try {
    kindOf(object.kind).prototype.validate.call(object);
    return [];
  } catch (error) {
    return problemsIn(error);
  }
}

/**
 * Fields of a value that its kind does not have. kubernetes-models has no list of fields, only compiled
 * checks: a check reads every field it knows, so a key that none of them reads is unknown.
 *
 * @param kind name of the kind.
 * @param value the object, or a part of one such as a patch.
 * @returns paths of keys.
 */
export function unknownFields(kind: string, value: object): string[][] {
  const reads = new Reads();
  try {
    kindOf(kind).prototype.validate.call(reads.watch(value, []));
  } catch (error) {
    problemsIn(error);
  }
  return reads.unread(value, []);
}

function kindOf(kind: string) {
  const found = KINDS.get(kind);
  if (found === undefined) throw new Error(`no kind ${kind} is registered`);
  return found;
}

interface AjvError {
  instancePath: string;
  message?: string;
  keyword: string;
  params?: Record<string, unknown>;
}

function problemsIn(error: unknown): ObjectProblem[] {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
  return (error.errors as AjvError[]).map(({ instancePath, message, keyword, params }) => ({
    path: instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
    message: message ?? `${keyword} ${JSON.stringify(params ?? {})}`,
  }));
}

/** Remembers which keys of which part of a value were read. `*`: all keys were asked for, as in a free map. */
class Reads {
  readonly #keys = new Map<string, Set<string>>();

  watch(value: unknown, path: readonly string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const keys = new Set<string>();
    this.#keys.set(JSON.stringify(path), keys);
    return new Proxy(value, {
      get: (target, key) => {
        if (typeof key !== 'string') return Reflect.get(target, key);
        keys.add(key);
        return Array.isArray(target) && !/^[0-9]+$/.test(key)
          ? Reflect.get(target, key)
          : this.watch(Reflect.get(target, key), [...path, key]);
      },
      ownKeys: (target) => {
        keys.add('*');
        return Reflect.ownKeys(target);
      },
    });
  }

  /** Keys that nobody read, below maps of which something was read (a map that nobody looked into is free). */
  unread(value: unknown, path: readonly string[]): string[][] {
    if (typeof value !== 'object' || value === null) return [];
    const keys = this.#keys.get(JSON.stringify(path));
    if (keys === undefined || keys.size === 0) return [];
    const closed = !Array.isArray(value) && !keys.has('*');
    return Object.entries(value).flatMap(([key, inner]) =>
      closed && !keys.has(key) ? [[...path, key]] : this.unread(inner, [...path, key]),
    );
  }
}
