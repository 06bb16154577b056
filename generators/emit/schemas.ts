import type { OutputFile } from '../output/file.ts';
import { headerText } from '../output/header.ts';
import { schemas } from '../schema/compiled.ts';
import type { InputKind } from '../schema/schemas.ts';

/** Folder and name of the schema that an editor uses for an input file. */
export const schemaFile = (kind: InputKind, environment: string): string =>
  environment === 'base' ? `${kind}.schema.json` : `${kind}.override.schema.json`;

/** The JSON Schemas for editors: in full for base, and for an environment, which states only what it changes. */
export function emitSchemas(): OutputFile[] {
  return (['platform', 'service'] as const).flatMap((kind) => [
    schemaOutput(schemaFile(kind, 'base'), schemas[kind].full),
    schemaOutput(schemaFile(kind, 'other'), schemas[kind].layer),
  ]);
}

function schemaOutput(name: string, schema: object): OutputFile {
  const document = {
    $comment: headerText(['generators/schema']),
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...schema,
  };
  return { path: `environments/${name}`, content: `${JSON.stringify(document, undefined, 2)}\n` };
}
