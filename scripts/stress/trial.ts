import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inputs } from '../bench/repository.ts';
import {
  BY_HAND,
  type Disk,
  differences,
  EMPTY,
  expectedOutput,
  leftovers,
  readDisk,
  stampsByHand,
  writeByHand,
  writeInputs,
} from './disk.ts';
import { type Ended, type Moment, runGenerate } from './victim.ts';
import { firstWorld, inputsOf, nextWorld, type Random, randomFrom } from './world.ts';

export interface StressOptions {
  services: number;
  /** How many runs to kill. */
  kills: number;
  /** Decides what changes between runs; when a kill hits is up to the machine. */
  seed: number;
  onKill?: (kills: number) => void;
}

/** Where a kill found the run: it had changed nothing, something, or everything; or it had ended. */
export type Phase = 'reading' | 'writing' | 'written' | 'ended';

export interface StressReport {
  /** How many runs were killed in each phase; `ended` counts runs that were too fast to be killed. */
  phases: Readonly<Record<Phase, number>>;
  /** How many runs were left to complete what killed ones began. */
  completed: number;
  /** Whatever was not as it must be. */
  failures: readonly string[];
}

/**
 * Kills `generate` at random moments while the inputs change, and looks at the disk after each kill and after
 * each run that completes.
 */
export async function stress({ services, kills, seed, onKill }: StressOptions): Promise<StressReport> {
  const root = mkdtempSync(join(tmpdir(), 'slipway-stress-'));
  try {
    const trial = new Trial(root, randomFrom(seed), services);
    await trial.begin();
    for (let tries = 0; trial.kills < kills && tries < 5 * kills; tries++) {
      await trial.changeAndKill();
      onKill?.(trial.kills);
      if (trial.random() < 0.5) await trial.complete();
    }
    await trial.complete();
    if (trial.kills < kills) trial.failures.push(`only ${trial.kills} of ${kills} runs could be killed`);
    return { phases: trial.phases, completed: trial.completed, failures: trial.failures };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

class Trial {
  readonly phases: Record<Phase, number> = { reading: 0, writing: 0, written: 0, ended: 0 };
  readonly failures: string[] = [];
  completed = 0;

  readonly root: string;
  readonly random: Random;
  private world;
  private inputs: Inputs;
  /** What the inputs of now give. */
  private expected: Disk = new Map();
  /** What stood on the disk when it was looked at last. */
  private disk: Disk = new Map();
  private byHand: Disk = new Map();
  /** Milliseconds that runs take when nobody kills them, about: kills are spread over so much time. */
  private duration = 0;

  constructor(root: string, random: Random, services: number) {
    this.root = root;
    this.random = random;
    this.world = firstWorld(services);
    this.inputs = inputsOf(this.world);
  }

  get kills(): number {
    return this.phases.reading + this.phases.writing + this.phases.written;
  }

  /** Makes the repository and lets one run end. */
  async begin(): Promise<void> {
    writeInputs(this.root, this.inputs, new Map());
    writeByHand(this.root);
    this.byHand = stampsByHand(this.root);
    this.expected = withByHand(expectedOutput(this.root));
    await this.complete();
  }

  /** Changes inputs, kills a run on them, and looks at what it left. */
  async changeAndKill(): Promise<void> {
    const earlier = this.inputs;
    this.world = nextWorld(this.world, this.random);
    this.inputs = inputsOf(this.world);
    writeInputs(this.root, this.inputs, earlier);
    this.expected = withByHand(expectedOutput(this.root));
    const before = this.disk;
    const ended = await runGenerate(this.root, this.moment());
    const after = this.look();
    this.phases[phaseOf(ended, before, after, this.expected)]++;
    if (ended.killed) this.checkWhole(before, after);
    else this.checkEnded(ended);
  }

  /** Lets a run end, and looks whether everything is as if no other had been killed. */
  async complete(): Promise<void> {
    const before = this.disk;
    this.checkEnded(await runGenerate(this.root));
    this.completed++;
    if (differences(before, this.look()).length === 0) return;
    for (const name of leftovers(this.root)) this.fail(`the work folder still holds ${name}`);
  }

  /** Reads the disk; what was written by hand must be untouched at any time. */
  private look(): Disk {
    for (const path of differences(stampsByHand(this.root), this.byHand))
      this.fail(`${path}, written by hand, was touched`);
    this.disk = readDisk(this.root, this.inputs);
    return this.disk;
  }

  /** After a kill each file is as before or as after, and only what is no longer produced may be gone. */
  private checkWhole(before: Disk, after: Disk): void {
    for (const [path, content] of after) {
      const isWhole = [EMPTY, before.get(path), this.expected.get(path)].includes(content);
      if (!isWhole) this.fail(`${path} is neither as before nor as after`);
    }
    for (const path of before.keys()) {
      if (!after.has(path) && this.expected.has(path)) this.fail(`${path} is gone`);
    }
  }

  /** A run that ended by itself has made what a clean generation makes. */
  private checkEnded({ status, stderr, milliseconds }: Ended): void {
    if (status !== 0) this.fail(`a run ended with ${status}: ${stderr.trim()}`);
    this.duration = this.duration === 0 ? milliseconds : (this.duration + milliseconds) / 2;
    for (const path of differences(readDisk(this.root, this.inputs), this.expected))
      this.fail(`${path} is not as in a clean generation`);
  }

  private moment(): Moment {
    const share = this.random();
    return this.random() < 0.5
      ? { from: 'start', milliseconds: share * this.duration }
      : { from: 'first write', milliseconds: share ** 2 * this.duration * 0.5 };
  }

  private fail(what: string): void {
    this.failures.push(`after ${this.kills} kills: ${what}`);
  }
}

function phaseOf(ended: Ended, before: Disk, after: Disk, expected: Disk): Phase {
  if (!ended.killed) return 'ended';
  if (differences(before, after).length === 0) return 'reading';
  return differences(after, expected).length === 0 ? 'written' : 'writing';
}

const withByHand = (output: Disk): Disk => new Map([...output, ...BY_HAND]);
