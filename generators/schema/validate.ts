import type { ErrorObject } from 'ajv';
import { notShown } from '../credentials/formats.ts';
import { reasonToHide } from '../credentials/suspicion.ts';
import { nearest, suggestion } from '../problems/nearest.ts';
import { quote } from '../problems/problem.ts';
import { checks } from './compiled.ts';
import { accepts, type JsonSchema } from './json-schema.ts';
import type { Forms, InputKind } from './schemas.ts';

/** Something a schema refuses: the path, whether its key or its value is wrong, and why. */
export interface Violation {
  path: string[];
  at: 'key' | 'value';
  message: string;
}

/**
 * Checks what one file says, or what all layers together say.
 *
 * @returns all violations, empty when the value is valid.
 */
export function violationsOf(kind: InputKind, form: keyof Forms<unknown>, value: unknown): Violation[] {
  const check = checks[kind][form];
  return check(value) ? [] : violations(check.errors ?? []);
}

/** More errors than this are not looked at: there are more than enough to tell. */
const MAX_ERRORS = 10_000;

/** What a schema refuses, in words: the errors of a check that ajv compiled. */
export function violations(all: readonly ErrorObject[]): Violation[] {
  const errors = all.slice(0, MAX_ERRORS);
  const unions = errors.filter((error) => error.keyword === 'anyOf');
  const malformed = new Set(errors.filter(({ keyword }) => keyword === 'pattern').map(textOf));
  return errors.flatMap((error) => {
    if (error.keyword === 'maxLength' && malformed.has(textOf(error))) return [];
    if (error.keyword === 'propertyNames' || error.propertyName !== undefined) return nameViolation(error);
    if (error.keyword === 'anyOf') return isDeeper(error, errors) ? [] : [violation(error)];
    const union = unions.find((candidate) => isBelow(error, candidate));
    return union === undefined || error.instancePath !== union.instancePath || isKeyOfMap(error)
      ? [violation(error)]
      : [];
  });
}

/** Identifies the text, value or key, that an error is about. */
const textOf = ({ instancePath, propertyName }: ErrorObject) => JSON.stringify([instancePath, propertyName]);

/** True when a map was given where a union allows one: then what is wrong inside it tells more. */
function isDeeper(union: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(
    (error) => isBelow(error, union) && (error.instancePath !== union.instancePath || isKeyOfMap(error)),
  );
}

/** True when an error comes from a branch of this union, applied to this very value. */
function isBelow(error: ErrorObject, union: ErrorObject): boolean {
  const inValue =
    error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
  return inValue && error.schemaPath.startsWith(`${union.schemaPath}/`);
}

const isKeyOfMap = (error: ErrorObject) =>
  (error.keyword === 'additionalProperties' || error.keyword === 'required') &&
  typeof error.data === 'object';

/** A bad key of a keyed map. ajv reports it once for the map and once for each rule of the name. */
function nameViolation(error: ErrorObject): Violation[] {
  if (error.keyword === 'propertyNames') return [];
  const name = String(error.propertyName);
  if (error.keyword === 'enum') return [unknownName(error, name)];
  return [
    {
      path: [...pathOf(error.instancePath), name],
      at: 'key',
      message:
        error.keyword === 'maxLength'
          ? tooLong(error, [], name)
          : `${quote(name)} is not ${(error.parentSchema as JsonSchema).errorMessage}`,
    },
  ];
}

/** A key of a map whose keys are listed. */
function unknownName(error: ErrorObject, name: string): Violation {
  const schema = error.parentSchema as JsonSchema;
  const best = nearest(name, allowedTexts(schema));
  const guess = best === undefined ? '' : `; did you mean "${best}"?`;
  const message = `${quote(name)} is not ${schema.errorMessage}${guess}`;
  return { path: [...pathOf(error.instancePath), name], at: 'key', message };
}

/** By keyword of JSON Schema, what to say of a value that breaks it. */
const SAYINGS: Readonly<
  Record<string, (error: ErrorObject, path: string[], schema: JsonSchema) => Violation>
> = {
  additionalProperties({ params }, path, schema) {
    const key = String(params['additionalProperty']);
    const hint = suggestion(key, Object.keys(schema.properties ?? {}));
    return { path: [...path, key], at: 'key', message: `unknown key; ${hint}` };
  },
  required({ params }, path, schema) {
    const key = String(params['missingProperty']);
    const expected = schema.properties?.[key]?.errorMessage ?? 'a value';
    return { path: [...path, key], at: 'key', message: `is missing; expected ${expected}` };
  },
  uniqueItems({ params, data }, path) {
    const second = Math.max(Number(params['i']), Number(params['j']));
    const item = Array.isArray(data) ? data[second] : undefined;
    return {
      path: [...path, String(second)],
      at: 'value',
      message: `${shown(path, item)} stands in the list twice`,
    };
  },
  enum({ data }, path, schema) {
    const hint = suggestion(String(data), allowedTexts(schema));
    return { path, at: 'value', message: wrong(path, data, schema, hint) };
  },
  maxLength(error, path) {
    return { path, at: 'value', message: tooLong(error, path, String(error.data)) };
  },
  maxItems({ params, data }, path) {
    const items = Array.isArray(data) ? data.length : 0;
    return { path, at: 'value', message: `has ${items} items; at most ${params['limit']} are allowed` };
  },
};

function violation(error: ErrorObject): Violation {
  const path = pathOf(error.instancePath);
  const schema = (error.parentSchema ?? {}) as JsonSchema;
  const saying = SAYINGS[error.keyword];
  if (saying !== undefined) return saying(error, path, schema);
  const isKey = path.length === 0 && /^[\w-]+:\S/.test(String(error.data));
  return {
    path,
    at: 'value',
    message: wrong(path, error.data, schema, isKey ? 'put a space after the colon' : ''),
  };
}

/** A value of an input for a message; see {@link quote}. */
function shown(path: readonly string[], data: unknown): string {
  const rule = reasonToHide(path, String(data));
  return rule === undefined ? quote(data) : notShown(rule);
}

const tooLong = ({ params }: ErrorObject, path: readonly string[], text: string) =>
  `${shown(path, text)} has ${[...text].length} characters; at most ${params['limit']} are allowed`;

function wrong(path: readonly string[], data: unknown, schema: JsonSchema, hint = ''): string {
  if (isQuotedLiteral(data, schema))
    return `${shown(path, data)} is a text; write ${reasonToHide(path, data) === undefined ? data : 'it'} without quotes`;
  const expected = hint === '' ? `; expected ${schema.errorMessage ?? 'another type of value'}` : `; ${hint}`;
  if (data === null) return `has no value${expected}`;
  const what = typeof data === 'object' ? (Array.isArray(data) ? 'a list' : 'a map') : shown(path, data);
  return `${what} is not allowed${expected}`;
}

/** True for a number or true/false in quotes, where it is allowed without. */
function isQuotedLiteral(data: unknown, schema: JsonSchema): data is string {
  if (typeof data !== 'string') return false;
  if (accepts(schema, 'boolean')) return data === 'true' || data === 'false';
  if (!accepts(schema, 'integer') || !/^(0|[1-9][0-9]{0,14})$/.test(data)) return false;
  const { minimum = -Infinity, maximum = Infinity } = schema;
  return Number(data) >= minimum && Number(data) <= maximum;
}

const allowedTexts = (schema: JsonSchema) =>
  (schema.enum ?? []).filter((value) => value !== null).map(String);

function pathOf(instancePath: string): string[] {
  const steps = instancePath.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
