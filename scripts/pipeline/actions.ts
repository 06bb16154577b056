import { appendFileSync } from 'node:fs';
import { print } from '../terminal.ts';

// What a step tells GitHub Actions; on a terminal the same is read by a person.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

/** A line that the run shows on its page. */
export function annotate(level: 'notice' | 'warning' | 'error', text: string): void {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  print(process.env['GITHUB_ACTIONS'] === 'true' ? `::${level}::${escaped}` : `${level}: ${text}`);
}

/** Something that later steps and jobs read as `steps.ID.outputs.NAME`; on one line. */
export function setOutput(name: string, value: string): void {
  if (/[\r\n]/.test(value)) throw new Error(`output ${name} has several lines`);
  const file = process.env['GITHUB_OUTPUT'];
  if (file) appendFileSync(file, `${name}=${value}\n`);
}

/** A part of the page that sums the run up. */
export function summarize(markdown: string): void {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file) appendFileSync(file, `${markdown}\n`);
}
