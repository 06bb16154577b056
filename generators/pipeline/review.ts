import { Type } from 'typebox';
import { compiler } from '../schema/compiler.ts';

// What `npm run diff -- --format json` says is read here, and nothing else of it is taken for granted.

/** Labels by which a reviewer takes responsibility, by the risk that asks for it. */
export const RISK_LABELS = {
  'destroys-data': 'accept: destroys data',
  rejected: 'accept: rejected by Kubernetes',
} as const;

/** All risks that a change may have; one that is not known is never waved through. */
const KNOWN_RISKS = [...Object.keys(RISK_LABELS), 'restarts', 'traffic', 'scales', 'configuration', 'noise'];

/** Version of the document that is understood. */
const VERSION = 1;

/** What is read of a diff. */
export interface DiffDocument {
  version: typeof VERSION;
  environments: { name: string; production: boolean; services: number }[];
  changes: {
    environment: string;
    service: string;
    object: { kind: string; name: string };
    risks: string[];
  }[];
}

const text = Type.String();
const schema = Type.Object({
  version: Type.Literal(VERSION),
  environments: Type.Array(
    Type.Object({ name: text, production: Type.Boolean(), services: Type.Integer({ minimum: 0 }) }),
  ),
  changes: Type.Array(
    Type.Object({
      environment: text,
      service: text,
      object: Type.Object({ kind: text, name: text }),
      risks: Type.Array(Type.Union(KNOWN_RISKS.map((risk) => Type.Literal(risk))), { minItems: 1 }),
    }),
  ),
});

/**
 * Reads what `npm run diff -- --format json` prints.
 *
 * @throws Error when it is no such document, or one of another version.
 */
export function parseDiff(json: string): DiffDocument {
  const document: unknown = JSON.parse(json);
  const check = compiler().compile<DiffDocument>(schema);
  if (check(document)) return document;
  const [error] = check.errors ?? [];
  throw new Error(`${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`.trim());
}

/** A label that is missing, and the changes that ask for it. */
export interface Demand {
  label: string;
  /** `production/catalog: StatefulSet catalog`. */
  changes: readonly string[];
}

/**
 * The labels that a pull request lacks.
 *
 * @param labels those it has.
 */
export function missingLabels({ changes }: DiffDocument, labels: readonly string[]): Demand[] {
  return Object.entries(RISK_LABELS).flatMap(([risk, label]) => {
    if (labels.includes(label)) return [];
    const found = changes.filter(({ risks }) => risks.includes(risk));
    const lines = found.map(
      ({ environment, service, object }) => `${environment}/${service}: ${object.kind} ${object.name}`,
    );
    return lines.length === 0 ? [] : [{ label, changes: [...new Set(lines)] }];
  });
}

/** True when something changes in an environment of production. */
export const changesProduction = ({ environments }: DiffDocument): boolean =>
  environments.some(({ production, services }) => production && services > 0);
