import type { Json } from '../json/json.ts';
import type { Change } from './change.ts';
import type { Diff, Side } from './diff.ts';
import { maskedValues, nameText } from './show.ts';

/** Changes when something in the document gets another meaning or goes; not when something is added. */
const VERSION = 1;

/** A diff as one JSON document; docs/diff.md describes it. */
export function formatJson(diff: Diff): string {
  const { before, after, environments, changes, commentsOnly, inputsOnly } = diff;
  const document = {
    version: VERSION,
    before: sideOf(before),
    after: sideOf(after),
    environments: environments.map((environment) => ({ ...environment, name: nameText(environment.name) })),
    changes: changes.map(changeOf),
    commentsOnly,
    inputsOnly,
  };
  return JSON.stringify(document, undefined, 2);
}

const sideOf = ({ label, commit, hasOutput }: Side) => ({ label, commit: commit ?? null, hasOutput });

/** Of an object that comes or goes as a whole, no values are shown: it stands in its file. */
function changeOf(change: Change) {
  const { environment, service, object, action, path, risks, reasons, implied, whole, origin, causes } =
    change;
  const { before, after } = action === 'change' ? maskedValues(change) : {};
  return {
    environment: nameText(environment),
    service: nameText(service),
    object: {
      apiVersion: nameText(object.apiVersion),
      kind: nameText(object.kind),
      name: nameText(object.name),
    },
    action,
    path: path.map(nameText),
    before: orNull(before),
    after: orNull(after),
    risks,
    reasons,
    implied,
    wholeService: whole,
    origin,
    causes: causes.map(({ key, place: { file, line, column } }) => ({
      key: nameText(key),
      file: nameText(file),
      line,
      column,
    })),
  };
}

const orNull = (value: Json | undefined): Json => value ?? null;
