import { loadAll } from 'js-yaml';
import type { Json } from '../json/json.ts';
import { printable } from '../problems/problem.ts';
import { Refusal } from '../problems/refusal.ts';
import { lineAndColumn } from '../read/place.ts';
import { readValue } from '../read/value.ts';
import { parseYaml } from '../read/yaml.ts';
import { MAX_DEPTH } from '../read/yaml-syntax.ts';

/** A generated file that cannot be read back: which, and why. */
export class OutputError extends Refusal {
  override name = 'OutputError';

  constructor(file: string, message: string) {
    super(
      `${printable(file)}: ${message}; generate it anew (npm run generate), or compare with a commit where it is right`,
    );
  }
}

/**
 * The documents of a generated YAML file; empty ones are left out. Anchors, aliases and tags, which are never generated,
 * are refused: a short file could stand for a huge value.
 *
 * @param file its name, for messages.
 * @throws OutputError when it is not what is generated.
 */
export function documentsOf(file: string, text: string): Json[] {
  if (/^---/m.test(text)) return manyDocuments(file, text);
  const { root, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem !== undefined) {
    const { line, column } = lineAndColumn(text, problem.offset);
    throw new OutputError(`${file}:${line}:${column}`, printable(problem.message));
  }
  const value = root === undefined ? null : readValue(root, undefined);
  return value === null ? [] : [value];
}

/** A marker of documents stands at the start of a line; only a parser can tell whether it is one. */
function manyDocuments(file: string, text: string): Json[] {
  try {
    const documents = loadAll(text, { maxDepth: MAX_DEPTH, maxAliases: 0 }) as Json[];
    return documents.filter((document) => document !== null && document !== undefined);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new OutputError(file, printable(message));
  }
}
