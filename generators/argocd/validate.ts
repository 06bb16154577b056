import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { Ajv, type ValidateFunction } from 'ajv';
import {
  ApplicationSchema,
  AppProjectSchema,
  ChartApplicationSchema,
  DefaultProjectSchema,
} from './schemas.ts';

const ajv = new Ajv({ allErrors: true });
const closed: Readonly<Record<string, ValidateFunction>> = {
  Application: ajv.compile(ApplicationSchema),
  AppProject: ajv.compile(AppProjectSchema),
};
const chartApplication = ajv.compile(ChartApplicationSchema);
const defaultProject = ajv.compile(DefaultProjectSchema);
const kinds = { Application, AppProject };

/**
 * What is wrong with an object that Argo CD gets, by the schema of its kind, and by our own of the fields that are
 * used: that one refuses every other field.
 *
 * @param object any value.
 */
export function argocdProblems(object: unknown): string[] {
  const { kind, name } = identityOf(object);
  const own = special(object, kind, name) ?? closed[kind];
  if (own === undefined) return [`is no Application and no AppProject, but ${JSON.stringify(kind)}`];
  const unknown = own(object) ? [] : (own.errors ?? []);
  return [
    ...unknown.map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    ),
    ...upstreamProblems(kinds[kind as keyof typeof kinds], object),
  ];
}

/** The schema of an object that is not like the others of its kind. */
function special(object: unknown, kind: string, name: string): ValidateFunction | undefined {
  if (kind === 'AppProject' && name === 'default') return defaultProject;
  const { spec } = Object(object) as { spec?: unknown };
  return kind === 'Application' && Object.hasOwn(Object(spec), 'sources') ? chartApplication : undefined;
}

function identityOf(object: unknown): { kind: string; name: string } {
  const { kind = '', metadata } = Object(object) as { kind?: unknown; metadata?: unknown };
  const { name = '' } = Object(metadata) as { name?: unknown };
  return { kind: String(kind), name: String(name) };
}

function upstreamProblems(model: { prototype: { validate(): void } }, object: unknown): string[] {
  try {
    model.prototype.validate.call(object);
    return [];
  } catch (error) {
    if (!(error instanceof Error) || !('errors' in error)) throw error;
    return [error.message];
  }
}
