import { nearest } from '../generators/problems/nearest.ts';
import { print } from './terminal.ts';

const HELP = `The steps of the workflows in .github/workflows, each with --help; docs/pipelines.md tells how they go together.

Usage: npm run pipeline -- STEP [ARGUMENTS]

  deploy         bumps a service on a branch that others push to at the same time
  propose        puts what changed on a branch of its own, and opens a pull request or updates it
  land           moves the main branch on to such a branch, if nothing came in between
  review         demands labels for changes that destroy data or that Kubernetes rejects
  comment        has one comment of a kind on a pull request
  notes          what a promotion carries: commits, and the state of the SLOs
  notify         sends a message to Slack
  argocd         syncs the Applications of an environment, or compares them with what runs
  publish-chart  pushes the packaged chart to a registry
  -h, --help     this text

Exit status: 0 done, 1 a step failed, 2 wrong usage; each step tells more.`;

/** Every step by name; each is loaded only when it is called. */
const STEPS: Readonly<Record<string, () => Promise<{ run: (args: string[]) => Promise<number> }>>> = {
  argocd: () => import('./pipeline/argocd.ts'),
  comment: () => import('./pipeline/comment.ts'),
  deploy: () => import('./pipeline/deploy.ts'),
  land: () => import('./pipeline/land.ts'),
  notes: () => import('./pipeline/notes.ts'),
  notify: () => import('./pipeline/notify.ts'),
  propose: () => import('./pipeline/propose.ts'),
  'publish-chart': () => import('./pipeline/publish-chart.ts'),
  review: () => import('./pipeline/review.ts'),
};

/** `npm run pipeline`: what the workflows call, tested where no GitHub is. */
export async function run([name = '', ...args]: string[]): Promise<number> {
  if (name === '--help' || name === '-h') {
    print(HELP);
    return 0;
  }
  const load = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (load !== undefined) return (await load()).run(args);
  const guess = nearest(name, Object.keys(STEPS));
  process.stderr.write(
    `error: no step ${JSON.stringify(name)}${guess === undefined ? '' : `; did you mean ${guess}?`}\nSee: npm run pipeline -- --help\n`,
  );
  return 2;
}
