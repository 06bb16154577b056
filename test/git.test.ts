import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { mergeBaseWithMain, resolveCommit } from '../generators/git/commit.ts';
import { filesOfCommit, readBlobs } from '../generators/git/files.ts';
import { gitEnvironment, gitLines, tryGit } from '../generators/git/run.ts';
import { filesOfWorkTree } from '../generators/git/work-tree.ts';
import { commitAll, initRepository } from './support/git.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeRepository(root);
});

const folder = (files: Files): string => {
  const root = writeRepository(files);
  roots.push(root);
  return root;
};
const repository = (files: Files): string => {
  const root = folder(files);
  initRepository(root);
  return root;
};

const FILES = { 'base/a.yaml': 'a: 1\n', 'base/ä b\n.yaml': 'ü\n', 'other/c.yaml': 'c\n' };

describe('running git', () => {
  it('says so where there is no repository', () => {
    expect(() => resolveCommit(folder({ a: 'a' }), 'HEAD')).toThrow(/is in no Git repository; .*git init/);
  });

  it('says so where there is no git', () => {
    const root = repository(FILES);
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      expect(() => resolveCommit(root, 'HEAD')).toThrow(/git is not on PATH; install it/);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('asks the repository of the folder, whatever a hook set', () => {
    const [root, other] = [repository(FILES), repository({ x: 'x' })];
    commitAll(other, 'another history');
    process.env['GIT_DIR'] = join(other, '.git');
    try {
      expect(resolveCommit(root, 'HEAD').id).not.toBe(resolveCommit(other, 'HEAD').id);
      expect([...filesOfCommit(root, 'HEAD', ['base']).files.keys()]).toContain('base/a.yaml');
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('keeps of the variables of Git who commits and how a remote is reached', () => {
    const env = gitEnvironment({
      PATH: '/bin',
      GIT_DIR: 'x',
      GIT_INDEX_FILE: 'x',
      GIT_AUTHOR_NAME: 'a',
      GIT_SSH_COMMAND: 'ssh',
      GIT_EXTERNAL_DIFF: 'x',
      GIT_CONFIG_KEY_0: 'safe.directory',
      git_work_tree: 'x',
    });
    expect(Object.keys(env).sort()).toEqual([
      'GIT_AUTHOR_NAME',
      'GIT_CONFIG_KEY_0',
      'GIT_LITERAL_PATHSPECS',
      'GIT_NO_REPLACE_OBJECTS',
      'GIT_OPTIONAL_LOCKS',
      'GIT_SSH_COMMAND',
      'GIT_TERMINAL_PROMPT',
      'LC_ALL',
      'PATH',
    ]);
  });

  it('gives what failed as an outcome, its lines without control characters', () => {
    const { status, stderr } = tryGit(repository(FILES), ['cat-file', '-t', 'no\nbody\u001b[31m']);
    expect(status).toBe(128);
    expect(stderr).toContain('body');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(stderr).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('a commit', () => {
  it.each(['--all', '-n1', '', 'nothing', 'HEAD..HEAD', 'a\0b', ':/zzz', 'HEAD:base', '$(id)', '@{u}'])(
    'is not %j',
    (name) => {
      expect(() => resolveCommit(repository(FILES), name)).toThrow(/there is no commit/);
    },
  );

  it('may have a name that looks like an option', () => {
    const root = repository(FILES);
    const [id = ''] = gitLines(root, ['rev-parse', 'HEAD']);
    gitLines(root, ['update-ref', 'refs/tags/--all', id]);
    expect(resolveCommit(root, '--all').id).toBe(id);
  });

  it('is missing in an empty repository, and the message says so', () => {
    const root = folder({ a: 'a' });
    execFileSync('git', ['init', '--quiet', root]);
    expect(() => resolveCommit(root, 'HEAD')).toThrow(/there is no commit "HEAD"; .*no commit yet/);
  });
});

describe('the merge base with the main branch', () => {
  const branched = (main: string): { root: string; base: string } => {
    const root = repository(FILES);
    gitLines(root, ['branch', '-m', main]);
    const base = resolveCommit(root, 'HEAD').id;
    gitLines(root, ['checkout', '-q', '-b', 'feature']);
    writeFileSync(join(root, 'base/a.yaml'), 'a: 2\n');
    commitAll(root, 'feature');
    return { root, base };
  };

  it.each(['main', 'master'])('is found for %s', (main) => {
    const { root, base } = branched(main);
    expect(mergeBaseWithMain(root)).toEqual({ id: base, name: `merge base with ${main}` });
  });

  it('is found at origin alone, and under the name that origin gives it', () => {
    const { root, base } = branched('trunk');
    expect(() => mergeBaseWithMain(root)).toThrow(/no branch main or master.*npm run diff -- REF/);
    gitLines(root, ['update-ref', 'refs/remotes/origin/trunk', base]);
    gitLines(root, ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk']);
    gitLines(root, ['branch', '-q', '-D', 'trunk']);
    expect(mergeBaseWithMain(root)).toEqual({ id: base, name: 'merge base with trunk' });
  });

  it('is the newer of the two where main here and at origin differ', () => {
    const { root, base } = branched('main');
    const ahead = resolveCommit(root, 'HEAD').id;
    gitLines(root, ['update-ref', 'refs/remotes/origin/main', ahead]);
    expect(mergeBaseWithMain(root).id).toBe(ahead);
    gitLines(root, ['update-ref', 'refs/remotes/origin/main', base]);
    expect(mergeBaseWithMain(root).id).toBe(base);
  });

  it('is not a tag of that name', () => {
    const { root, base } = branched('main');
    gitLines(root, ['tag', 'main', 'HEAD']);
    expect(mergeBaseWithMain(root).id).toBe(base);
  });

  it('says what to do where histories have nothing in common, or are cut off', () => {
    const { root } = branched('main');
    gitLines(root, ['checkout', '-q', '--orphan', 'alone']);
    commitAll(root, 'alone');
    expect(() => mergeBaseWithMain(root)).toThrow(/no commit in common with "main"; name the commit/);
    const clone = folder({});
    execFileSync('git', ['clone', '-q', '--depth=1', '--branch=feature', `file://${root}`, clone]);
    expect(() => resolveCommit(clone, 'HEAD~1')).toThrow(/git fetch --unshallow/);
  });
});

describe('files', () => {
  it('of a commit are listed and read by folder, whatever their names', () => {
    const root = repository({ ...FILES, 'base/link.yaml': { link: 'a.yaml' } });
    const set = filesOfCommit(root, resolveCommit(root, 'HEAD').id, ['base', 'missing']);
    expect([...set.files.keys()].sort()).toEqual(['base/a.yaml', 'base/ä b\n.yaml']);
    expect(set.read(['base/ä b\n.yaml', 'base/a.yaml', 'no'])).toEqual(
      new Map([
        ['base/ä b\n.yaml', 'ü\n'],
        ['base/a.yaml', 'a: 1\n'],
      ]),
    );
  });

  it('of the work tree have the names that Git gives them, links are left out', () => {
    const root = repository(FILES);
    symlinkSync('/etc', join(root, 'base/etc'));
    const { files } = filesOfWorkTree(root, ['base', 'other', 'missing']);
    expect(files).toEqual(filesOfCommit(root, 'HEAD', ['base', 'other']).files);
  });

  it('are those below the root where the root is a folder of a larger repository', () => {
    const top = folder({});
    mkdirSync(join(top, 'team/base'), { recursive: true });
    writeFileSync(join(top, 'team/base/a.yaml'), 'a: 1\n');
    initRepository(top);
    const root = join(top, 'team');
    expect([...filesOfCommit(root, 'HEAD', ['base']).files.keys()]).toEqual(['base/a.yaml']);
  });

  it('that are lost are told', () => {
    const root = repository(FILES);
    expect(() => readBlobs(root, ['1'.repeat(40)])).toThrow(/lacks the content 1{40}; check it: git fsck/);
    rmSync(join(root, 'base'), { recursive: true });
    expect(filesOfWorkTree(root, ['base']).files.size).toBe(0);
  });
});
