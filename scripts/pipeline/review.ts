import { readFileSync } from 'node:fs';
import {
  changesProduction,
  type DiffDocument,
  missingLabels,
  parseDiff,
} from '../../generators/pipeline/review.ts';
import { command, Failure, noMore, UsageError } from '../command.ts';
import { print } from '../terminal.ts';
import { annotate, setOutput } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Demands labels: a change that destroys data, or that Kubernetes rejects, passes only when a reviewer has put a label
on the pull request that says so.

Usage: npm run --silent diff -- REF --format json > FILE
       npm run pipeline -- review FILE

  LABELS       in the environment: the labels as a JSON list, such as ["documentation"]
  -h, --help   this text

Outputs: production, true where something changes in an environment of production.
Exit status: 0 all labels are there, 1 one is missing, or the file cannot be understood, 2 wrong usage.`;

/** `npm run pipeline -- review`: no dangerous change without a human who says yes. */
export const run = command({
  name: 'pipeline -- review',
  help: HELP,
  options: {},
  run(_, positionals) {
    noMore(positionals, 1);
    const diff = readDiff(needed('FILE', positionals[0]));
    const labels = labelsFrom(process.env['LABELS'] ?? '[]');
    setOutput('production', String(changesProduction(diff)));
    const demands = missingLabels(diff, labels);
    for (const { label, changes } of demands)
      annotate(
        'error',
        `The label ${JSON.stringify(label)} is missing. It is needed for:\n${changes.join('\n')}`,
      );
    if (demands.length === 0) print('no label is missing');
    return demands.length === 0 ? 0 : 1;
  },
});

function readDiff(file: string): DiffDocument {
  try {
    return parseDiff(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(`${file} is no diff that can be read: ${error instanceof Error ? error.message : ''}`);
  }
}

function labelsFrom(json: string): string[] {
  try {
    const labels: unknown = JSON.parse(json);
    if (Array.isArray(labels) && labels.every((label) => typeof label === 'string')) return labels;
  } catch {}
  throw new UsageError('LABELS is no JSON list of texts');
}
