import { createHash } from 'node:crypto';
import type { OutputFile } from '../output/file.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { DEFAULTS } from './defaults.ts';
import releases from './releases.json' with { type: 'json' };
import { type SchemaChange, schemaChanges } from './schema-changes.ts';

/** A version of the chart. */
export interface Release {
  version: string;
  /** What has changed since the version before, in words. */
  changes: string[];
}

/** What is remembered of the versions of the chart, as `releases.json` has it. */
export interface ReleaseHistory {
  /** Newest first. */
  releases: Release[];
  /** Digest of the newest version. */
  digest: string;
  /** Schema of the values of the newest version. */
  schema: JsonSchema;
}

export const HISTORY: ReleaseHistory = releases;

/** Version of the chart. */
export const CHART_VERSION = HISTORY.releases[0]?.version ?? '0.0.0';

/** What the versions brought, in Markdown. */
export const changelog = (): string =>
  HISTORY.releases
    .map(({ version, changes }) => `## ${version}\n\n${changes.map((change) => `- ${change}`).join('\n')}\n`)
    .join('\n');

/** What the newest version brings, in Markdown. */
export const releaseNotes = (): string =>
  (HISTORY.releases[0]?.changes ?? []).map((change) => `- ${change}\n`).join('');

/** Identity of what a chart does: its templates, defaults and schema. Texts for people and the version are not in it. */
export function chartDigest(files: readonly OutputFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) {
    if (/\/(templates\/.*|values\.yaml|values\.schema\.json)$/.test(path))
      hash.update(`${path}\n${content}\n`);
  }
  return hash.digest('hex');
}

/** What has changed since the newest version, for those who give values; undefined when nothing has. */
export function changesSinceRelease(
  files: readonly OutputFile[],
  schema: JsonSchema,
  history: ReleaseHistory,
): SchemaChange[] | undefined {
  if (chartDigest(files) === history.digest) return undefined;
  if (history.releases.length === 0) return [{ level: 'major', text: 'first version' }];
  const changes = schemaChanges(history.schema, schema, DEFAULTS);
  return changes.length > 0
    ? changes
    : [{ level: 'patch', text: 'objects or defaults are different for the same values' }];
}
