import { deliveryBoard } from './boards/delivery.ts';
import { logsBoard } from './boards/logs.ts';
import { serviceBoard } from './boards/service.ts';
import { servicesBoard } from './boards/services.ts';
import { type DashboardSpec, dashboardText } from './dashboard.ts';
import type { Instrument } from './instruments.ts';

/** What dashboards of an environment depend on. */
export interface DashboardInput {
  instruments: readonly Instrument[];
  /** True when Prometheus knows what Argo CD says. */
  argocd: boolean;
}

const texts = new Map<string, Readonly<Record<string, string>>>();

/**
 * The dashboards by name, as text. Environments that have the same are given the same.
 */
export function dashboardsOf({ instruments, argocd }: DashboardInput): Readonly<Record<string, string>> {
  const key = JSON.stringify([instruments, argocd]);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const made = Object.fromEntries(
    boards(instruments, argocd).map((board) => [board.name, dashboardText(board)]),
  );
  texts.set(key, made);
  return made;
}

const boards = (instruments: readonly Instrument[], argocd: boolean): DashboardSpec[] => [
  servicesBoard(instruments),
  serviceBoard(instruments),
  logsBoard,
  ...(argocd ? [deliveryBoard] : []),
];
