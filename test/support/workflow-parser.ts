/** GitHub's own parser of workflows, with its schema. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { HOME } from './workflows.ts';

type Parser = typeof import('@actions/workflow-parser');

let loaded: Promise<Parser> | undefined;

/** The package imports JSON in a way that bundlers understand and Node refuses, so it is bundled. */
async function load(): Promise<Parser> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-parser-'));
  try {
    const outfile = join(folder, 'parser.mjs');
    await build({
      stdin: { contents: "export * from '@actions/workflow-parser';", resolveDir: HOME },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What GitHub would refuse in a workflow. */
export async function schemaErrors(name: string, content: string): Promise<string[]> {
  loaded ??= load();
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await loaded;
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const errors = context.errors.getErrors().map((error) => error.message);
  if (value === undefined || errors.length > 0) return errors;
  const { errors: more = [] } = await convertWorkflowTemplate(context, value);
  return more.map(({ Message }) => Message);
}
